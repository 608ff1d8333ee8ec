"""The database is the last judge: the guards are there, on both engines, after all migrations."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

APPEND_ONLY = ["audit_event", "audit_leaf", "audit_node", "audit_checkpoint", "points_entry", "walls_issueevent"]
NO_OVERLAP = [
    "grid_cellworker",
    "grid_gridnotice",
    "grid_householdlink",
    "places_placeparent",
    "places_grid",
    "organisations_bodyname",
    "organisations_bodyparent",
    "organisations_bodyplace",
    "organisations_institutionversion",
    "members_checkin",
    "members_classification",
    "members_memberstanding",
    "members_membership",
    "rules_rulevalue",
    "accounts_rolegrant",
]


def names(sql: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_every_guard_is_installed():
    if connection.vendor == "sqlite":
        found = names("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        wanted = {f"{t}_no_{v}" for t in APPEND_ONLY for v in ("update", "delete")}
        wanted |= {f"{t}_no_overlap_{v}" for t in NO_OVERLAP for v in ("insert", "update")}
    else:
        found = names("SELECT tgname FROM pg_trigger") | names("SELECT conname FROM pg_constraint")
        wanted = {f"{t}_no_change" for t in APPEND_ONLY} | {f"{t}_no_overlap" for t in NO_OVERLAP}
    assert wanted - found == set()


def test_events_refuse_change_and_deletion(world):
    from linli.audit.models import Event

    for attempt in (lambda: Event.objects.update(action="x"), lambda: Event.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_member_has_one_unit_at_a_time(world):
    from linli.members.models import Membership

    unit = Membership.objects.filter(member=world.member).get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(member=world.member, body=world.bodies["BY2"], valid_from=date(2025, 1, 1))
    unit.valid_to = date(2025, 1, 1)
    unit.save()
    Membership.objects.create(member=world.member, body=world.bodies["BY2"], valid_from=date(2025, 1, 1))
