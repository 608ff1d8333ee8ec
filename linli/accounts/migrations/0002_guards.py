from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        triggers.no_overlap("accounts_rolegrant", "user_id", "role", "body_id"),
    ]
