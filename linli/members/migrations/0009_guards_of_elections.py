from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("members", "0008_elections")]

    operations = [
        triggers.frozen_when("members_ballot", "OLD.confirmed_by <> ''"),
        triggers.frozen_when("members_election", "OLD.state = 'approved'"),
    ]
