"""What every write of a roll begins with: the activity locked, and nobody at two places at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from linli.access.decide import Actor
from linli.activities import queries
from linli.activities.models import Activity, Attendance
from linli.activities.policy.rolls import LONGEST
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.store.statements import prepared


def locked(activity: Activity) -> Activity:
    """Return the activity as it is now, locked until the transaction ends.

    Locked first and read then: PostgreSQL finds no row where what is joined changed while the lock was waited for.
    """
    _for_update(activity.pk)
    [found] = _with_kind(activity.pk)
    return found


@prepared
def _for_update(activity: int) -> QuerySet[Activity, int]:
    return Activity.objects.select_for_update().filter(pk=activity).values_list("pk", flat=True)


@prepared
def _with_kind(activity: int) -> QuerySet[Activity]:
    return Activity.objects.select_related("kind", "body").filter(pk=activity)


def no_one_twice(activity: Activity, present: Sequence[int], by: Actor) -> None:
    """Refuse who is present at another activity at the same time (rule V10: nothing counts twice).

    The other activity is named only to the member and to those who may see it. Locks the members' rows in
    order, so that two rolls cannot take in one person at once.
    """
    if not present:
        return
    _members_for_update(list(present))
    here = set(present)
    for line, member in queries.present_then(
        activity.pk, activity.starts_at - LONGEST, activity.starts_at, activity.ends_at
    ):
        if member in here:
            raise _elsewhere(Attendance.objects.select_related("activity__body", "member").get(pk=line), by)


@prepared
def _members_for_update(members: Sequence[int]) -> QuerySet[Member, int]:
    return Member.objects.select_for_update().filter(pk__in=members).order_by("pk").values_list("pk", flat=True)


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
