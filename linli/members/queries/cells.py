"""The cells of the figures as conditions: one truth for a figure and for the list that it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, Q, Value, When

from linli.lib.spans import months_after
from linli.lib.words import Labelled
from linli.members.models import Classification, MemberClass, Membership, Post
from linli.members.policy.dimensions import (
    AGES,
    NOT_KNOWN,
    POSTS,
    SENIORITIES,
    UNKNOWN,
    Band,
    Change,
    Dimension,
    PostGroup,
)
from linli.members.policy.kinds import Education, Sex, Stage
from linli.members.queries.due import counted, stage_is
from linli.members.queries.people import departures


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a dimension: its value in addresses, its words (a msgid or a name) with their values, who is in it."""

    value: str
    words: str
    within: Q
    values: Mapping[str, object] = field(default_factory=dict)


def cells_of(dimension: Dimension, day: date) -> list[Cell]:
    """Return the cells of `dimension` on `day`, in order; the last is that of those of whom it is not known."""
    known = list(_CELLS[dimension](day))
    return [*known, Cell(UNKNOWN, NOT_KNOWN, ~reduce(or_, (cell.within for cell in known), Q(pk__in=())))]


def sorted_into(found: Iterable[Cell]) -> Case:
    """Return the expression that gives the value of the one of `found` in which a member is."""
    known = [cell for cell in found if cell.value != UNKNOWN]
    whens = (When(cell.within, then=Value(cell.value)) for cell in known)
    return Case(*whens, default=Value(UNKNOWN), output_field=CharField())


def holding(group: PostGroup, day: date) -> Q:
    """Return the condition that a member holds a post of `group` on `day`, in whatever body."""
    return Q(pk__in=Post.objects.on(day).filter(title__in=POSTS[group]).values("member"))


def changed(change: Change, day: date) -> Q:
    """Return the condition that `change` happened to a member in the year of `day`, until `day`."""
    first = date(day.year, 1, 1)
    if change is Change.ADMITTED:
        return Q(joined_on__range=(first, day))
    if change is Change.LEFT:
        return Q(pk__in=departures(day).values("member"))
    begun = Membership.objects.filter(valid_from__lte=day)
    return Q(pk__in=begun.values("member")) & ~Q(pk__in=begun.filter(valid_from__lt=first).values("member"))


def counts(day: date) -> Q:
    """Return the condition that a member counts for the size of the unit on `day`."""
    return Q(pk__in=counted(day).values("member"))


def band(found: Band, fact: str, day: date) -> Q:
    """Return the condition that since the day in `fact` the completed years of `found` have gone by on `day`."""
    begun = Q(**{f"{fact}__lte": months_after(day, -12 * found.least)})
    return begun if found.most is None else begun & Q(**{f"{fact}__gt": months_after(day, -12 * (found.most + 1))})


def banded(bands: Iterable[Band], fact: str, day: date) -> list[Cell]:
    """Return a cell for each of `bands` of the years since `fact`."""
    return [Cell(each.value, each.words, band(each, fact, day), each.values) for each in bands]


def _labelled(words: Iterable[Labelled], fact: str) -> list[Cell]:
    return [Cell(each.value, each.label, Q(**{fact: each.value})) for each in words]


def _classes(day: date) -> list[Cell]:
    held = Classification.objects.on(day)
    return [
        Cell(each.code, each.name, Q(pk__in=held.filter(member_class=each).values("member")))
        for each in MemberClass.objects.order_by("code")
    ]


_CELLS: Mapping[Dimension, Callable[[date], Iterable[Cell]]] = {
    Dimension.AGE: lambda day: banded(AGES, "born_on", day),
    Dimension.SEX: lambda _day: _labelled(Sex, "sex"),
    Dimension.EDUCATION: lambda _day: _labelled(Education, "education"),
    Dimension.CLASS: _classes,
    Dimension.STAGE: lambda day: [Cell(each.value, each.label, stage_is(each, day)) for each in Stage],
    Dimension.SENIORITY: lambda day: banded(SENIORITIES, "joined_on", day),
}
