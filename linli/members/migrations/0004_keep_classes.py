from django.db import migrations


def keep_classes(apps, _schema_editor):
    """Give each member of an older database its class as a dated row, from when it belonged to a unit."""
    Membership = apps.get_model("members", "Membership")
    Classification = apps.get_model("members", "Classification")
    first = {}
    for member, day in Membership.objects.order_by("-valid_from").values_list("member_id", "valid_from"):
        first[member] = day
    Classification.objects.bulk_create(
        [
            Classification(member=member, member_class_id=member.member_class_id, valid_from=first[member.pk])
            for member in apps.get_model("members", "Member").objects.filter(pk__in=first)
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0003_standing_and_terms")]

    operations = [migrations.RunPython(keep_classes, migrations.RunPython.noop)]
