from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        triggers.no_overlap("organisations_bodyparent", "body_id"),
        triggers.no_overlap("organisations_bodyplace", "body_id", "place_id"),
    ]
