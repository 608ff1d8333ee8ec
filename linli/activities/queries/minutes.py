"""Reads of minutes: the points with what their votes decided, corrections, what a member may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor, allowed
from linli.activities.models import Activity, AgendaItem, Attendance, Correction, Minutes
from linli.activities.policy import minutes as policy
from linli.activities.policy import states
from linli.activities.policy.kinds import Life
from linli.activities.policy.minutes import Action, Way
from linli.activities.policy.motions import Item, Outcome, Votes, chair_findings, judged
from linli.activities.queries.rolls import due_list, rows
from linli.lib.clock import local_date
from linli.lib.mask import mask_name
from linli.lib.rulebook import Finding
from linli.members import queries as members
from linli.members.models import Member, Post
from linli.members.policy.due import Occasion
from linli.members.policy.kinds import BRANCH_TITLES, Title
from linli.members.queries.duplicates import persons


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda with the outcome of its vote and the rules that it breaks."""

    item: AgendaItem
    outcome: Outcome | None
    findings: tuple[Finding, ...]


def minutes_of(found: Activity) -> Minutes | None:
    """Return the minutes of the activity with who chaired, where they were begun."""
    return Minutes.objects.filter(activity=found).select_related("chair").first()


def life_of(found: Activity) -> Life | None:
    """Return what organisational life the activity is."""
    return Life(found.kind.life) if found.kind.life else None


def item_of(row: AgendaItem) -> Item:
    """Return the row as the rules know it."""
    return Item(
        title=row.title,
        said=row.said,
        decision=row.decision,
        way=Way(row.way) if row.way else None,
        yes=row.yes,
        no=row.no,
        abstained=row.abstained,
        weighty=row.weighty,
        committee_before=row.committee_before,
    )


def votes_of(found: Activity) -> Votes | None:
    """Return who counts at a vote, None before the roll is recorded.

    At a members' meeting who is due at a vote (Q5); at other organisational life who of them is due at the activity;
    where nobody is due, who came. A second number counts as the person.
    """
    if found.state not in {states.State.RECORDED, states.State.CONFIRMED}:
        return None
    lines = found.roll.filter(presence=states.Presence.PRESENT).values_list("member", "member__same_as")
    came = {lasting or member for member, lasting in lines}
    life = life_of(found)
    asked = {member.pk for member in due_list(found)} if life is not Life.GENERAL else set()
    if life is not Life.GENERAL and not asked:
        return Votes(len(came), len(came))
    voters = {member.pk for member in members.due_list(found.body, local_date(found.starts_at), Occasion.VOTE)}
    due = voters & asked if asked else voters
    return Votes(len(due), len(due & came))


def votes_then(found: Activity, minutes: Minutes) -> Votes | None:
    """Return who counts at a vote; of final minutes as they were made final."""
    if minutes.content:
        return Votes(minutes.content["due"], minutes.content["present"])
    return votes_of(found)


def points(found: Activity, minutes: Minutes) -> list[Point]:
    """Return the points in order, each with what its vote decided; of final minutes as they were made final."""
    votes = votes_then(found, minutes)
    return [Point(row, *judged(item_of(row), life_of(found), votes)) for row in minutes.items.all()]


def chair_of(found: Activity, minutes: Minutes) -> tuple[Title | None, tuple[Finding, ...]]:
    """Return the post of the chair in the branch on the day, and what Q6 says of it; nothing while nobody is named.

    Of final minutes the post is that of the day on which they were made final.
    """
    if minutes.chair is None:
        return None, ()
    if minutes.content:
        held_then = minutes.content["chair_title"]
        then = Title(held_then) if held_then else None
        return then, chair_findings(life_of(found), then, delegated=minutes.delegated)
    day = local_date(found.starts_at)
    held = Post.objects.on(day).filter(member=minutes.chair, body=found.body, title__in=BRANCH_TITLES)
    titles = sorted((Title(title) for title in held.values_list("title", flat=True)), key=list(Title).index)
    title = titles[0] if titles else None
    return title, chair_findings(life_of(found), title, delegated=minutes.delegated)


def names_of(found: Activity, actor: Actor, permission: Permission) -> dict[int, str]:
    """Return by key the names of those due and of those on the roll, as `actor` may read them (`rolls.rows`)."""
    return {row.member.pk: row.name for row in rows(found, actor, permission)}


def names_for_members(found: Activity) -> dict[int, str]:
    """Return by key the names of those on the roll as all who were there read them: guests masked."""
    lines = found.roll.select_related("member")
    return {line.member_id: line.member.name if line.due else mask_name(line.member.name) for line in lines}


def may_chair(found: Activity) -> list[Member]:
    """Return who can be named as the chair: those on the roll, or, before there is one, those who are due."""
    came = Member.objects.filter(attendances__activity=found, attendances__presence=states.Presence.PRESENT)
    return list(came.order_by("name_key", "number")) or due_list(found)


def possible_now(actor: Actor, found: Activity, minutes: Minutes | None) -> tuple[Action, ...]:
    """Return what `actor` can do with the minutes: the state table and the permission."""
    state = minutes.state if minutes else policy.State.DRAFT.value
    needs = policy.NEEDS
    return tuple(one for one in policy.actions(state) if one in needs and allowed(actor, needs[one], found.body.path))


def corrections(minutes: Minutes) -> QuerySet[Correction]:
    """Return what was asked to be corrected, in the order of time."""
    return minutes.corrections.select_related("member")


def item(found: Activity, pk: int) -> AgendaItem:
    """Return a point of the minutes of the activity; 404 where there is none."""
    row = AgendaItem.objects.filter(minutes__activity=found, pk=pk).first()
    if row is None:
        raise Http404
    return row


def correction(found: Activity, pk: int) -> Correction:
    """Return a correction asked for in the minutes of the activity; 404 where there is none."""
    row = Correction.objects.filter(minutes__activity=found, pk=pk).select_related("member", "minutes").first()
    if row is None:
        raise Http404
    return row


def read_by_member(member: int, number: int) -> Minutes:
    """Return circulated or final minutes of an activity at which the member was present; 404 otherwise."""
    read = Minutes.objects.exclude(state=policy.State.DRAFT).select_related("activity__kind", "activity__body", "chair")
    found = read.filter(activity__in=_attended(member).filter(activity=number).values("activity")).first()
    if found is None:
        raise Http404
    return found


def my_minutes(member: int, day: date) -> QuerySet[Minutes]:
    """Return the minutes that the member may correct on `day`, the most pressing first."""
    open_ones = Minutes.objects.filter(state=policy.State.CIRCULATED, corrections_until__gte=day)
    mine = open_ones.filter(activity__in=_attended(member).values("activity"))
    return mine.select_related("activity__kind").order_by("corrections_until", "pk")


def _attended(member: int) -> QuerySet[Attendance]:
    return Attendance.objects.filter(member__in=persons(member), presence=states.Presence.PRESENT)


def agenda(found: Activity) -> Sequence[str]:
    """Return the titles of the agenda, in order, before the meeting; afterwards the minutes say them to who was there.

    Nothing of a public kind: its page is read by everybody, and titles have passed no gate.
    """
    if found.kind.public or found.state != states.State.PLANNED:
        return []
    return list(AgendaItem.objects.filter(minutes__activity=found).values_list("title", flat=True))
