"""Writes of activities: kinds, plans, sign-in, rolls. Every service locks the activity's row first."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from linli.access.decide import SYSTEM, Actor
from linli.activities import queries
from linli.activities.models import Activity, Attendance, Kind, WrongCode
from linli.activities.policy import codes, rolls
from linli.activities.policy.default_kinds import DEFAULT_KINDS
from linli.activities.policy.rolls import Line
from linli.activities.policy.states import Action, Due, Presence, State, Way, after
from linli.audit.services import writing
from linli.lib.clock import CHINA, local_date
from linli.lib.errors import Refusal
from linli.lib.mask import mask_text
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.places.models import Place
from linli.points import services as points


def ensure_kind(
    *,
    code: str,
    name: str,
    indicator: str = "",
    by_hour: bool = False,
    due: Due = Due.MEMBERS,
    public: bool = False,
    order: int = 0,
    by: Actor,
    now: datetime,
    key: str,
) -> Kind:
    """Make a kind of activity, or change the one with `code`."""
    with writing("activity_kind.ensure", by=by, now=now, key=key) as event:
        given = {"name": name, "indicator": indicator, "by_hour": by_hour, "due": due, "public": public, "order": order}
        made, _new = Kind.objects.update_or_create(code=code, defaults=given)
        event.about(f"activity_kind:{code}", indicator=indicator, due=due.value, public=public)
    return made


def ensure_default_kinds(*, by: Actor, now: datetime, key: str) -> list[Kind]:
    """Make the kinds that the house ships (`policy/default_kinds.py`), in their order."""
    with writing("activity_kinds.ensure", by=by, now=now, key=key) as event:
        event.about("activity_kinds", count=len(DEFAULT_KINDS))
        return [
            ensure_kind(
                code=kind.code,
                name=kind.name,
                indicator=kind.indicator,
                by_hour=kind.by_hour,
                due=kind.due,
                public=kind.public,
                order=order,
                by=by,
                now=now,
                key=f"{key}:{kind.code}",
            )
            for order, kind in enumerate(DEFAULT_KINDS, start=1)
        ]


def _locked(activity: Activity) -> Activity:
    """Return the activity as it is now, locked until the transaction ends."""
    return Activity.objects.select_for_update(of=("self",)).select_related("kind", "body").get(pk=activity.pk)


def _fit_for_all(kind: Kind, **texts: str) -> None:
    """Refuse what identifies a person in the texts of a public kind: the calendar is read by everybody."""
    for field, text in texts.items():
        if kind.public and mask_text(text).found:
            raise Refusal(
                "activity-personal",
                gettext_noop(
                    "This is shown in the public calendar and seems to hold a telephone, identity or plate number; "
                    "take it out."
                ),
                field=field,
            )


def plan(
    *,
    kind: Kind,
    body: Body,
    title: str,
    spot: str,
    starts_at: datetime,
    ends_at: datetime,
    place: Place | None = None,
    by: Actor,
    now: datetime,
    key: str,
) -> Activity:
    """Plan an activity of `body`; one that is over may be entered late, for its paper roll.

    Refused: an end before the start, more than 12 hours, more than 400 days away, the same thing twice
    (kind, body, title and start), numbers of persons where the kind is public.
    """
    with writing("activity.plan", by=by, now=now, key=key) as event:
        rolls.check_times(starts_at, ends_at, now)
        _fit_for_all(kind, title=title, spot=spot)
        same = Activity.objects.filter(kind=kind, body=body, title=title, starts_at=starts_at)
        if same.exclude(state=State.CANCELLED).exists():
            raise Refusal(
                "activity-twice",
                gettext_noop("“%(title)s” is planned for this time already; look it up in the list."),
                field="title",
                title=title,
            )
        activity = Activity.objects.create(
            kind=kind,
            body=body,
            title=title,
            place=place,
            spot=spot,
            starts_at=starts_at,
            ends_at=ends_at,
            sign_in_secret=hmac.new(settings.SECRET_KEY.encode(), f"sign-in:{key}".encode(), "sha256").hexdigest(),
            planned_by=by.ref,
            changed_at=now,
        )
        event.about(activity.ref, kind=kind.code, body=body.code)
    return activity


def hand_over(*, now: datetime, key: str) -> int:
    """Give what bodies that have ended had planned for later to their heirs; return how many activities. Locks them."""
    heirs = organisations.heirs(local_date(now))
    planned = Activity.objects.filter(body__in=heirs, state=State.PLANNED, starts_at__gt=now)
    if not planned.exists():
        return 0
    with writing("activity.hand_over", by=SYSTEM, now=now, key=key) as event:
        found = list(planned.select_for_update(of=("self",)))
        for activity in found:
            activity.body = heirs[activity.body_id]
            activity.changed_at = now
            activity.revision += 1
        Activity.objects.bulk_update(found, ["body", "changed_at", "revision"])
        event.about("activity:*", activities=[activity.pk for activity in found])
    return len(found)


def change(
    activity: Activity,
    *,
    title: str,
    spot: str,
    starts_at: datetime,
    ends_at: datetime,
    place: Place | None = None,
    by: Actor,
    now: datetime,
    key: str,
) -> Activity:
    """Change what is planned. Refused: a roll that is recorded, times that cannot be or clash for who signed in."""
    with writing("activity.change", by=by, now=now, key=key) as event:
        found = _locked(activity)
        after(found.state, Action.CHANGE)
        rolls.check_times(starts_at, ends_at, now)
        _fit_for_all(found.kind, title=title, spot=spot)
        event.about(found.ref, was=f"{found.starts_at.isoformat()} {found.spot}")
        found.title, found.spot, found.place = title, spot, place
        found.starts_at, found.ends_at = starts_at, ends_at
        _no_one_twice(found, list(found.roll.filter(presence=Presence.PRESENT).values_list("member_id", flat=True)), by)
        _changed(found, now)
        found.save()
    return found


def _changed(activity: Activity, now: datetime) -> None:
    activity.changed_at = now
    activity.revision += 1


def cancel(activity: Activity, *, reason: str, by: Actor, now: datetime, key: str) -> Activity:
    """Cancel what is planned; the reason is shown in the calendar. Refused: a roll that is recorded."""
    with writing("activity.cancel", by=by, now=now, key=key) as event:
        found = _locked(activity)
        found.state = after(found.state, Action.CANCEL)
        _fit_for_all(found.kind, reason=reason)
        found.cancel_reason = reason
        _changed(found, now)
        found.save(update_fields=["state", "cancel_reason", "changed_at", "revision"])
        event.about(found.ref)
    return found


def _no_one_twice(activity: Activity, present: Sequence[int], by: Actor) -> None:
    """Refuse who is present at another activity at the same time (rule V10: nothing counts twice).

    The other activity is named only to the member and to those who may see it. Locks the members' rows in
    order, so that two rolls cannot take in one person at once.
    """
    if not present:
        return
    list(Member.objects.select_for_update().filter(pk__in=present).order_by("pk").values_list("pk", flat=True))
    there = Q(activity__starts_at__lt=activity.ends_at, activity__ends_at__gt=activity.starts_at)
    others = Attendance.objects.filter(there, member__in=present, presence=Presence.PRESENT)
    clash = (
        others.exclude(activity=activity.pk)
        .exclude(activity__state=State.CANCELLED)
        .select_related("activity__body", "member")
        .order_by("member__name_key")
        .first()
    )
    if clash is not None:
        raise _elsewhere(clash, by)


def _elsewhere(clash: Attendance, by: Actor) -> Refusal:
    other, number = clash.activity, clash.member.number
    if by.signed_in and by.member_id != clash.member_id and not queries.may_see(by, other):
        return Refusal(
            "roll-overlap",
            gettext_noop(
                "%(number)s is on the roll of another activity at the same time; nobody is at two places at once. "
                "Ask the member which of the two is right."
            ),
            number=number,
        )
    begun, ended = (at.astimezone(CHINA) for at in (other.starts_at, other.ends_at))
    return Refusal(
        "roll-overlap",
        gettext_noop(
            "%(number)s is on the roll of “%(title)s” from %(start)s to %(end)s, at the same time; "
            "nobody is at two places at once. Correct one of the two rolls."
        ),
        number=number,
        title=other.title,
        start=f"{begun:%Y-%m-%d %H:%M}",
        end=f"{ended:%H:%M}",
    )


def sign_in(activity: Activity, *, member: Member, code: str, by: Actor, now: datetime, key: str) -> Attendance:
    """Sign `member` in by the code on the organiser's screen; one who is signed in already keeps that line.

    Refused: outside half an hour before the start until the end, a wrong code, a member who is elsewhere at
    the time. A wrong code is kept though the sign-in is refused: five within ten minutes make a pause, for
    this member only. Judged under the activity's lock, so that guesses sent at once are counted one by one.
    """
    with transaction.atomic():
        found = _locked(activity)
        line = found.roll.filter(member=member).first()
        if line is not None and line.presence == Presence.PRESENT:
            return line
        after(found.state, Action.SIGN_IN)
        tries = WrongCode.objects.filter(activity=found, member=member)
        _may_try(found, tries.filter(at__gt=now - codes.PAUSE).count(), now)
        if codes.accepted(found.sign_in_secret, code, now):
            with writing("activity.sign_in", by=by, now=now, key=key) as event:
                event.about(found.ref)
                return _signed(found, member, by, now)
        with writing("activity.wrong_code", by=by, now=now, key=f"{key}:{tries.count()}") as event:
            WrongCode.objects.create(activity=found, member=member, at=now)
            event.about(found.ref)
    raise Refusal(
        "code-wrong",
        gettext_noop("This is not the code that is shown now. Look at the screen again; it changes twice a minute."),
        field="code",
    )


def _may_try(activity: Activity, wrong: int, now: datetime) -> None:
    if not codes.is_open(activity.starts_at, activity.ends_at, now):
        raise Refusal(
            "code-closed",
            gettext_noop("Signing in by code is open from half an hour before the start until the end."),
        )
    if wrong >= codes.TRIES:
        raise Refusal(
            "code-pause",
            gettext_noop("Too many wrong codes. Wait ten minutes, or sign on the paper roll: it counts the same."),
        )


def _signed(activity: Activity, member: Member, by: Actor, now: datetime) -> Attendance:
    _no_one_twice(activity, [member.pk], by)
    given = {
        "presence": Presence.PRESENT,
        "way": Way.CODE,
        "due": queries.due_at(activity).filter(pk=member.pk).exists(),
        "minutes": activity.duration,
        "reason": "",
        "at": now,
    }
    line, _new = Attendance.objects.update_or_create(activity=activity, member=member, defaults=given)
    return line


def forget_wrong_codes(*, before: datetime, by: Actor, now: datetime, key: str) -> int:
    """Delete the wrong codes typed before `before`; return how many."""
    with writing("activity.forget_codes", by=by, now=now, key=key) as event:
        count, _by_table = WrongCode.objects.filter(at__lt=before).delete()
        event.about("wrong_codes", count=count)
    return count


def record_roll(activity: Activity, *, lines: Sequence[Line], by: Actor, now: datetime, key: str) -> Activity:
    """Record the roll whole: a line for every member due, and guests who came. Replaces the roll that stands.

    Lines that were signed by code keep that mark while they stay present. Refused: before the start, a roll
    that is not whole (`policy.rolls.checked`), an unknown number, a member who is elsewhere at the time.
    """
    with writing("activity.record_roll", by=by, now=now, key=key) as event:
        found = _locked(activity)
        if now < found.starts_at:
            raise Refusal("roll-early", gettext_noop("The roll is recorded once the activity has begun."))
        found.state = after(found.state, Action.RECORD)
        due = dict(queries.due_at(found).values_list("number", "name"))
        good = rolls.checked(lines, due=due, duration=found.duration)
        members = _members(found, [line.number for line in good])
        _no_one_twice(found, [members[line.number] for line in good if line.presence is Presence.PRESENT], by)
        coded = dict(found.roll.filter(way=Way.CODE).values_list("member_id", "at"))
        found.roll.all().delete()
        Attendance.objects.bulk_create(
            _line(found, line, members[line.number], coded, due=line.number in due, now=now) for line in good
        )
        found.recorded_by, found.recorded_at = by.ref, now
        found.roll_version += 1
        found.return_reason = ""
        found.save(update_fields=["state", "recorded_by", "recorded_at", "roll_version", "return_reason"])
        present = sum(line.presence is Presence.PRESENT for line in good)
        event.about(found.ref, lines=len(good), present=present, version=found.roll_version)
    return found


def _line(
    activity: Activity, line: Line, member: int, coded: dict[int, datetime], *, due: bool, now: datetime
) -> Attendance:
    by_code = line.presence is Presence.PRESENT and member in coded
    return Attendance(
        activity=activity,
        member_id=member,
        presence=line.presence,
        way=Way.CODE if by_code else Way.HAND,
        due=due,
        minutes=line.minutes,
        reason=line.reason,
        at=coded[member] if by_code else now,
    )


def _members(activity: Activity, numbers: Sequence[str]) -> dict[str, int]:
    """Return the members by number. Refused: a number that was in no unit on the day, whether it exists or not."""
    found = dict(queries.members_at(activity).filter(number__in=numbers).values_list("number", "pk"))
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
        found = _locked(activity)
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
    meanwhile and has no line.
    """
    with writing("activity.confirm_roll", by=by, now=now, key=key) as event:
        found = _locked(activity)
        found.state = after(found.state, Action.CONFIRM)
        if found.recorded_by == by.ref:
            raise Refusal(
                "roll-own", gettext_noop("You recorded this roll yourself; another person has to confirm it.")
            )
        if seen != found.roll_version:
            raise Refusal(
                "roll-changed", gettext_noop("The roll was recorded anew since you opened this page; read it again.")
            )
        lines = list(found.roll.select_related("member"))
        _nobody_missing(found, {line.member_id for line in lines})
        found.due_count = sum(line.due for line in lines)
        found.confirmed_by, found.confirmed_at = by.ref, now
        found.save(update_fields=["state", "due_count", "confirmed_by", "confirmed_at"])
        event.about(found.ref, version=seen, lines=len(lines))
        if not found.kind.indicator:
            return 0
        return points.award(
            lines=[_earned(found.kind, line) for line in lines if line.presence == Presence.PRESENT],
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


def _nobody_missing(activity: Activity, on_roll: set[int]) -> None:
    missing = [name for pk, name in queries.due_at(activity).values_list("pk", "name") if pk not in on_roll]
    if missing:
        raise Refusal(
            "roll-outdated",
            gettext_noop(
                "%(names)s became due since the roll was recorded; give it back, so that everybody has a line."
            ),
            names="、".join(missing[: rolls.NAMED]) + ("…" if len(missing) > rolls.NAMED else ""),
        )


def _earned(kind: Kind, line: Attendance) -> points.Award:
    return points.Award(line.member, kind.indicator, minutes=line.minutes if kind.by_hour else 0)
