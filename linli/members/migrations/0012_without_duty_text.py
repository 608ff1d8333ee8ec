from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0011_duties_in_rows")]

    operations = [migrations.RemoveField(model_name="memberclass", name="duties")]
