from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("organisations", "0006_institutions")]

    operations = [
        triggers.no_overlap("organisations_institutionversion", "institution_id"),
        triggers.frozen_when("organisations_budgetline", "OLD.published_on IS NOT NULL"),
    ]
