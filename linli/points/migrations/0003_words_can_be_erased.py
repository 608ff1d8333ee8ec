from django.db import migrations, models


class Migration(migrations.Migration):
    """Name the column by what it holds from now on; the column and the lines in it stay as they are."""

    dependencies = [("points", "0002_guards")]

    operations = [
        migrations.AlterField("entry", "reason", models.CharField(blank=True, db_column="reason", max_length=200)),
        migrations.RenameField("entry", "reason", "reason_digest"),
        migrations.AddField(
            "deed", "salt", models.CharField(blank=True, max_length=32, default=""), preserve_default=False
        ),
    ]
