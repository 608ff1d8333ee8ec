import secrets

from django.db import migrations


def keep(apps, _schema_editor):
    """Whoever agreed before this page existed is shown as a member, with no more than that."""
    rows = apps.get_model("members", "Consent").objects.filter(purpose="identity_card", withdrawn_at=None)
    shown = apps.get_model("members", "Shown")
    shown.objects.bulk_create([shown(consent=row, token=secrets.token_hex(16)) for row in rows.iterator()])


class Migration(migrations.Migration):
    dependencies = [("members", "0010_shown")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
