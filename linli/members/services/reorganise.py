"""Mergers, splits and dissolutions: members and posts follow the tree, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Applicant, CheckIn, Election, Member, Membership, Post, Transfer
from linli.members.policy.election_states import PENDING, State
from linli.members.policy.kinds import ApplicantStage, TransferState
from linli.members.queries.reorganise import Plan, belonging, end_plan, split_plan
from linli.members.services.register import keep_slips
from linli.organisations import queries as organisations
from linli.organisations import services as bodies
from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind
from linli.places.models import Place

BATCH = 500


def merge(
    body: Body,
    *,
    into: Body,
    by: Actor,
    now: datetime,
    key: str,
    on: date | None = None,
    document: str = "",
    shown: str | None = None,
) -> Body:
    """Merge `body` into `into`, a body of the same kind, on `on` (default: today).

    Its members, with the dates that they have, and the bodies below it move to `into`, its places too; its posts
    end; then it is dissolved. `shown` is the mark of the plan that the actor saw. Locks the bodies, then the members.
    Refused: another kind, a body below it, a day on which one of them does not live, a plan that is not the one shown.
    """
    day = on or local_date(now)
    with writing("body.merge", by=by, now=now, key=key) as event:
        _lock(body, into)
        if into.kind != body.kind:
            raise Refusal(
                "merge-kind",
                gettext_noop("%(into)s is of another kind than %(name)s; choose a body of the same kind."),
                field="into",
                into=into.name,
                name=body.name,
            )
        if Body.objects.filter(organisations.below_on(body, day), pk=into.pk).exists():
            raise Refusal(
                "merge-below",
                gettext_noop("%(into)s is %(name)s itself or stands below it; choose another body."),
                field="into",
                into=into.name,
                name=body.name,
            )
        _living(into, day)
        _lock_concerned(end_plan(body, day))
        plan = end_plan(body, day)
        _as_shown(plan, shown)
        for below in plan.bodies:
            bodies.move_body(
                below, parent=into, on=day, document=document, by=by, now=now, key=f"{key}:below:{below.code}"
            )
        _move(plan.memberships, into, day)
        keep_slips({row.member_id: into for row in plan.memberships}, local_date(now), document)
        _end(plan.posts, day)
        ended = bodies.dissolve_body(body, into=into, on=day, document=document, by=by, now=now, key=f"{key}:dissolve")
        event.about(body.ref, into=into.code, members=len(plan.memberships), posts=len(plan.posts))
    return ended


def split(
    body: Body,
    *,
    code: str,
    name: str,
    members: Collection[Member],
    by: Actor,
    now: datetime,
    key: str,
    on: date | None = None,
    document: str = "",
    serves: Iterable[Place] = (),
    shown: str | None = None,
) -> Body:
    """Split a new body of the same kind off from `body` on `on` (default: today), with `members` of it.

    It stands beside `body`. The posts that those members hold in `body` end. Locks `body`, then the members. Refused:
    nobody chosen, nobody left, somebody who does not belong to `body` on that day, a plan that is not the one shown.
    """
    day = on or local_date(now)
    with writing("body.split", by=by, now=now, key=key) as event:
        _lock(body)
        _living(body, day)
        _lock_concerned(split_plan(body, members, day))
        _chosen(body, members, day)
        plan = split_plan(body, members, day)
        _as_shown(plan, shown)
        parent = body.parents.filter(valid_to=None).select_related("parent").get().parent
        made = bodies.found_body(
            kind=BodyKind(body.kind),
            code=code,
            name=name,
            parent=parent,
            since=day,
            serves=serves,
            document=document,
            split_from=body,
            by=by,
            now=now,
            key=f"{key}:found",
        )
        _move(plan.memberships, made, day)
        keep_slips({row.member_id: made for row in plan.memberships}, local_date(now), document)
        _end(plan.posts, day)
        event.about(made.ref, source=body.code, members=len(plan.memberships), posts=len(plan.posts))
    return made


def dissolve(
    body: Body,
    *,
    by: Actor,
    now: datetime,
    key: str,
    on: date | None = None,
    document: str = "",
    shown: str | None = None,
) -> Body:
    """Dissolve `body` on `on` (default: today); its posts end. Locks it.

    Refused: while members belong to it or bodies stand below it, a plan that is not the one shown.
    """
    day = on or local_date(now)
    with writing("body.end", by=by, now=now, key=key) as event:
        _lock(body)
        _lock_concerned(end_plan(body, day))
        plan = end_plan(body, day)
        if plan.memberships:
            raise Refusal(
                "body-has-members",
                gettext_noop("%(count)d members belong to %(name)s; merge it into another body instead."),
                count=len(plan.memberships),
                name=body.name,
            )
        _as_shown(plan, shown)
        _end(plan.posts, day)
        ended = bodies.dissolve_body(body, on=day, document=document, by=by, now=now, key=f"{key}:dissolve")
        event.about(body.ref, on=day.isoformat(), posts=len(plan.posts))
    return ended


def hand_over(*, by: Actor, now: datetime, key: str) -> int:
    """Give applicants, open transfers and check-ins of bodies that have ended to their heirs; return how many.

    An election that such a body had still before it is called off, and counted: there is nobody left to elect.
    """
    heirs = organisations.heirs(local_date(now))
    open_ones = Applicant.objects.exclude(stage__in=[ApplicantStage.ADMITTED, ApplicantStage.ENDED])
    slips = Transfer.objects.filter(state=TransferState.ISSUED)
    here = CheckIn.objects.filter(valid_to=None)
    rows = [(open_ones, "body"), (slips, "target"), (here, "body")]
    planned = Election.objects.filter(state__in=[state.value for state in PENDING], body__in=heirs)
    left = any(found.filter(**{f"{field}__in": heirs.keys()}).exists() for found, field in rows)
    if not left and not planned.exists():
        return 0
    with writing("members.hand_over", by=by, now=now, key=key) as event:
        count = sum(
            found.filter(**{field: ended}).update(**{field: heir})
            for found, field in rows
            for ended, heir in heirs.items()
        )
        count += planned.update(state=State.CANCELLED)
        event.about("bodies", count=count)
    return count


def _lock(*found: Body) -> None:
    """Lock bodies; who holds a member and writes a row that names one need not wait, else each would for the other."""
    list(Body.objects.select_for_update(no_key=True).filter(pk__in=[body.pk for body in found]).order_by("pk"))


def _lock_concerned(plan: Plan) -> None:
    """Lock what `plan` is about, so that it can be made again and then stays: bodies before members, as everywhere."""
    _lock(*plan.bodies)
    members = [row.member_id for row in plan.memberships]
    list(Member.objects.select_for_update().filter(pk__in=members).order_by("pk").values_list("pk"))


def _living(body: Body, day: date) -> None:
    if not Body.objects.on(day).filter(pk=body.pk).exists():
        raise Refusal(
            "body-other-day",
            gettext_noop("%(name)s does not exist on %(day)s; choose another day."),
            field="on",
            name=body.name,
            day=day.isoformat(),
        )


def _chosen(body: Body, members: Collection[Member], day: date) -> None:
    held = set(belonging(body, day))
    strange = [member for member in members if member not in held]
    if strange:
        raise Refusal(
            "split-member",
            gettext_noop("%(member)s does not belong to %(name)s on %(day)s; leave the name out."),
            field="members",
            member=strange[0].name,
            name=body.name,
            day=day.isoformat(),
        )
    if not members or len(members) == len(held):
        raise Refusal(
            "split-everybody",
            gettext_noop("%(chosen)d of %(count)d members are chosen; some must go and some must stay."),
            field="members",
            chosen=len(members),
            count=len(held),
        )


def _as_shown(plan: Plan, shown: str | None) -> None:
    if shown is not None and shown != plan.mark:
        raise Refusal(
            "plan-changed",
            gettext_noop("What would happen is not what you were shown; look at it again and confirm it."),
        )


def _move(memberships: Iterable[Membership], to: Body, day: date) -> None:
    """Let each go on in `to` from `day`, until when and why it ends as before; what begins later begins there."""
    begun, later = [], []
    for row in memberships:
        if row.valid_from >= day:
            row.body = to
            later.append(row)
        else:
            begun.append(row)
    fresh = [
        Membership(member=row.member, body=to, valid_from=day, valid_to=row.valid_to, ended=row.ended) for row in begun
    ]
    for row in begun:
        row.valid_to, row.ended = day, ""
    Membership.objects.bulk_update(later, ["body"], batch_size=BATCH)
    Membership.objects.bulk_update(begun, ["valid_to", "ended"], batch_size=BATCH)
    Membership.objects.bulk_create(fresh, batch_size=BATCH)


def _end(posts: Iterable[Post], day: date) -> None:
    """End each on `day`; one that would begin then or later is taken back."""
    held = Post.objects.filter(pk__in=[post.pk for post in posts])
    held.filter(valid_from__gte=day).delete()
    held.update(valid_to=day)
