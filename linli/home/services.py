"""Writes that concern many apps at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.access.decide import Actor
from linli.activities import services as activities
from linli.grid import services as grid
from linli.members import services as members
from linli.members.models import Member
from linli.points import services as points
from linli.walls import services as walls


def join(other: Member, *, into: Member, shown: str, by: Actor, now: datetime, key: str) -> Member:
    """Make two records of one person one, in every app (`members.join`); return the lasting one.

    Open rolls, doors and reported issues pass over; confirmed rolls and the ledger keep the number that they were
    written with. Refused besides: a roll or a record of the other that waits for a second person.
    """
    with transaction.atomic():
        activities.pass_on(other, into=into, by=by, now=now, key=f"{key}:rolls")
        points.none_waits(other)
        kept = members.join(other, into=into, shown=shown, by=by, now=now, key=key)
        grid.pass_on(other, into=into, by=by, now=now, key=f"{key}:doors")
        walls.pass_on(other, into=into, by=by, now=now, key=f"{key}:issues")
    return kept
