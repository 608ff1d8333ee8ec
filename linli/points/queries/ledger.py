"""Reads of the ledger and of deeds: where a line is booked, what the log holds of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.audit import queries as audit
from linli.lib.month import Month
from linli.members.models import Member, Membership
from linli.members.queries import duplicates
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.points.models import Deed, Entry
from linli.points.policy.kinds import DeedState
from linli.store.statements import prepared
from linli.store.validity import holds_on


@dataclass(frozen=True, slots=True)
class BookingPlace:
    """Where lines of a member are booked today: the branch, its last closed month; whether the member takes part."""

    body: int
    path: str
    closed_through: Month | None
    scored: bool


def booking_places(keys: Iterable[int], day: date) -> dict[int, BookingPlace]:
    """Return the booking place of each member who belongs to a branch on `day`."""
    return {
        member: BookingPlace(body, path, Month.of(closed) if closed else None, scored)
        for member, body, path, closed, scored in _branches(list(keys), day)
    }


def place_of(entry: Entry) -> BookingPlace:
    """Return where the line itself stands, for its reversal where the member belongs to no branch."""
    found = Entry.objects.filter(pk=entry.pk).annotate(closed=Max("body__bulletins__month"))
    columns = ("body_id", "body__path", "closed", "member__member_class__scored")
    body, path, closed, scored = found.values_list(*columns).get()
    return BookingPlace(body, path, Month.of(closed) if closed else None, scored)


def last_day_in_unit(member: int, day: date) -> date:
    """Return `day` where `member` has a unit on it, else the last day before on which that was so; `day` if none."""
    held = Membership.objects.filter(member=member, valid_from__lte=day)
    ends = [row.valid_to for row in held]
    if not ends or any(end is None or end > day for end in ends):
        return day
    return max(end for end in ends if end) - timedelta(days=1)


@prepared
def _branches(members: Sequence[int], day: date) -> QuerySet[Membership, tuple[int, int, str, date | None, bool]]:
    return (
        Membership.objects.on(day)
        .filter(member__pk__in=members)
        .annotate(closed=Max("body__bulletins__month"))
        .values_list("member_id", "body_id", "body__path", "closed", "member__member_class__scored")
    )


@prepared
def earned(members: Sequence[int], indicators: Sequence[int], source: str) -> QuerySet[Entry, tuple[int, int]]:
    """Return (member, indicator) of what the members have earned from `source`."""
    found = Entry.objects.filter(member__pk__in=members, indicator__pk__in=indicators, source=source)
    return found.values_list("member_id", "indicator_id")


def entry_content(entry: Entry) -> dict[str, object]:
    """Return what the log holds of a ledger line: identifiers, amounts and days, never a name."""
    return {
        "kind": "entry",
        "id": entry.pk,
        "member": entry.member.number,
        "indicator": entry.indicator.code,
        "sheet": entry.indicator.sheet.valid_from.isoformat(),
        "body": entry.body.code,
        "tenths": entry.tenths,
        "deed_on": entry.deed_on.isoformat(),
        "month": str(Month.of(entry.month)),
        "source": entry.source,
        "recorder": entry.recorder,
        "confirmer": entry.confirmer,
        "reverses": entry.reverses_id,
        "reason": entry.reason_digest,
        "booked_at": entry.booked_at.astimezone(UTC).isoformat(),
    }


def entries() -> QuerySet[Entry]:
    """Return ledger lines with what `entry_content` reads."""
    return Entry.objects.select_related("member", "indicator__sheet", "body")


def own_entries(member: int) -> QuerySet[Entry]:
    """Return the ledger lines of one member, under whatever number, newest first."""
    return entries().filter(member__in=duplicates.persons(member)).order_by("-month", "-pk")


def own_entry(member: int | None, pk: int) -> Entry:
    """Return one line of the member's own ledger; 404 for another's."""
    found = entries().filter(member__in=duplicates.persons(member or 0), pk=pk).first()
    if found is None:
        raise Http404
    return found


def line(actor: Actor, permission: Permission, pk: int) -> Entry:
    """Return the ledger line `pk` of a branch within reach of `permission`; 404 otherwise."""
    reached = organisations.below(actor.reach(permission), "body__path")
    found = entries().filter(reached, pk=pk).first()
    if found is None:
        raise Http404
    return found


def deed_of(entry: Entry) -> Deed | None:
    """Return the deed that became the line; None for lines that a roll wrote at once."""
    found = Deed.objects.filter(member=entry.member_id, indicator=entry.indicator_id, source=entry.source)
    return found.first()


def note_of(entry: Entry) -> str:
    """Return the words with which the line's deed was recorded; empty for lines of rolls and where they were erased."""
    deed = deed_of(entry)
    return deed.note if deed else ""


def proof_of(entry: Entry) -> dict[str, object] | None:
    """Return the proof document of a ledger line, or None while it is not sealed."""
    return audit.proof(entry.ref, entry_content(entry))


def deed(actor: Actor, permission: Permission, pk: int, day: date) -> Deed:
    """Return the deed `pk` of a member whose unit today is within reach; 404 otherwise."""
    found = deeds(actor, permission, day).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def deeds(actor: Actor, permission: Permission, day: date) -> QuerySet[Deed]:
    """Return the deeds of members whose unit on `day` (who has none: on the day of the deed) is within reach.

    Of who has none on either day a reversal belongs to the branch of the line, another deed to the last unit, so that
    somebody can refuse it. Newest first.
    """
    reach = actor.reach(permission)
    here = Membership.objects.on(day).filter(member=OuterRef("member"))
    then = Membership.objects.filter(holds_on(OuterRef("deed_on")), member=OuterRef("member"))
    left = Exists(then.filter(organisations.below(reach, "body__path")))
    line = organisations.below(reach, "reverses__body__path")
    ended = Membership.objects.filter(member=OuterRef("member")).order_by("-valid_from").values("body__path")[:1]
    last = Q(reverses=None) & organisations.below(reach, "last")
    gone = ~Exists(here) & (left | ~Exists(then) & (line | last))
    reached = Q(member__in=members_in_reach(actor, permission, day)) | gone
    return Deed.objects.annotate(last=Subquery(ended)).filter(reached).select_related("member", "indicator", "reverses")


def waiting_deeds(actor: Actor, day: date) -> QuerySet[Deed]:
    """Return the deeds that wait for a second person within the actor's reach."""
    return deeds(actor, Permission.POINTS_CONFIRM, day).filter(state=DeedState.WAITING)


def members_in_reach(actor: Actor, permission: Permission, day: date) -> QuerySet[Member]:
    """Return the members whose unit on `day` is within reach of `permission`."""
    units = Membership.objects.on(day).filter(organisations.below(actor.reach(permission), "body__path"))
    return Member.objects.filter(pk__in=units.values("member"))


def no_deeds() -> QuerySet[Deed]:
    """Return no deeds: what a form starts from before it knows the actor."""
    return Deed.objects.none()


def members_of(body: Body, day: date) -> QuerySet[Member]:
    """Return the members whose unit on `day` is `body` itself and whose class takes part in points."""
    units = Membership.objects.on(day).filter(body=body)
    return Member.objects.filter(pk__in=units.values("member"), member_class__scored=True)


def nobody() -> QuerySet[Member]:
    """Return no members: what a form starts from before it knows the actor."""
    return Member.objects.none()


def confirmable_deeds(actor: Actor, day: date) -> QuerySet[Deed]:
    """Return the waiting deeds that `actor` may confirm: neither recorded by nor earned by the actor."""
    own = Q(member__user=actor.user_id) | Q(member__same_as__user=actor.user_id)
    return waiting_deeds(actor, day).exclude(recorder=actor.ref).exclude(own)
