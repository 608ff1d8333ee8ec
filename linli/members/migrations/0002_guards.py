from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        triggers.no_overlap("members_membership", "member_id"),
    ]
