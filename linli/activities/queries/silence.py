"""Who has not been seen for long (D6), as confirmed rolls say."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.activities.models import Attendance
from linli.activities.policy.states import Presence, State
from linli.lib.clock import local_date
from linli.lib.rulebook import broken
from linli.members import queries as members
from linli.members.models import Member, MemberStanding
from linli.members.policy import silence
from linli.members.policy.due import EXCLUDES, Occasion
from linli.members.queries import life


def silent(actor: Actor, permission: Permission, now: datetime) -> list[life.Matter]:
    """Return what D6 says of the members in reach: absent without reason, more than once, since last seen or on leave.

    Only confirmed rolls count; who is not due at organisational life today is left out.
    """
    day = local_date(now)
    excused = MemberStanding.objects.on(day).filter(kind__in=[kind.value for kind in EXCLUDES[Occasion.LIFE]])
    reached = members.members(actor, permission, day).exclude(pk__in=excused.values("member")).order_by()
    confirmed = Attendance.objects.filter(activity__state=State.CONFIRMED, activity__starts_at__lte=now)
    own = Q(member=OuterRef("member")) | Q(member__same_as=OuterRef("member"))
    came = confirmed.filter(own, activity__starts_at__gte=OuterRef("activity__starts_at"))
    missed = confirmed.filter(~Exists(came.exclude(presence=Presence.ABSENT)), member__in=reached)
    missed = missed.filter(presence=Presence.ABSENT, due=True)
    counted = missed.values("member").annotate(since=Min("activity__starts_at"), times=Count("pk")).filter(times__gt=1)
    given, found = life.numbers(silence.NUMBERS, actor, permission, day), []
    for row in counted:
        facts = silence.Silent(local_date(row["since"]), row["times"], day, given)
        found += [(row["member"], finding) for finding in broken(silence.RULES, facts)]
    people = Member.objects.in_bulk([pk for pk, _finding in found])
    found.sort(key=lambda pair: (people[pair[0]].name_key, people[pair[0]].number))
    return [life.Matter(finding, people[pk]) for pk, finding in found]
