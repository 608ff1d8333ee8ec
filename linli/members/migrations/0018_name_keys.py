from django.db import migrations

from linli.members.policy.names import name_key

BATCH = 500


def read_family_names(apps, schema_editor):
    """Write each key anew where its family name is read otherwise now; what is right stays untouched."""
    for label in ("Member", "Applicant"):
        people = apps.get_model("members", label).objects
        last = 0
        while found := list(people.filter(pk__gt=last).order_by("pk").only("pk", "name", "name_key")[:BATCH]):
            last = found[-1].pk
            stale = [one for one in found if one.name_key != name_key(one.name)]
            for one in stale:
                one.name_key = name_key(one.name)
            people.bulk_update(stale, ["name_key"])


class Migration(migrations.Migration):
    dependencies = [("members", "0017_same_as")]

    operations = [migrations.RunPython(read_family_names, migrations.RunPython.noop)]
