from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial")]

    operations = [
        triggers.no_overlap("rules_rulevalue", "code", "place_code"),
    ]
