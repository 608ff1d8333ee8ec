"""Reads of points: sheets, open months, counted years, what a published record holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.audit import queries as audit
from linli.lib.mask import mask_name
from linli.lib.month import Month
from linli.members import queries as members
from linli.members.models import Member, Membership
from linli.members.policy.kinds import Purpose
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.points.models import Bulletin, Deed, Entry, Indicator, IndicatorSheet
from linli.points.policy import counting
from linli.points.policy.kinds import BulletinState, CapPeriod, DeedState, DeedType

ROLL_DEEDS = (DeedType.ATTENDANCE, DeedType.ABSENCE, DeedType.BASE)
"""Deeds that come from confirmed rolls only, never by hand."""


def sheet_on(day: date) -> IndicatorSheet | None:
    """Return the indicator sheet that holds on `day`."""
    return IndicatorSheet.objects.on(day).order_by("-valid_from").first()


def indicator(code: str, day: date) -> Indicator | None:
    """Return the indicator with `code` on the sheet that holds on `day`."""
    sheet = sheet_on(day)
    return sheet.indicators.filter(code=code).first() if sheet else None


def closed_months(bodies: Iterable[int]) -> dict[int, set[Month]]:
    """Return the closed months of each body: those that have a bulletin, drafted or published."""
    found: dict[int, set[Month]] = defaultdict(set)
    for body, first in Bulletin.objects.filter(body__in=list(bodies)).values_list("body_id", "month"):
        found[body].add(Month.of(first))
    return found


def units_on(keys: Iterable[int], day: date) -> dict[int, int]:
    """Return the unit (body id) of each member on `day`."""
    return dict(Membership.objects.on(day).filter(member__in=list(keys)).values_list("member_id", "body_id"))


def counting_sheet(sheet: IndicatorSheet) -> counting.Sheet:
    """Return what counting needs of `sheet`."""
    caps: dict[str, dict[CapPeriod, int]] = {}
    for line in sheet.indicators.prefetch_related("caps"):
        caps[line.code] = {CapPeriod(cap.period): cap.tenths for cap in line.caps.all()}
    return counting.Sheet(sheet.base_tenths, sheet.floor_tenths, sheet.bonus_cap_tenths, caps)


def counted_years(keys: Sequence[int], year: int, until: Month) -> dict[int, counting.Counted]:
    """Return the counted year of each member, with the months of `year` up to and with `until`."""
    sheet = sheet_on(until.first)
    if sheet is None:
        return {}
    rules = counting_sheet(sheet)
    lines: dict[int, list[counting.Line]] = {member: [] for member in keys}
    rows = Entry.objects.filter(member__in=list(keys), month__gte=date(year, 1, 1), month__lte=until.first).values_list(
        "pk", "member_id", "tenths", "month", "reverses_id", "indicator__code", "indicator__shares_caps_of__code"
    )
    for pk, member, tenths, month, reverses, code, shared in rows:
        lines[member].append(counting.Line(pk, shared or code, tenths, Month.of(month), reverses))
    return {member: counting.count_year(own, rules) for member, own in lines.items()}


def bulletin_rows(body: Body, month: Month) -> list[dict[str, Any]]:
    """Return the rows of a bulletin: one for each member whose unit is `body` on the last day of the month.

    A row holds the member's number, whether the class is scored, what the month counted, the points of the year
    after it, and its lines (entry, indicator, amount, what it counts, day, source). By number, never by name;
    amounts in tenths.
    """
    last = month.following.first - timedelta(days=1)
    units = Membership.objects.on(last).filter(body=body).select_related("member__member_class")
    listed = [unit.member for unit in units.order_by("member__number")]
    keys = [member.pk for member in listed]
    years = counted_years(keys, month.year, month)
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    found = Entry.objects.filter(member__in=keys, month=month.first).select_related("indicator").order_by("pk")
    for entry in found:
        counts = years[entry.member_id].lines[entry.pk]
        lines[entry.member_id].append(
            {
                "entry": entry.pk,
                "indicator": entry.indicator.code,
                "name": entry.indicator.name,
                "tenths": entry.tenths,
                "counts": counts,
                "deed_on": entry.deed_on.isoformat(),
                "source": entry.source,
            }
        )
    rows = []
    for member in listed:
        gained = sum(line["counts"] for line in lines[member.pk])
        total = years[member.pk].total if member.pk in years else 0
        rows.append(
            {
                "member": member.number,
                "scored": member.member_class.scored,
                "month": gained,
                "total": total,
                "lines": lines[member.pk],
            }
        )
    return rows


def entries_of(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the ledger lines that the rows of a bulletin name."""
    return [line["entry"] for row in rows for line in row["lines"]]


def entry_content(entry: Entry) -> dict[str, object]:
    """Return what the log holds of a ledger line: identifiers, amounts and days, never a name."""
    return {
        "kind": "entry",
        "id": entry.pk,
        "member": entry.member.number,
        "indicator": entry.indicator.code,
        "sheet": entry.indicator.sheet.valid_from.isoformat(),
        "tenths": entry.tenths,
        "deed_on": entry.deed_on.isoformat(),
        "month": str(Month.of(entry.month)),
        "source": entry.source,
        "recorder": entry.recorder,
        "confirmer": entry.confirmer,
        "reverses": entry.reverses_id,
        "reason": entry.reason,
        "booked_at": entry.booked_at.astimezone(UTC).isoformat(timespec="seconds"),
    }


def bulletin_content(bulletin: Bulletin) -> dict[str, object]:
    """Return what the log holds of a published bulletin."""
    return {
        "kind": "bulletin",
        "id": bulletin.pk,
        "body": bulletin.body.code,
        "month": str(Month.of(bulletin.month)),
        "preparer": bulletin.preparer,
        "publisher": bulletin.publisher,
        "rows": bulletin.frozen,
    }


def entries() -> QuerySet[Entry]:
    """Return ledger lines with what `entry_content` reads."""
    return Entry.objects.select_related("member", "indicator__sheet")


def bulletin(actor: Actor, permission: Permission, code: str, month: Month) -> Bulletin | None:
    """Return the bulletin of a body and month within the actor's reach, or None; 404 out of reach."""
    body = organisations.body(actor, permission, code)
    return Bulletin.objects.filter(body=body, month=month.first).select_related("body").first()


def deed(actor: Actor, permission: Permission, pk: int, day: date) -> Deed:
    """Return the deed `pk` of a member whose unit today is within reach; 404 otherwise."""
    found = deeds(actor, permission, day).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def deeds(actor: Actor, permission: Permission, day: date) -> QuerySet[Deed]:
    """Return the deeds of members whose unit on `day` is within reach."""
    reached = members_in_reach(actor, permission, day)
    return Deed.objects.filter(member__in=reached).select_related("member", "indicator").order_by("-recorded_at")


def waiting_deeds(actor: Actor, day: date) -> QuerySet[Deed]:
    """Return the deeds that wait for a second person within the actor's reach."""
    return deeds(actor, Permission.POINTS_CONFIRM, day).filter(state=DeedState.WAITING)


def members_in_reach(actor: Actor, permission: Permission, day: date) -> QuerySet[Member]:
    """Return the members whose unit on `day` is within reach of `permission`."""
    units = Membership.objects.on(day).filter(organisations.below(actor.reach(permission), "body__path"))
    return Member.objects.filter(pk__in=units.values("member"))


def nobody() -> QuerySet[Member]:
    """Return no members: what a form starts from before it knows the actor."""
    return Member.objects.none()


def branches(actor: Actor, permission: Permission, day: date) -> QuerySet[Body]:
    """Return the bodies within reach that have members of their own on `day`: those with bulletins."""
    units = Membership.objects.on(day).values("body")
    return organisations.bodies(actor, permission).filter(pk__in=units)


def indicator_choices(day: date) -> list[tuple[str, str]]:
    """Return the indicators of the sheet of `day` that are recorded by hand, as choices."""
    sheet = sheet_on(day)
    lines = sheet.indicators.exclude(deed_type__in=ROLL_DEEDS) if sheet else Indicator.objects.none()
    return [(line.code, line.name) for line in lines]


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
    agreed = members.consenting(numbers, Purpose.NAME_BULLETIN)
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


@dataclass(frozen=True, slots=True)
class MonthOfBranch:
    """A branch and where its bulletin of a month stands; `due` where it has to be prepared or published."""

    body: Body
    month: Month
    bulletin: Bulletin | None
    due: bool


def months_of_branches(actor: Actor, day: date, month: Month) -> list[MonthOfBranch]:
    """Return every branch within reach with its bulletin of `month`."""
    reached = list(branches(actor, Permission.POINTS_VIEW, day))
    made = {b.body_id: b for b in Bulletin.objects.filter(body__in=reached, month=month.first)}
    over = day >= month.following.first
    return [
        MonthOfBranch(body, month, bulletin, over and (bulletin is None or bulletin.state == BulletinState.DRAFT))
        for body in reached
        for bulletin in [made.get(body.pk)]
    ]


def own_entries(member: int) -> QuerySet[Entry]:
    """Return the ledger lines of one member, newest first."""
    return entries().filter(member=member).order_by("-month", "-pk")


def own_entry(member: int | None, pk: int) -> Entry:
    """Return one line of the member's own ledger; 404 for another's."""
    found = entries().filter(member=member, pk=pk).first()
    if found is None:
        raise Http404
    return found


def proof_of(entry: Entry) -> dict[str, object] | None:
    """Return the proof document of a ledger line, or None while it is not sealed."""
    return audit.proof(entry.ref, entry_content(entry))


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
