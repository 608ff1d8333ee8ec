from django.db import migrations


def add(apps, schema_editor):
    """Give a house that has its categories already the one for complaints."""
    categories = apps.get_model("walls", "Category").objects
    if categories.exists():
        last = categories.order_by("-order").first()
        categories.get_or_create(
            code="complaint", defaults={"clock": "ordinary", "private": True, "order": last.order + 1}
        )


class Migration(migrations.Migration):
    dependencies = [("walls", "0003_who_spoke")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
