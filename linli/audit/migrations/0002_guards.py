from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        triggers.append_only("audit_event"),
        triggers.append_only("audit_leaf"),
        triggers.append_only("audit_node"),
        triggers.append_only("audit_checkpoint"),
    ]
