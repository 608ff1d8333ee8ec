"""Writes of workers of cells, and of what is posted of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date, datetime

from django.db.models import Q

from linli.access.decide import SYSTEM, Actor
from linli.audit.services import writing
from linli.grid.models import CellWorker, GridNotice
from linli.grid.policy.items import Item
from linli.grid.policy.workers import PhoneUse, WorkerEnd, WorkerKind
from linli.grid.queries import phones
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Departure, Member
from linli.members.policy.kinds import Ending
from linli.places.models import Cell, Grid, Place

AHEAD = gettext_noop("%(day)s is still to come; give today or a day before.")
TWICE = gettext_noop("%(name)s works for this cell since %(since)s; end that first, or give a later day.")
WHOSE = gettext_noop("Say whose the telephone is and who may read it, or leave both empty.")
NO_NUMBER = gettext_noop("Write the telephone number, or choose no telephone.")
NOT_AGREED = gettext_noop("No telephone of your own is shown here; there is nothing to take back.")
OVER = gettext_noop("This duty has ended on %(day)s; enter a new one.")
EARLY = gettext_noop("The duty began on %(since)s; give that day or a later one.")
NOTICE_OVER = gettext_noop("This notice holds no more; look at the page again.")
NOTICE_UNTIL = gettext_noop("%(place)s had a notice until %(day)s; give that day or a later one.")
NOTICE_EARLY = gettext_noop("%(place)s has a notice from %(day)s; give that day or a later one.")


def appoint(
    cell: Cell,
    *,
    name: str,
    kind: WorkerKind,
    since: date,
    by: Actor,
    now: datetime,
    key: str,
    member: Member | None = None,
    full_name: bool = False,
    phone: str = "",
    phone_use: PhoneUse | None = None,
) -> CellWorker:
    """Let somebody work for `cell` from `since` on; of a `member` the register says the name.

    Locks the place. Refused: a day to come, the same person at the cell twice at a time, a telephone without saying
    whose it is, or the other way round.
    """
    with writing("worker.appoint", by=by, now=now, key=key) as event:
        place = Place.objects.select_for_update(no_key=True).get(pk=cell.grid.place_id)
        _refuse_ahead(since, now, "since")
        _refuse_phone(phone, phone_use)
        called = member.name if member else name
        same = Q(name=called, member=None) if member is None else Q(member=member) | Q(name=called, member=None)
        lasting = Q(valid_to=None) | Q(valid_to__gt=since)
        other = CellWorker.objects.filter(same, lasting, place=place, cell_code=cell.code).first()
        if other is not None:
            raise Refusal("worker-twice", TWICE, field="name", name=called, since=other.valid_from.isoformat())
        made = CellWorker.objects.create(
            place=place,
            cell_code=cell.code,
            name=called,
            member=member,
            kind=kind,
            full_name=full_name,
            phone=phone,
            phone_use=phone_use or "",
            valid_from=since,
        )
        event.about(made.ref, place=place.code, cell=cell.code, kind=kind.value, since=since.isoformat())
    return made


def change(
    duty: CellWorker,
    *,
    kind: WorkerKind,
    full_name: bool,
    phone: str,
    phone_use: PhoneUse | None,
    by: Actor,
    now: datetime,
    key: str,
) -> CellWorker:
    """Say anew as what somebody works and what everybody reads of it; shown at once. Refused: a duty that is over."""
    with writing("worker.change", by=by, now=now, key=key) as event:
        found = _open(duty)
        _refuse_phone(phone, phone_use)
        found.kind, found.full_name, found.phone, found.phone_use = kind, full_name, phone, phone_use or ""
        found.save(update_fields=["kind", "full_name", "phone", "phone_use"])
        event.about(found.ref, kind=kind.value, full_name=full_name, phone_use=found.phone_use)
    return found


def withdraw_phone(duty: CellWorker, *, by: Actor, now: datetime, key: str) -> CellWorker:
    """Show the worker's own telephone no more, because the worker takes the agreement back; the number is erased.

    Refused: a duty that is over, one without such an agreement.
    """
    with writing("worker.withdraw", by=by, now=now, key=key) as event:
        found = _open(duty)
        if found.phone_use != PhoneUse.AGREED:
            raise Refusal("worker-not-agreed", NOT_AGREED)
        found.phone, found.phone_use = "", ""
        found.save(update_fields=["phone", "phone_use"])
        event.about(found.ref)
    return found


def end(duty: CellWorker, *, on: date, by: Actor, now: datetime, key: str) -> CellWorker:
    """End a duty on `on`, the first day without; its telephone goes. One ended on its first day is taken back.

    Refused: a day to come or before it began, a duty that is over.
    """
    with writing("worker.end", by=by, now=now, key=key) as event:
        found = _open(duty)
        _refuse_ahead(on, now, "day")
        if on < found.valid_from:
            raise Refusal("worker-early", EARLY, field="day", since=found.valid_from.isoformat())
        event.about(found.ref, on=on.isoformat())
        _end(found, on, WorkerEnd.BY_HAND)
    return found


def end_over(*, now: datetime, key: str) -> int:
    """End the open duties at cells that the map of today has no more, and of members who died; return how many.

    A duty ends on the first day without the cell, or the person. Until then one without cell says nothing: a worker
    answers only for a cell that the grid of the day has.
    """
    today = local_date(now)
    due = _over(today)
    if not due:
        return 0
    with writing("worker.end_over", by=SYSTEM, now=now, key=key) as event:
        rows = list(CellWorker.objects.select_for_update().filter(pk__in=due, valid_to=None).order_by("pk"))
        for row in rows:
            _end(row, *due[row.pk])
        event.about("worker:*", duties=[row.pk for row in rows])
    return len(rows)


def publish_notice(
    place: Place,
    *,
    supervision: str,
    items: Sequence[Item],
    since: date,
    by: Actor,
    now: datetime,
    key: str,
    document: str = "",
) -> GridNotice:
    """Post the notice of `place` from `since` on; the one before ends that day, one of the same day is corrected.

    Locks the place. Refused: a day before the last notice, or on which it held until it was taken back; a day to come.
    """
    with writing("notice.publish", by=by, now=now, key=key) as event:
        place = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
        _refuse_ahead(since, now, "since")
        last = GridNotice.objects.filter(place=place).first()
        if last is not None and last.valid_from > since:
            values = {"place": place.name, "day": last.valid_from.isoformat()}
            raise Refusal("notice-early", NOTICE_EARLY, field="since", **values)
        if last is not None and last.valid_to is not None and last.valid_to > since:
            values = {"place": place.name, "day": last.valid_to.isoformat()}
            raise Refusal("notice-until", NOTICE_UNTIL, field="since", **values)
        rows = [list(astuple(item)) for item in items]
        if last is not None and last.valid_from == since:
            last.supervision, last.items, last.document = supervision, rows, document
            last.save(update_fields=["supervision", "items", "document"])
        else:
            GridNotice.objects.filter(place=place, valid_to=None).update(valid_to=since)
            last = GridNotice.objects.create(
                place=place, supervision=supervision, items=rows, document=document, valid_from=since
            )
        event.about(last.ref, items=len(rows))
    return last


def take_back_notice(notice: GridNotice, *, reason: str, by: Actor, now: datetime, key: str) -> None:
    """Take a notice back from today on, for `reason`, which is logged: the notice of a place above holds then, or none.

    One that was published today goes as if it had never been, and the one that it ended holds on. Locks the place.
    Refused: a notice that holds no more, one that somebody else took back meanwhile.
    """
    with writing("notice.take_back", by=by, now=now, key=key) as event:
        Place.objects.select_for_update(no_key=True).get(pk=notice.place_id)
        today = local_date(now)
        found = GridNotice.objects.filter(pk=notice.pk, valid_to=None).select_related("place").first()
        if found is None:
            raise Refusal("notice-over", NOTICE_OVER)
        event.about(found.ref, reason=reason)
        if found.valid_from < today:
            found.valid_to, found.taken_back = today, reason
            found.save(update_fields=["valid_to", "taken_back"])
        else:
            before = GridNotice.objects.filter(place=found.place_id, valid_to=found.valid_from, taken_back="")
            found.delete()
            before.update(valid_to=None)


def reseal(*, by: Actor, now: datetime, key: str) -> int:
    """Seal the telephones of workers under the newest secret of the server; return how many changed."""
    with writing("worker.reseal", by=by, now=now, key=key) as event:
        rows = CellWorker.objects.select_for_update().filter(pk__in=phones.stale()).order_by("pk")
        for row in rows:
            row.save(update_fields=["phone"])
        event.about("worker:*", count=len(rows))
    return len(rows)


def _over(today: date) -> dict[int, tuple[date, WorkerEnd]]:
    """Return when and why each open duty ends that is over."""
    there = set(Cell.objects.filter(grid__in=Grid.objects.on(today)).values_list("grid__place", "code"))
    rows = list(CellWorker.objects.filter(valid_to=None))
    gone = [row for row in rows if (row.place_id, row.cell_code) not in there]
    died = dict(Departure.objects.filter(ending=Ending.DIED, on__lte=today).values_list("member", "on"))
    found = {row.pk: (died[row.member_id], WorkerEnd.DIED) for row in rows if row.member_id in died}
    return {row.pk: (_first_without(row, today), WorkerEnd.CELL_GONE) for row in gone} | found


def _first_without(row: CellWorker, today: date) -> date:
    """Return the day from which the place has had no cell of the code any more; its first day where it never had."""
    grids = Grid.objects.filter(place=row.place_id, cells__code=row.cell_code, valid_from__lte=today)
    last = grids.order_by("-valid_from").first()
    return last.valid_to if last is not None and last.valid_to is not None else row.valid_from


def _end(row: CellWorker, on: date, why: WorkerEnd) -> None:
    if on <= row.valid_from:
        CellWorker.objects.filter(pk=row.pk).delete()
        return
    row.valid_to, row.ended, row.phone, row.phone_use = on, why, "", ""
    row.save(update_fields=["valid_to", "ended", "phone", "phone_use"])


def _open(duty: CellWorker) -> CellWorker:
    found = CellWorker.objects.select_for_update().get(pk=duty.pk)
    if found.valid_to is not None:
        raise Refusal("worker-over", OVER, day=found.valid_to.isoformat())
    return found


def _refuse_ahead(day: date, now: datetime, field: str) -> None:
    if day > local_date(now):
        raise Refusal("worker-ahead", AHEAD, field=field, day=day.isoformat())


def _refuse_phone(phone: str, use: PhoneUse | None) -> None:
    if phone and use is None:
        raise Refusal("worker-whose", WHOSE, field="phone_use")
    if use is not None and not phone:
        raise Refusal("worker-number", NO_NUMBER, field="phone")
