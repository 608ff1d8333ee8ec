"""Truths about members."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from linli.lib.clock import local_date, now
from linli.lib.invariants import Invariant
from linli.lib.words import gettext_noop
from linli.members.models import Election, Member, Membership, Post, RosterUpload, Transfer
from linli.members.policy.classes import CLASS_FLAWS, UNIT_FLAWS, Flaw
from linli.members.policy.kinds import TransferState
from linli.members.queries import classified
from linli.organisations.models import Body

GRACE = timedelta(days=2)


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of the register of members."""
    return (
        Invariant(
            "members.one_unit",
            gettext_noop("Every member belongs to exactly one unit today, and the unit is a branch or above"),
            lambda: _flawed(UNIT_FLAWS),
        ),
        Invariant(
            "members.living_bodies",
            gettext_noop("Every unit and every post of today lies with an organisation that exists today"),
            _in_dead_bodies,
        ),
        Invariant(
            "members.one_class",
            gettext_noop("Every member is in exactly one class today, and the register names the same"),
            lambda: _flawed(CLASS_FLAWS),
        ),
        Invariant(
            "members.slips",
            gettext_noop("Every open slip names a member who belongs to the unit that issued it"),
            _slips_astray,
        ),
        Invariant(
            "members.name_key",
            gettext_noop("Every member can be found: the search key is there"),
            lambda: [member.ref for member in Member.objects.filter(name_key="")],
        ),
        Invariant(
            "members.roll_of_voters",
            gettext_noop("Every closed roll of voters has as many voters due as the election says, and no more came"),
            _rolls_that_differ,
        ),
        Invariant(
            "members.uploads",
            gettext_noop("No uploaded roster is kept longer than two days"),
            lambda: [f"{found.body.ref} {found.uploaded_at:%Y-%m-%d}" for found in _old_uploads()],
        ),
    )


def _flawed(kinds: frozenset[Flaw]) -> list[str]:
    return [each.member.ref for each in classified.astray(local_date(now())) if kinds.intersection(each.flaws)]


def _slips_astray() -> list[str]:
    here = Membership.objects.filter(member=OuterRef("member"), body=OuterRef("source"), valid_to=None)
    astray = Transfer.objects.filter(~Exists(here), state=TransferState.ISSUED, member__isnull=False)
    return [slip.ref for slip in astray]


def _in_dead_bodies() -> list[str]:
    today = local_date(now())
    dead = ~Q(body__in=Body.objects.on(today))
    units = Membership.objects.on(today).filter(dead).select_related("member", "body")
    posts = Post.objects.on(today).filter(dead).select_related("member", "body")
    return [f"{unit.member.ref} {unit.body.ref}" for unit in units] + [
        f"{post.member.ref} {post.body.ref}" for post in posts
    ]


def _rolls_that_differ() -> list[str]:
    counted = Election.objects.exclude(due=None).annotate(voters=Count("roll", filter=Q(roll__due=True)))
    wrong = counted.exclude(voters=F("due")) | counted.filter(present__gt=F("due"))
    return [found.ref for found in wrong]


def _old_uploads() -> list[RosterUpload]:
    return list(RosterUpload.objects.filter(uploaded_at__lte=now() - GRACE).select_related("body").defer("content"))
