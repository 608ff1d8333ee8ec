from django.db import migrations
from django.db.models import TextField
from django.db.models.functions import Cast

import linli.store.sealed


def seal_what_is_there(apps, schema_editor):
    """Write each telephone again: what stood there in clear is sealed by the field. One that is sealed stays so."""
    member = apps.get_model("members", "Member")
    field = member._meta.get_field("phone")
    found = member.objects.annotate(raw=Cast("phone", TextField())).exclude(raw="").values_list("pk", "raw")
    for pk, raw in list(found):
        if field.stale(raw):
            member.objects.filter(pk=pk).update(phone=field.from_db_value(raw))


class Migration(migrations.Migration):
    dependencies = [("members", "0015_keep_shown")]

    operations = [
        migrations.AlterField(
            model_name="member",
            name="phone",
            field=linli.store.sealed.SealedField(blank=True, purpose="linli telephone"),
        ),
        migrations.AlterField(
            model_name="rosterupload",
            name="content",
            field=linli.store.sealed.SealedFileField(purpose="linli roster"),
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
    ]
