from django.db import migrations

from linli.store import triggers


class Migration(migrations.Migration):
    dependencies = [("points", "0001_initial"), ("organisations", "0002_guards")]

    operations = [
        triggers.append_only("points_entry"),
        triggers.no_insert_when_exists(
            "points_entry",
            clash="SELECT 1 FROM points_bulletin b WHERE b.body_id = NEW.body_id AND b.month >= NEW.month",
            lock="1 FROM organisations_body o WHERE o.id = NEW.body_id FOR KEY SHARE",
        ),
        triggers.frozen_when("points_bulletin", "OLD.state = 'published'"),
        triggers.no_overlap("points_indicatorsheet", "code"),
    ]
