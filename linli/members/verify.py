"""Truths about members."""

from __future__ import annotations

from linli.lib.clock import local_date, now
from linli.lib.invariants import Invariant
from linli.lib.words import gettext_noop
from linli.members.models import Member, Membership
from linli.organisations.policy.kinds import UNITS


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of the register of members."""
    return (
        Invariant(
            "members.one_unit",
            gettext_noop("Every member belongs to exactly one unit today, and the unit is a branch or above"),
            _without_unit,
        ),
    )


def _without_unit() -> list[str]:
    units = dict(Membership.objects.on(local_date(now())).values_list("member_id", "body__kind"))
    return [member.ref for member in Member.objects.all() if units.get(member.pk) not in UNITS]
