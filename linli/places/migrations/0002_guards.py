from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        triggers.no_overlap("places_placeparent", "place_id"),
        triggers.no_overlap("places_grid", "place_id"),
    ]
