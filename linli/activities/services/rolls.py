"""Writes of rolls: recorded whole by one, confirmed by another, whereupon they earn points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linli.access.decide import Actor
from linli.activities import queries
from linli.activities.models import Activity, Attendance, Kind
from linli.activities.policy import rolls
from linli.activities.policy.rolls import Line
from linli.activities.policy.states import ON_THE_SPOT, Action, Presence, Way, after
from linli.activities.services.locking import locked, no_one_twice
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.points import services as points
from linli.store.statements import insert_all


def record_roll(
    activity: Activity, *, lines: Sequence[Line], residents: int = 0, by: Actor, now: datetime, key: str
) -> Activity:
    """Record the roll whole: a line for every member due, and guests who came; residents by count only.

    Replaces the roll that stands. Lines of who signed in on the spot keep that mark while they stay present. Refused:
    before the start, a roll that is not whole (`policy.rolls.checked`), an unknown number, a member who is elsewhere
    at the time.
    """
    with writing("activity.record_roll", by=by, now=now, key=key) as event:
        found = locked(activity)
        if now < found.starts_at:
            raise Refusal("roll-early", gettext_noop("The roll is recorded once the activity has begun."))
        found.state = after(found.state, Action.RECORD)
        due = {member.number: member for member in queries.due_list(found)}
        names = {number: member.name for number, member in due.items()}
        good = rolls.checked(lines, due=names, duration=found.duration, residents=residents)
        members = {number: member.pk for number, member in due.items()}
        members |= _guests(found, [line.number for line in good if line.number not in due])
        no_one_twice(found, [members[line.number] for line in good if line.presence is Presence.PRESENT], by)
        seen = found.roll.filter(way__in=ON_THE_SPOT).values_list("member_id", "way", "at")
        coded = {member: (way, at) for member, way, at in seen}
        found.roll.all().delete()
        insert_all([_line(found, line, members[line.number], coded, due=line.number in due, now=now) for line in good])
        found.recorded_by, found.recorded_at = by.ref, now
        found.roll_version += 1
        found.residents = residents
        found.return_reason = ""
        found.save(update_fields=["state", "recorded_by", "recorded_at", "roll_version", "residents", "return_reason"])
        present = sum(line.presence is Presence.PRESENT for line in good)
        event.about(found.ref, lines=len(good), present=present, version=found.roll_version)
    return found


def _line(
    activity: Activity, line: Line, member: int, coded: dict[int, tuple[str, datetime]], *, due: bool, now: datetime
) -> Attendance:
    way, at = coded.get(member, (Way.HAND, now)) if line.presence is Presence.PRESENT else (Way.HAND, now)
    return Attendance(
        activity=activity,
        member_id=member,
        presence=line.presence,
        way=way,
        due=due,
        minutes=line.minutes,
        reason=line.reason,
        at=at,
    )


def _guests(activity: Activity, numbers: Sequence[str]) -> dict[str, int]:
    """Return the guests by number. Refused: a number that was in no unit on the day, whether it exists or not."""
    found = queries.guests_by_number(activity, numbers)
    unknown = [number for number in numbers if number not in found]
    if unknown:
        raise Refusal(
            "roll-unknown",
            gettext_noop(
                "%(number)s was no member's number on that day; ask the guest, or look it up in the register."
            ),
            field="walk_ins",
            number=unknown[0],
        )
    return found


def return_roll(activity: Activity, *, reason: str, by: Actor, now: datetime, key: str) -> Activity:
    """Give a recorded roll back to who recorded it, saying what is wrong; its lines stay for correction."""
    with writing("activity.return_roll", by=by, now=now, key=key) as event:
        found = locked(activity)
        found.state = after(found.state, Action.RETURN)
        found.return_reason = reason
        found.save(update_fields=["state", "return_reason"])
        event.about(found.ref, version=found.roll_version)
    return found


def confirm_roll(activity: Activity, *, seen: int, by: Actor, now: datetime, key: str) -> int:
    """Confirm the roll in the version `seen`; return how many lines of points it earned.

    The points are written in the same transaction with the activity as source; the line of a confirmer who
    was present waits there for another person, that of a guest for a person of the guest's own branch.
    Refused: who recorded the roll, a roll that was recorded anew since it was read, a member who became due
    meanwhile and has no line, one with a line who, as was entered meanwhile, had left by the day.
    """
    with writing("activity.confirm_roll", by=by, now=now, key=key) as event:
        found = locked(activity)
        found.state = after(found.state, Action.CONFIRM)
        if found.recorded_by == by.ref:
            raise Refusal(
                "roll-own", gettext_noop("You recorded this roll yourself; another person has to confirm it.")
            )
        if seen != found.roll_version:
            raise Refusal(
                "roll-changed", gettext_noop("The roll was recorded anew since you opened this page; read it again.")
            )
        lines = list(found.roll.all())
        due = queries.due_list(found)
        _nobody_missing(due, {line.member_id for line in lines})
        people = _people(found, due, [line.member_id for line in lines])
        found.due_count = sum(line.due for line in lines)
        found.indicator = found.kind.indicator
        found.confirmed_by, found.confirmed_at = by.ref, now
        found.save(update_fields=["state", "due_count", "indicator", "confirmed_by", "confirmed_at"])
        event.about(found.ref, version=seen, lines=len(lines))
        found.roll.filter(member__member_class__scored=False).update(exempt=True)
        if not found.indicator:
            return 0
        return points.award(
            lines=[
                _earned(found.kind, line, people[line.member_id]) for line in lines if line.presence == Presence.PRESENT
            ],
            recorder=found.recorded_by,
            confirmer=by.ref,
            source=found.ref,
            deed_on=local_date(found.starts_at),
            by=by,
            now=now,
            key=f"{key}:award",
            within=found.body.path,
            note=f"{found.body.name} · {found.title}",
        )


def _people(activity: Activity, due: Sequence[Member], keys: Sequence[int]) -> dict[int, Member]:
    """Return the members by key: those due, who were read already, and the guests. Refused: one in no unit then."""
    known = {member.pk: member for member in due}
    guests = Member.objects.in_bulk([key for key in keys if key not in known])
    with_unit = queries.guests_by_number(activity, [member.number for member in guests.values()])
    gone = [member.name for member in guests.values() if member.number not in with_unit]
    if gone:
        raise Refusal(
            "roll-gone",
            gettext_noop(
                "%(names)s belonged to no unit any more on that day; give the roll back, so that the line goes."
            ),
            names=rolls.named(gone),
        )
    return known | guests


def _nobody_missing(due: Sequence[Member], on_roll: set[int]) -> None:
    missing = [member.name for member in due if member.pk not in on_roll]
    if missing:
        raise Refusal(
            "roll-outdated",
            gettext_noop(
                "%(names)s became due since the roll was recorded; give it back, so that everybody has a line."
            ),
            names=rolls.named(missing),
        )


def _earned(kind: Kind, line: Attendance, member: Member) -> points.Award:
    return points.Award(member, kind.indicator, minutes=line.minutes if kind.by_hour else 0)
