"""Figures about the members in reach; each is the length of a list that can be opened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.words import gettext_noop
from linli.members.models import Membership
from linli.members.policy.kinds import Education, Stage
from linli.members.policy.statistics import CommitteeFigures, figures
from linli.members.queries import people
from linli.organisations.models import Body

NOT_KNOWN = gettext_noop("Not known")


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit with its depth below the first, its own members and those with the units below it."""

    body: Body
    depth: int
    own: int
    below: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of members: in all, by unit, and as (value, label msgid or name, count) by class, stage, education."""

    total: int
    units: tuple[UnitCount, ...]
    classes: tuple[tuple[str, str, int], ...]
    stages: tuple[tuple[str, str, int], ...]
    educations: tuple[tuple[str, str, int], ...]
    committees: CommitteeFigures


def statistics(actor: Actor, permission: Permission, day: date) -> Statistics:
    """Return the figures of the members in reach, in five queries whatever their number."""
    reached = people.members(actor, permission, day)
    rows = list(reached.order_by().values_list("pk", "member_class__code", "stage", "education"))
    by_class, by_stage, by_education = (Counter(row[place] for row in rows) for place in (1, 2, 3))
    return Statistics(
        total=len(rows),
        units=_units(actor, permission, day, {row[0] for row in rows}),
        classes=tuple((each.code, each.name, by_class[each.code]) for each in people.classes()),
        stages=tuple((each.value, each.label, by_stage[each.value]) for each in Stage),
        educations=tuple((each.value, each.label, by_education[each.value]) for each in Education)
        + ((("none", NOT_KNOWN, by_education[""]),) if by_education[""] else ()),
        committees=committee_statistics(actor, permission, day),
    )


def committee_statistics(actor: Actor, permission: Permission, day: date) -> CommitteeFigures:
    """Return the figures of those members in reach who sit in the two committees (两委) on `day`."""
    seated = people.members(actor, permission, day).filter(people.in_committees(day)).order_by()
    return figures(seated.values_list("born_on", "education"), day)


def _units(actor: Actor, permission: Permission, day: date, reached: set[int]) -> tuple[UnitCount, ...]:
    bodies = list(people.units(actor, permission, day))
    held = Membership.objects.on(day).values_list("member_id", "body__path")
    own = Counter(path for member, path in held if member in reached)
    least = min((body.path.count(".") for body in bodies), default=0)
    return tuple(
        UnitCount(
            body,
            min(body.path.count(".") - least, 5),
            own[body.path],
            sum(count for path, count in own.items() if path.startswith(body.path)),
        )
        for body in bodies
    )
