"""Truths about activities."""

from __future__ import annotations

from dataclasses import asdict

from django.db.models import Count, F, Q

from linli.activities.models import Activity, Attendance, Minutes
from linli.activities.policy.motions import digest_of
from linli.activities.policy.states import Presence, State
from linli.activities.queries.minutes import item_of
from linli.lib.invariants import Invariant
from linli.lib.words import gettext_noop
from linli.points.models import Deed, Entry


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of activities and their rolls."""
    return (
        Invariant(
            "activities.whole_roll",
            gettext_noop("Every confirmed roll has a line for each member who was due"),
            _not_whole,
        ),
        Invariant(
            "activities.two_people",
            gettext_noop("Who confirmed a roll is not who recorded it"),
            _one_person,
        ),
        Invariant(
            "activities.awards",
            gettext_noop("Every presence on a confirmed roll that earns points has its ledger line, and only those"),
            _without_award,
        ),
        Invariant(
            "activities.minutes",
            gettext_noop("Nobody was present for longer than the activity lasted, and nobody absent has minutes"),
            _odd_minutes,
        ),
        Invariant(
            "activities.one_place",
            gettext_noop("Nobody was present at two activities at the same time"),
            _at_two_places,
        ),
        Invariant(
            "activities.minutes_digest",
            gettext_noop("Final minutes say what they said when they were made final"),
            _changed_minutes,
        ),
    )


def _not_whole() -> list[str]:
    confirmed = Activity.objects.filter(state=State.CONFIRMED).annotate(there=Count("roll", filter=Q(roll__due=True)))
    return [
        f"{activity.ref}: {activity.there} / {activity.due_count}"
        for activity in confirmed.exclude(there=F("due_count"))
    ]


def _one_person() -> list[str]:
    confirmed = Activity.objects.filter(state=State.CONFIRMED)
    wrong = confirmed.filter(Q(confirmed_by="") | Q(recorded_by="") | Q(confirmed_by=F("recorded_by")))
    return [activity.ref for activity in wrong]


def _without_award() -> list[str]:
    """Compare the presences that earned with the ledger lines and the deeds that wait for a second person.

    By indicator and class as they were when the roll was confirmed.
    """
    lines = Attendance.objects.filter(presence=Presence.PRESENT, activity__state=State.CONFIRMED, exempt=False)
    earning = lines.exclude(activity__indicator="").values_list("activity_id", "member_id")
    earned = {(f"activity:{activity}", member) for activity, member in earning}
    booked = set(Entry.objects.filter(source__startswith="activity:", reverses=None).values_list("source", "member_id"))
    queued = set(Deed.objects.filter(source__startswith="activity:").values_list("source", "member_id"))
    return [f"{source} member {member}: no ledger line" for source, member in sorted(earned - booked - queued)] + [
        f"{source} member {member}: not on a confirmed roll" for source, member in sorted((booked | queued) - earned)
    ]


def _odd_minutes() -> list[str]:
    lines = Attendance.objects.filter(activity__state__in=(State.RECORDED, State.CONFIRMED)).select_related("activity")
    return [
        f"{line.activity.ref} member {line.member_id}: {line.minutes}"
        for line in lines.iterator()
        if not _possible(line)
    ]


def _possible(line: Attendance) -> bool:
    if line.presence == Presence.PRESENT:
        return 0 < line.minutes <= line.activity.duration
    return line.minutes == 0


def _at_two_places() -> list[str]:
    """Walk the presences in order of member and start: a clash is a start before the latest end so far."""
    lines = Attendance.objects.filter(presence=Presence.PRESENT).exclude(activity__state=State.CANCELLED)
    found, member, until, at = [], 0, None, ""
    for line in lines.select_related("activity").order_by("member_id", "activity__starts_at").iterator():
        if line.member_id == member and until is not None and line.activity.starts_at < until:
            found.append(f"member {member}: {at}, {line.activity.ref}")
        if line.member_id != member or until is None or line.activity.ends_at > until:
            member, until, at = line.member_id, line.activity.ends_at, line.activity.ref
    return found


def _changed_minutes() -> list[str]:
    """Compare the digest with the kept content, and the kept points with those that stand."""
    final = Minutes.objects.filter(state="final").prefetch_related("items")
    return [minutes.ref for minutes in final if not _as_made_final(minutes)]


def _as_made_final(minutes: Minutes) -> bool:
    content = minutes.content or {}
    stands = [asdict(item_of(row)) for row in minutes.items.all()]
    kept = [
        {name: each[name] for name in each if name not in {"outcome", "rules"}} for each in content.get("items", ())
    ]
    return digest_of(content) == minutes.digest and kept == [each | {"way": each["way"] or ""} for each in stands]
