from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("walls", "0001_initial")]

    operations = [
        triggers.append_only("walls_issueevent"),
    ]
