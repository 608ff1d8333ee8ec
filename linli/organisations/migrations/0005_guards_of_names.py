from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_keep_names")]

    operations = [
        migrations.RemoveField("bodyparent", "document"),
        triggers.no_overlap("organisations_bodyname", "body_id"),
    ]
