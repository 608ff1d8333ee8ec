"""Writes of rosters: an upload kept for its check, and the import, all or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from linli.access.decide import Actor
from linli.audit.services import Draft, writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.progress import Steps, Told, finished, silent
from linli.lib.words import gettext_noop
from linli.members.models import Classification, Member, MemberClass, Membership, Post, RosterUpload
from linli.members.policy.appointments import Appointments
from linli.members.policy.differences import ChangedMember, RosterDifference
from linli.members.policy.names import name_key
from linli.members.policy.roster import RosterRead
from linli.members.policy.rows import RosterRow
from linli.members.policy.rules import stage_of
from linli.members.policy.vocabulary import default_class
from linli.members.queries import roster as queries
from linli.members.queries.roster import Check, Register
from linli.members.services.register import BATCH, classify, keep_slips, move, own_numbers
from linli.organisations.models import Body
from linli.store.statements import insert_all

ENTERED, PLACED, SORTED, CHANGED = 0.5, 0.65, 0.75, 0.9
"""The share of an import that is done when the new members stand, their units, their classes, what changed of others.

Then come the events.
"""
KEPT_FOR = timedelta(days=1)
DIGITS = 32
"""Of the random address of an upload."""
FACTS = ("name", "sex", "born_on", "education", "joined_on", "full_on", "stage", "phone")

UNSOUND = gettext_noop("The roster has problems that must be mended first; nothing was saved.")
CHANGED_MEANWHILE = gettext_noop(
    "The register has changed since the difference was shown. Look at it again; nothing was saved."
)
DOUBTFUL = gettext_noop(
    "%(count)s of the new members have the name and birthday of a member who is known under another number. Correct "
    "the numbers, or confirm that they are other people; nothing was saved."
)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many members were added, changed, moved to another unit."""

    added: int = 0
    changed: int = 0
    moved: int = 0


def import_roster(
    read: RosterRead,
    difference: RosterDifference,
    *,
    scope: Body | None = None,
    others: bool = False,
    by: Actor,
    now: datetime,
    key: str,
    told: Told = silent,
) -> Imported:
    """Save what a roster of `scope` (None: the whole house) says, all or nothing; one event, and one for each member.

    Locks the members in `scope`; two imports run one after the other. A member of another unit moves: the old
    membership ends today, the new one begins; open slips go along. New members belong to their unit, and hold new posts
    without a date, from today. Who is not in the roster stays. `others` confirms that new members with a known name and
    birthday are other people.
    Refused: a roster with an error, a `difference` that is no longer true, doubtful persons unconfirmed.
    """
    with writing("roster.import", by=by, now=now, key=key) as event:
        steps = _import(read, difference.mark, event, scope=scope, others=others, day=local_date(now))
        return finished(steps, told)


def import_upload(token: str, *, shown: str, others: bool, by: Actor, now: datetime, key: str) -> Steps[Imported]:
    """Import an uploaded roster whose difference with the mark `shown` was seen, and delete the upload with it.

    Yields the share done; whoever stops before the end has saved nothing. Before the first share: 404 for an upload
    that `by` may not see, refused as in `import_roster`.
    """
    day = local_date(now)
    with writing("roster.import", by=by, now=now, key=key) as event:
        found = queries.upload(by, token)
        checked = queries.check(queries.content(found), found.name, scope=found.body, day=day)
        done = yield from _import(checked.read, shown, event, scope=found.body, others=others, day=day)
        found.delete()
    return done


def keep_upload(
    content: bytes, *, name: str, scope: Body, by: Actor, now: datetime, key: str
) -> tuple[RosterUpload, Check]:
    """Keep a roster of `scope` until it is imported, at most a day; return it with its check.

    Refused at `file`: what cannot be read as a roster at all; of that nothing is kept.
    """
    with writing("roster.upload", by=by, now=now, key=key) as event:
        try:
            checked = queries.check(content, name, scope=scope, day=local_date(now))
        except Refusal as refusal:
            raise refusal.at(field="file") from None
        kept = RosterUpload.objects.create(
            token=f"{secrets.randbelow(10**DIGITS):0{DIGITS}}",
            body=scope,
            name=name[-200:],
            content=content,
            uploaded_at=now,
        )
        event.about(f"roster_upload:{kept.token}", body=scope.code, bytes=len(content))
    return kept, checked


def forget_upload(token: str, *, by: Actor, now: datetime, key: str) -> None:
    """Delete an uploaded roster without importing it; 404 for one that `by` may not see."""
    with writing("roster.forget", by=by, now=now, key=key) as event:
        found = queries.upload(by, token)
        event.about(found.body.ref)
        found.delete()


def forget_old_uploads(*, by: Actor, now: datetime, key: str) -> int:
    """Delete the uploads that are older than a day; return how many. Without any nothing is written."""
    old = RosterUpload.objects.filter(uploaded_at__lte=now - KEPT_FOR)
    if not old.exists():
        return 0
    with writing("roster.forget", by=by, now=now, key=key) as event:
        gone, _each = old.delete()
        event.about("roster_upload:old", count=gone)
    return gone


def _import(
    read: RosterRead, mark: str, event: Draft, *, scope: Body | None, others: bool, day: date
) -> Steps[Imported]:
    list(queries.reached(scope, day).select_for_update().order_by("pk").values_list("pk"))  # who leaves meanwhile waits
    classes = {each.code: each for each in MemberClass.objects.select_for_update()}  # one import at a time
    register = queries.register(scope, day)
    checked = queries.against(read, register)
    difference = checked.difference
    if not checked.read.sound:
        raise Refusal("roster.unsound", UNSOUND)
    if difference.mark != mark:
        raise Refusal("roster.changed_meanwhile", CHANGED_MEANWHILE)
    if difference.doubtful and not others:
        doubtful = len({id(row) for row, _known in difference.doubtful})
        raise Refusal("roster.doubtful", DOUBTFUL, field="others", count=doubtful)
    yield from _add(difference.added, register, classes, day, event)
    yield SORTED
    moved = yield from _change(difference.changed, register, classes, day, event)
    done = Imported(len(difference.added), len(difference.changed), moved)
    event.about(
        scope.ref if scope else "register:all",
        added=done.added,
        changed=done.changed,
        moved=done.moved,
        unchanged=difference.unchanged,
        absent=len(difference.absent),
    )
    return done


def _add(
    rows: Sequence[RosterRow],
    register: Register,
    classes: Mapping[str, MemberClass],
    day: date,
    event: Draft,
) -> Iterator[float]:
    """Save the new members, and yield the share of the import that is done."""
    numbers = own_numbers(row.number for row in rows)
    people = [
        Member(
            **{fact: getattr(row, fact) for fact in FACTS if fact != "stage"},
            number=row.number or next(numbers),
            name_key=name_key(row.name),
            stage=stage_of(row, day),
            member_class=classes[row.member_class or default_class(register.classes)],
        )
        for row in rows
    ]
    for place in range(0, len(people), BATCH):
        yield ENTERED * place / len(people)
        Member.objects.bulk_create(people[place : place + BATCH])
    pairs = [(member, row, register.bodies[row.organisation]) for member, row in zip(people, rows, strict=True)]
    yield ENTERED
    insert_all([Membership(member=member, body=unit, valid_from=day) for member, _row, unit in pairs])
    yield PLACED
    insert_all([Classification(member=one, member_class=one.member_class, valid_from=day) for one in people])
    posts = [
        Post(member=member, body=register.seat(title, unit), title=title, valid_from=row.post_since or day)
        for member, row, unit in pairs
        for title in row.posts
    ]
    insert_all(posts)
    for member, row, unit in pairs:
        event.also("member.enrol", member.ref, body=unit.code, **({"posts": list(row.posts)} if row.posts else {}))


def _change(
    changed: Sequence[ChangedMember],
    register: Register,
    classes: Mapping[str, MemberClass],
    day: date,
    event: Draft,
) -> Steps[int]:
    """Save what changed, fact by fact; yield the share that is done, return how many moved to another unit."""
    facts = [{change.field: change.new for change in each.changes} for each in changed]
    people = Member.objects.in_bulk([each.old.number for each in changed], field_name="number")
    written: dict[str, list[Member]] = {}
    moves: dict[int, Body] = {}
    reclassified: dict[Member, MemberClass] = {}
    posts: list[tuple[Member, Appointments, date]] = []
    for each, new in zip(changed, facts, strict=True):
        member = people[each.old.number]
        for fact in new.keys() & {*FACTS}:
            setattr(member, fact, new[fact])
            written.setdefault(fact, []).append(member)
        if "member_class" in new:
            reclassified[member] = classes[str(new["member_class"])]
        if "name" in new:
            member.name_key = name_key(member.name)
            written.setdefault("name_key", []).append(member)
        if "organisation" in new:
            moves[member.pk] = register.bodies[str(new["organisation"])]
            event.also("member.move", member.ref, was=each.old.organisation, body=each.new.organisation)
        since = new.get("post_since")
        posts.append((member, register.appointments(each), since if isinstance(since, date) else day))
        if new.keys() - {"organisation"}:
            event.also("member.change", member.ref, fields=sorted(new.keys() - {"organisation"}))
    for place, (fact, members) in enumerate(written.items()):
        yield SORTED + (CHANGED - SORTED) * place / len(written)
        Member.objects.bulk_update(members, [fact], batch_size=BATCH)
    yield CHANGED
    classify(reclassified, day)
    move(moves, day)
    keep_slips(moves, day)
    _appoint(posts, day)
    return len(moves)


def _appoint(changes: Sequence[tuple[Member, Appointments, date]], day: date) -> None:
    """End, begin and redate posts; one that began on `day` itself is taken back whole."""
    ended = [held for _member, plan, _since in changes for held in plan.ended]
    Post.objects.filter(pk__in=[held.post for held in ended if held.since >= day]).delete()
    Post.objects.filter(pk__in=[held.post for held in ended if held.since < day]).update(valid_to=day)
    _redate({held.post: since for _member, plan, since in changes for held in plan.redated})
    begun = [
        Post(member=member, body_id=body, title=title, valid_from=since)
        for member, plan, since in changes
        for title, body in plan.begun
    ]
    Post.objects.bulk_create(begun, batch_size=BATCH)


def _redate(starts: Mapping[int, date]) -> None:
    """Let each post (by its key) begin on its day; a term that would have ended by then is not known any more."""
    posts = Post.objects.in_bulk(list(starts))
    for key, post in posts.items():
        post.valid_from = starts[key]
        if post.term_until is not None and post.term_until <= post.valid_from:
            post.term_until = None
    Post.objects.bulk_update(posts.values(), ["valid_from", "term_until"], batch_size=BATCH)
