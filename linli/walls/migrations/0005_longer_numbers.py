from django.db import migrations, models


class Migration(migrations.Migration):
    """A wall has the code of its place, which may have forty characters; year and count follow."""

    dependencies = [("walls", "0004_complaints")]

    operations = [migrations.AlterField("issue", "number", models.CharField(max_length=60, unique=True))]
