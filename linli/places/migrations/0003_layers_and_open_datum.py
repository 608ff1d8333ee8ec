"""What a map that waits needs besides its files: layers that were named, and whether its datum is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="gridproposal",
            name="boundary_layer",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="gridproposal",
            name="datum_open",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="gridproposal",
            name="layer",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
