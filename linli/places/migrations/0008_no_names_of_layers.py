"""A map that waits is GeoJSON of the house: no property has to be named to read it, and no layer."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("places", "0007_only_what_is_read")]

    operations = [
        migrations.RemoveField(model_name="gridproposal", name="identify"),
        migrations.RemoveField(model_name="gridproposal", name="layer"),
        migrations.RemoveField(model_name="gridproposal", name="boundary_layer"),
    ]
