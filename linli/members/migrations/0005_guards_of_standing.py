from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("members", "0004_keep_classes")]

    operations = [
        triggers.no_overlap("members_membership", "member_id", remade=True),
        triggers.no_overlap("members_classification", "member_id"),
        triggers.no_overlap("members_memberstanding", "member_id", "kind"),
    ]
