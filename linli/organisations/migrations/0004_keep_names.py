from django.db import migrations


def keep_names(apps, _schema_editor):
    """Give each body of an older database its name and its founding as dated rows."""
    Body = apps.get_model("organisations", "Body")
    Parent = apps.get_model("organisations", "BodyParent")
    parents = {row.body_id: row for row in Parent.objects.order_by("-valid_from")}
    for body in Body.objects.all():
        apps.get_model("organisations", "BodyName").objects.create(
            body=body, name=body.name, valid_from=body.valid_from, valid_to=body.valid_to
        )
        first = parents.get(body.pk)
        apps.get_model("organisations", "BodyChange").objects.create(
            body=body,
            kind="found",
            on=body.valid_from,
            document=first.document if first else "",
            other_id=first.parent_id if first else None,
        )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_names_and_changes")]

    operations = [
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
