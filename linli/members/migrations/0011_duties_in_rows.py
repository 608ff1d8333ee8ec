"""Each sentence of the duties of a class becomes a row of its own."""

import re

from django.db import migrations

LONGEST = 120


def split(apps, _schema_editor):
    """Make a row of each part between full stops, semicolons and line ends."""
    duty = apps.get_model("members", "ClassDuty")
    for each in apps.get_model("members", "MemberClass").objects.order_by("pk"):
        parts = dict.fromkeys(part.strip()[:LONGEST] for part in re.split(r"[；;。\n]", each.duties) if part.strip())
        for order, words in enumerate(parts):
            duty.objects.create(member_class=each, order=order, words=words)


class Migration(migrations.Migration):
    dependencies = [("members", "0010_classes")]

    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
