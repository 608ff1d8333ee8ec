"""What a roll must be: a line for everyone who was due, nobody twice, minutes that can be, leave with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from linli.activities.policy.states import Presence
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

LONGEST = timedelta(hours=12)
FARTHEST = timedelta(days=400)
NAMED = 5
CROWD = 9999


@dataclass(frozen=True, slots=True)
class Line:
    """One member of a roll by member number; minutes count only for who was present (0: all the time)."""

    number: str
    presence: Presence
    minutes: int = 0
    reason: str = ""


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse times that cannot be: an end before the start, more than 12 hours, a year mistyped."""
    if ends_at <= starts_at:
        raise Refusal("activity-times", gettext_noop("The end must be after the start; mend the times."), field="until")
    if ends_at - starts_at > LONGEST:
        raise Refusal(
            "activity-length",
            gettext_noop("An activity lasts 12 hours at most; mend the times, or plan one for each day."),
            field="until",
        )
    if abs(starts_at - now) > FARTHEST:
        raise Refusal(
            "activity-date",
            gettext_noop("The date is more than 400 days away; check the year."),
            field="day",
        )


def check_day(was: datetime, starts_at: datetime, signed_in: int) -> None:
    """Refuse another day for what `signed_in` members have signed in to by code: they were there on that day."""
    if signed_in and local_date(was) != local_date(starts_at):
        raise Refusal(
            "activity-signed-in",
            gettext_noop(
                "%(count)s signed in by code on %(day)s, so the day stays; cancel this activity and plan another one."
            ),
            field="day",
            count=signed_in,
            day=local_date(was).isoformat(),
        )


def minutes_kept(minutes: int, was: int, duration: int) -> int:
    """Return the minutes of a presence when the length changes from `was` to `duration`.

    Who was there all the time still is; who was there for a part keeps it, as far as there is room.
    """
    return duration if minutes == was else min(minutes, duration)


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """Return the whole minutes from start to end."""
    return int((ends_at - starts_at).total_seconds()) // 60


def named(names: Sequence[str]) -> str:
    """Return the first of `names` as one text, and that there are more."""
    return "、".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")


def checked(lines: Sequence[Line], *, due: Mapping[str, str], duration: int, residents: int = 0) -> list[Line]:
    """Return the lines in order with their minutes filled in; refuse a roll that is not whole.

    `due` maps the number of each member due to the name; `duration` is in minutes; `residents` came who are no
    members. Refused: a member twice, a due member without a line, nobody at all, a guest who did not come, minutes
    over the duration, leave without a reason, a number of residents that cannot be.
    """
    if not 0 <= residents <= CROWD:
        raise Refusal("roll-residents", gettext_noop("Write how many residents came: 0 to 9999."), field="residents")
    seen: set[str] = set()
    for line in lines:
        if line.number in seen:
            raise Refusal(
                "roll-twice",
                gettext_noop("%(number)s stands on the roll twice; take one of the two off."),
                field="walk_ins",
                number=line.number,
            )
        seen.add(line.number)
    missing = [name for number, name in due.items() if number not in seen]
    if missing:
        raise Refusal(
            "roll-missing",
            gettext_noop("The roll lacks %(count)s who were due: %(names)s. Mark each: present, on leave or absent."),
            count=len(missing),
            names=named(missing),
        )
    if not lines and not residents:
        raise Refusal(
            "roll-empty",
            gettext_noop(
                "Nobody is on the roll, and recording it ends signing in by code. Write down who came; if it did not "
                "take place, cancel the activity."
            ),
            field="walk_ins",
        )
    return [_checked(line, guest=line.number not in due, duration=duration) for line in lines]


def _checked(line: Line, *, guest: bool, duration: int) -> Line:
    if line.presence is Presence.PRESENT:
        if not 0 <= line.minutes <= duration:
            raise Refusal(
                "roll-minutes",
                gettext_noop("%(number)s: the activity lasted %(duration)s minutes; write 1 to %(duration)s."),
                field=f"minutes-{line.number}",
                number=line.number,
                duration=duration,
            )
        return replace(line, minutes=line.minutes or duration, reason="")
    if guest:
        raise Refusal(
            "roll-guest",
            gettext_noop("%(number)s was not due and did not come; leave the number off the roll."),
            field="walk_ins",
            number=line.number,
        )
    if line.presence is Presence.LEAVE and not line.reason.strip():
        raise Refusal(
            "roll-reason",
            gettext_noop("%(number)s: say in a few words why leave was given."),
            field=f"reason-{line.number}",
            number=line.number,
        )
    return replace(line, minutes=0, reason=line.reason.strip() if line.presence is Presence.LEAVE else "")
