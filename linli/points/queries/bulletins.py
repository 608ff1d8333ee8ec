"""Reads of bulletins: the rows of a month, names by today's consent, where each branch stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.audit import queries as audit
from linli.lib.clock import local_date
from linli.lib.mask import mask_name
from linli.lib.month import Month
from linli.members import queries as members
from linli.members.models import Member, Membership
from linli.members.policy.kinds import Purpose
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.points.models import Bulletin, Entry
from linli.points.policy import counting
from linli.points.policy.kinds import BulletinState
from linli.points.queries.ledger import counted, year_lines
from linli.rules import queries as rules


def bulletin_rows(body: Body, month: Month) -> list[dict[str, Any]]:
    """Return the rows of the bulletin of `body` for `month`.

    One for each member whose unit is `body` on the last day of the month, or who has a line in it. A row holds the
    member's number, whether the class takes part, what the month counted, the points of the year after it, and its
    lines (entry, indicator, amount, what it counts, day, source). By number, never by name; amounts in tenths.
    The year counts what was published before and the lines of this month: nothing that is still open elsewhere.
    """
    found = list(Entry.objects.filter(body=body, month=month.first).select_related("indicator").order_by("pk"))
    last = month.following.first - timedelta(days=1)
    keys = set(Membership.objects.on(last).filter(body=body).values_list("member_id", flat=True))
    keys |= {entry.member_id for entry in found}
    listed = list(Member.objects.filter(pk__in=keys).select_related("member_class").order_by("number"))
    years = _published_years([member.pk for member in listed], body.pk, month, None)
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for entry in found:
        lines[entry.member_id].append(_line(entry, years[entry.member_id]))
    return [_row(member, years.get(member.pk), lines[member.pk]) for member in listed]


def _line(entry: Entry, year: counting.Counted) -> dict[str, Any]:
    return {
        "entry": entry.pk,
        "indicator": entry.indicator.code,
        "name": entry.indicator.name,
        "tenths": entry.tenths,
        "counts": year.lines[entry.pk],
        "deed_on": entry.deed_on.isoformat(),
        "source": entry.source,
    }


def _row(member: Member, year: counting.Counted | None, lines: list[dict[str, Any]]) -> dict[str, Any]:
    scored = member.member_class.scored and year is not None
    return {
        "member": member.number,
        "scored": scored,
        "month": sum(line["counts"] for line in lines) if scored else 0,
        "total": year.total if year is not None and scored else 0,
        "lines": lines,
    }


def _published_years(keys: Sequence[int], body: int, month: Month, size: int | None) -> dict[int, counting.Counted]:
    """Return the counted years as the bulletin of `body` and `month` sees them.

    The lines of that month and those of bulletins published before (below `size` records of the log, where given).
    """
    lines = year_lines(keys, month)
    sealed = Bulletin.objects.filter(
        body__in={booked.body for booked in lines},
        month__gte=date(month.year, 1, 1),
        month__lte=month.first,
        state=BulletinState.PUBLISHED,
    )
    if size is not None:
        sealed = sealed.filter(checkpoint_size__lt=size)
    seen = {(other, Month.of(first)) for other, first in sealed.values_list("body_id", "month")}
    seen.add((body, month))
    return counted(keys, [booked for booked in lines if (booked.body, booked.line.month) in seen], month)


def recount(bulletin: Bulletin) -> list[dict[str, Any]]:
    """Return the rows of a published bulletin with every line and figure taken from the ledger again.

    Who is listed and who takes part stays as frozen: both may have changed since, and rightly.
    """
    month = Month.of(bulletin.month)
    found = list(Entry.objects.filter(body=bulletin.body_id, month=bulletin.month).select_related("indicator"))
    keys = dict(
        Member.objects.filter(number__in=[row["member"] for row in bulletin.frozen]).values_list("number", "pk")
    )
    years = _published_years(
        [*keys.values(), *(entry.member_id for entry in found)], bulletin.body_id, month, bulletin.checkpoint_size
    )
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for entry in sorted(found, key=lambda one: one.pk):
        lines[entry.member_id].append(_line(entry, years[entry.member_id]))
    rows = []
    for row in bulletin.frozen:
        own = lines.pop(keys.get(row["member"], 0), [])
        year = years.get(keys.get(row["member"], 0))
        gained = sum(line["counts"] for line in own)
        figures = {"month": gained, "total": year.total if year else 0} if row["scored"] else {"month": 0, "total": 0}
        rows.append({**row, **figures, "lines": own})
    return rows + [{"lines": own} for own in lines.values() if own]


def entries_of(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the ledger lines that the rows of a bulletin name."""
    return [line["entry"] for row in rows for line in row["lines"]]


def bulletin_content(bulletin: Bulletin) -> dict[str, object]:
    """Return what the log holds of a published bulletin."""
    return {
        "kind": "bulletin",
        "id": bulletin.pk,
        "body": bulletin.body.code,
        "month": str(Month.of(bulletin.month)),
        "preparer": bulletin.preparer,
        "prepared_at": bulletin.prepared_at.astimezone(UTC).isoformat(),
        "publisher": bulletin.publisher,
        "published_at": bulletin.published_at.astimezone(UTC).isoformat() if bulletin.published_at else None,
        "rows": bulletin.frozen,
    }


def earlier_open_month(body: Body, month: Month) -> Month | None:
    """Return the first month before `month` that has lines in `body` and no published bulletin, or None."""
    closed = Bulletin.objects.filter(body=body, state=BulletinState.PUBLISHED).values("month")
    found = Entry.objects.filter(body=body, month__lt=month.first).exclude(month__in=closed).order_by("month")
    first = found.values_list("month", flat=True).first()
    return Month.of(first) if first else None


def bulletin(actor: Actor, permission: Permission, code: str, month: Month) -> Bulletin | None:
    """Return the bulletin of a body and month within the actor's reach, or None; 404 out of reach."""
    return bulletin_in(organisations.body(actor, permission, code), month)


def bulletin_in(body: Body, month: Month) -> Bulletin | None:
    """Return the bulletin of `body` for `month`, or None."""
    return Bulletin.objects.filter(body=body, month=month.first).select_related("body").first()


def branch(code: str) -> Body | None:
    """Return the body with `code`, for commands, which run without a role."""
    return Body.objects.filter(code=code).first()


def published() -> QuerySet[Bulletin]:
    """Return the published bulletins, newest first."""
    return (
        Bulletin.objects.filter(state=BulletinState.PUBLISHED).select_related("body").order_by("-month", "body__path")
    )


def published_bulletin(pk: int) -> Bulletin:
    """Return a published bulletin; 404 for a draft, which is not public."""
    found = published().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a bulletin as it is shown: the name by today's consent, else masked."""

    number: str
    name: str
    scored: bool
    month: int
    total: int
    lines: list[dict[str, Any]]


def shown_rows(rows: Sequence[Mapping[str, Any]], *, full_names: bool = False) -> list[ShownRow]:
    """Return the rows of a bulletin with names: full for the branch's own desk, else by today's consent."""
    numbers = [row["member"] for row in rows]
    names = dict(Member.objects.filter(number__in=numbers).values_list("number", "name"))
    agreed = frozenset() if full_names else members.consenting(numbers, Purpose.NAME_BULLETIN)
    return [
        ShownRow(
            row["member"],
            name if full_names or row["member"] in agreed else mask_name(name),
            row["scored"],
            row["month"],
            row["total"],
            row["lines"],
        )
        for row in rows
        for name in [names.get(row["member"], "")]
    ]


def branches(actor: Actor, permission: Permission, day: date) -> QuerySet[Body]:
    """Return the bodies within reach that have members of their own on `day`: those with bulletins."""
    units = Membership.objects.on(day).values("body")
    return organisations.bodies(actor, permission).filter(pk__in=units)


@dataclass(frozen=True, slots=True)
class MonthOfBranch:
    """A branch and where its bulletin of a month stands.

    `due`: it is time to prepare or to publish it; `late`: the day on which months close has passed without a draft.
    """

    body: Body
    month: Month
    bulletin: Bulletin | None
    due: bool
    late: bool


def close_day(actor: Actor, day: date) -> int:
    """Return the day of the next month on which a month closes, where `actor` sees points."""
    places = organisations.rule_places_of(actor, Permission.POINTS_VIEW, day)
    return rules.value("points.close_day", places, day)


def months_of_branches(actor: Actor, moment: datetime, month: Month, close_day: int) -> list[MonthOfBranch]:
    """Return every branch within reach with its bulletin of `month`; months close on `close_day` of the next."""
    day = local_date(moment)
    reached = list(branches(actor, Permission.POINTS_VIEW, day))
    made = {b.body_id: b for b in Bulletin.objects.filter(body__in=reached, month=month.first)}
    over = day >= month.following.first
    late = day > month.following.first.replace(day=close_day)
    rows = []
    for body in reached:
        found = made.get(body.pk)
        open_draft = found is not None and found.state == BulletinState.DRAFT
        ripe = found is not None and open_draft and moment >= found.objections_until
        rows.append(
            MonthOfBranch(body, month, found, due=ripe or (over and found is None), late=late and found is None)
        )
    return rows


@dataclass(frozen=True, slots=True)
class Point:
    """A checkpoint as it is printed: records sealed, root in hexadecimal, short code, moment."""

    size: int
    root: str
    code: str
    made_at: datetime


def checkpoint_of(bulletin: Bulletin) -> Point | None:
    """Return the checkpoint that the bulletin prints, or None for a draft."""
    found = audit.checkpoint(bulletin.checkpoint_size) if bulletin.checkpoint_size is not None else None
    return Point(found.size, found.root, audit.code(found), found.made_at) if found else None
