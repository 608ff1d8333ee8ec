"""The register as a roster, and a roster compared with it: what an import would change, and what it may not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.files.policy.problems import Problem, worst_first
from linli.files.policy.workbook import Table, read_tables
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member, MemberClass, Membership, Post, RosterUpload
from linli.members.policy import appointments
from linli.members.policy.appointments import Appointments, Held
from linli.members.policy.differences import ChangedMember, RosterDifference, compare
from linli.members.policy.kinds import RESIDENTS_TITLES, SINGLE_TITLES, Title
from linli.members.policy.roster import RosterRead, in_order, read_roster
from linli.members.policy.rows import RosterRow
from linli.members.policy.rules import Places, cell_of
from linli.members.policy.vocabulary import default_class
from linli.members.queries import people
from linli.organisations import queries as organisations
from linli.organisations.models import Body, BodyPlace
from linli.organisations.policy.kinds import UNITS, BodyKind

NO_BODY = gettext_noop("No organisation has the code %(code)s. Look it up on the page of organisations.")
OUT_OF_REACH = gettext_noop(
    "%(name)s does not belong to %(scope)s, whose roster this is. Take the row out, or choose the organisation above."
)
ELSEWHERE = gettext_noop(
    "The member number %(number)s belongs to a member outside %(scope)s. Correct it, or import the move one level up."
)
DEPARTED = gettext_noop(
    "The member number %(number)s belongs to a member who has left. Correct it, or take the departure back first."
)
LONG = 200_000
"""Bytes of a file above which saving it takes more than a few seconds: some 5,000 rows."""
SECOND = gettext_noop("%(number)s is the second number of a member who was entered twice. Write %(lasting)s.")
NO_CLASS = gettext_noop("The class is missing and cannot be worked out. Write one of: %(known)s.")
POST_OUT_OF_REACH = gettext_noop(
    "The posts of %(name)s touch %(body)s, outside %(scope)s. Leave the posts as they are, or import one level up."
)
POST_TAKEN = gettext_noop(
    "%(body)s would have two holders of a post of %(name)s that one person holds. Leave it with one, and take it out "
    "of the row of the other."
)
Names = Mapping[str, Mapping[str, str]]
"""Field → code → name."""
ONE_BELOW = {Title.GROUP_LEADER: BodyKind.BUILDING_GROUP, Title.CENTRE_HOUSEHOLD: BodyKind.CENTRE_HOUSEHOLD}


@dataclass(frozen=True, slots=True)
class Register:
    """The register on a day, as far as the roster of `scope` (None: the whole house) may touch it."""

    scope: Body | None
    rows: tuple[RosterRow, ...]
    posts: Mapping[str, Sequence[Held]]
    """Member number → the posts held today, in the order of titles."""
    bodies: Mapping[str, Body]
    """The living bodies by code."""
    classes: Mapping[str, str]
    served: Mapping[int, Sequence[str]]
    """Identifier of a body → paths of the places that it serves."""

    @property
    def unit_names(self) -> dict[str, str]:
        """Code → name of the bodies that members can belong to."""
        return {code: body.name for code, body in self.bodies.items() if body.kind in UNITS}

    @property
    def names(self) -> Names:
        """Code → name for each field of a row that holds codes."""
        return {"organisation": self.unit_names, "member_class": self.classes}

    def reaches(self, body: Body) -> bool:
        """Tell whether the roster may touch `body`."""
        return self.scope is None or body.path.startswith(self.scope.path)

    def seat(self, title: str, unit: Body) -> Body:
        """Return the body in which a member of `unit` holds `title`.

        A post of the residents' committee lies with the nearest one that serves the unit's place, that of a building
        group or centre household with the only one below the unit; where there is no such body, with the unit.
        """
        if title in RESIDENTS_TITLES:
            places = self.served.get(unit.pk, ())
            found = [
                (max(map(len, above)), body)
                for body in self.bodies.values()
                if body.kind == BodyKind.RESIDENTS_COMMITTEE
                and (above := [up for up in self.served.get(body.pk, ()) if any(p.startswith(up) for p in places)])
            ]
            return max(found, key=lambda pair: pair[0])[1] if found else unit
        below = [
            body
            for body in self.bodies.values()
            if body.kind == ONE_BELOW.get(Title(title)) and body.path.startswith(unit.path)
        ]
        return below[0] if len(below) == 1 else unit

    def appointments(self, changed: ChangedMember) -> Appointments:
        """Return what a changed member's row does to the posts."""
        facts = {change.field: change.new for change in changed.changes}
        old, new = (self.bodies.get(row.organisation) for row in (changed.old, changed.new))
        unit = new if "organisation" in facts else old
        moved = (old.pk, new.pk) if "organisation" in facts and old and new else None
        if unit is None:
            return Appointments()
        titles = changed.new.posts if "posts" in facts else changed.old.posts
        since = changed.new.post_since if "post_since" in facts else None
        return appointments.plan(
            self.posts.get(changed.old.number, ()),
            titles,
            moved=moved,
            since=since,
            body_of=lambda title: self.seat(title, unit).pk,
        )


@dataclass(frozen=True, slots=True)
class Check:
    """A roster file as read, checked against the register, and what it would change (nothing while unsound)."""

    read: RosterRead
    difference: RosterDifference
    register: Register
    tables: tuple[Table, ...]

    @property
    def findings(self) -> list[Problem]:
        """Problems and notes, what must be mended first."""
        return worst_first([*self.read.problems, *self.read.notes])


def scope(code: str, day: date) -> Body | None:
    """Return the body with `code` that lives on `day`; None for no code, the whole house. Refused: an unknown one."""
    found = Body.objects.on(day).filter(code=code).first() if code else None
    if code and found is None:
        raise Refusal("roster.no_body", NO_BODY, field="organisation", code=code)
    return found


def reached(scope: Body | None, day: date) -> QuerySet[Member]:
    """Return the members whom a roster of `scope` (None: the whole house) may touch on `day`."""
    return Member.objects.filter(people.in_unit(scope.path, day, alone=False) if scope else people.belongs(day))


def register(scope: Body | None, day: date) -> Register:
    """Return the register of the members in `scope` on `day`, in six queries whatever their number."""
    path = scope.path if scope else ""
    bodies = {body.code: body for body in Body.objects.on(day)}
    units = dict(Membership.objects.on(day).filter(body__path__startswith=path).values_list("member", "body__code"))
    served = defaultdict(list)
    for body, place in BodyPlace.objects.on(day).values_list("body", "place__path"):
        served[body].append(place)
    members = reached(scope, day).order_by("name_key", "number")
    posts: dict[str, list[Held]] = defaultdict(list)
    for post in Post.objects.on(day).filter(member__in=members).select_related("member"):
        posts[post.member.number].append(Held(post.pk, post.title, post.body_id, post.valid_from))
    order = {title.value: place for place, title in enumerate(Title)}
    for held in posts.values():
        held.sort(key=lambda each: (order[each.title], each.post))
    classes = dict(MemberClass.objects.order_by("code").values_list("code", "name"))
    fields = ("pk", "number", "name", "sex", "born_on", "education", "joined_on", "full_on", "stage", "phone")
    rows = []
    for pk, number, name, sex, born, education, joined, full, stage, phone, member_class in members.values_list(
        *fields, "member_class__code"
    ):
        titles = tuple(dict.fromkeys(each.title for each in posts.get(number, ())))
        facts = (number, name, sex, born, education, joined, full, stage, member_class, units.get(pk, ""), phone)
        rows.append(RosterRow(*facts, titles, appointments.common_start(posts.get(number, ()))))
    return Register(scope, tuple(rows), posts, bodies, classes, served)


def in_tree_order(found: Register) -> list[RosterRow]:
    """Return the rows as a roster lists them: unit by unit from the root down, then by name."""
    paths = {code: body.path for code, body in found.bodies.items()}
    return sorted(found.rows, key=lambda row: paths.get(row.organisation, ""))


def check(data: bytes, name: str, *, scope: Body | None, day: date) -> Check:
    """Read a roster of `scope` and compare it with the register of `day`.

    Rows that name no organisation belong to `scope`. Problems of reach stand at their cells beside those of reading.
    Refuses what cannot be read at all.
    """
    tables = read_tables(data, name)
    found = register(scope, day)
    given = scope.code if scope and scope.kind in UNITS else ""
    try:
        read = read_roster(tables, today=day, organisations=found.unit_names, classes=found.classes, organisation=given)
    except Refusal as refusal:
        raise refusal.at(file=name) from None
    return against(read, found, tables)


def against(read: RosterRead, found: Register, tables: tuple[Table, ...] = ()) -> Check:
    """Compare a roster that was read with the register `found`."""
    difference = compare(read.rows, found.rows, fields=read.places)
    more = [*_problems(read, difference, found)]
    if more:
        read = replace(read, problems=in_order((*read.problems, *more), read.places))
    return Check(read, difference if read.sound else RosterDifference(), found, tables)


def upload(actor: Actor, token: str) -> RosterUpload:
    """Return an uploaded roster of a body whose members `actor` may edit; 404 where there is none."""
    within = organisations.below(actor.reach(Permission.MEMBER_EDIT), "body__path")
    found = RosterUpload.objects.filter(within, token=token).select_related("body").first()
    if found is None:
        raise Http404
    return found


def is_long(token: str) -> bool:
    """Tell whether an uploaded roster, which may be gone, takes so long to save that its page shows how far it is."""
    size = RosterUpload.objects.filter(token=token).annotate(size=Length("content"))
    return size.filter(size__gt=LONG).exists()


def content(found: RosterUpload) -> bytes:
    """Return the file of an upload; 404 where no secret of the server opens it any more."""
    if not found.content:
        raise Http404
    return bytes(found.content)


def _problems(read: RosterRead, difference: RosterDifference, found: Register) -> Iterator[Problem]:
    """Yield what the register does not allow: bodies and members out of reach, a class that nobody can work out."""
    outside = found.scope.name if found.scope else ""
    yield from _out_of_reach(read, found, outside)
    known = {row.number for row in found.rows}
    given = {row.number for row in difference.added} - known - {""}
    held = Member.objects.filter(number__in=given).values_list("number", "same_as__number") if given else ()
    taken = dict(held)
    for row in difference.added:
        if row.number in taken:
            lasting = taken[row.number]
            values: dict[str, object] = {"number": row.number, "scope": outside, "lasting": lasting}
            message = SECOND if lasting else ELSEWHERE if outside else DEPARTED
            yield _problem(row, read.places, "roster.number_elsewhere", message, values, "number", "name")
        if not row.member_class and not default_class(found.classes):
            values = {"known": "、".join(found.classes.values())}
            yield _problem(row, read.places, "roster.class_missing", NO_CLASS, values, "member_class", "name")
    yield from _held_twice(read, difference, found)
    by_id = {body.pk: body for body in found.bodies.values()}
    for row, plan in _planned(difference, found):
        for body in (by_id[pk] for pk in plan.bodies if pk in by_id):
            if not found.reaches(body):
                values = {"name": row.name, "body": body.name, "scope": outside}
                yield _problem(row, read.places, "roster.post_reach", POST_OUT_OF_REACH, values, "posts", "name")


def _held_twice(read: RosterRead, difference: RosterDifference, found: Register) -> Iterator[Problem]:
    """Yield each row that begins a post of one holder which somebody else would hold as well; one query at most."""
    plans = [*_planned(difference, found)]
    begun = Counter(seat for _row, plan in plans for seat in plan.begun if seat[0] in SINGLE_TITLES)
    if not begun:
        return
    ended = [held.post for _row, plan in plans for held in plan.ended]
    bodies = {pk: body.name for body in found.bodies.values() if (pk := body.pk) in {seat[1] for seat in begun}}
    lasting = Post.objects.filter(valid_to=None, body__in=bodies, title__in={seat[0] for seat in begun})
    held = begun + Counter(row for row in lasting.exclude(pk__in=ended).values_list("title", "body"))
    for row, plan in plans:
        for seat in plan.begun:
            if held[seat] > 1 and seat in begun:
                values = {"name": row.name, "body": bodies[seat[1]]}
                yield _problem(row, read.places, "roster.post_taken", POST_TAKEN, values, "posts", "name")


def _planned(difference: RosterDifference, found: Register) -> Iterator[tuple[RosterRow, Appointments]]:
    """Yield each row that changes posts, with what ends and begins."""
    for changed in difference.changed:
        yield changed.new, found.appointments(changed)
    for row in difference.added:
        unit = found.bodies.get(row.organisation)
        if row.posts and unit and found.reaches(unit):
            yield row, Appointments(begun=tuple((title, found.seat(title, unit).pk) for title in row.posts))


def _out_of_reach(read: RosterRead, found: Register, outside: str) -> Iterator[Problem]:
    for row in read.rows if found.scope else ():
        body = found.bodies.get(row.organisation)
        if body and not found.reaches(body):
            fields = ("organisation", "organisation_code", "name")
            values: dict[str, object] = {"name": body.name, "scope": outside}
            yield _problem(row, read.places, "roster.out_of_reach", OUT_OF_REACH, values, *fields)


def _problem(
    row: RosterRow, places: Places, code: str, message: str, values: Mapping[str, object], *fields: str
) -> Problem:
    return Problem(row.sheet, cell_of(row, places, *fields), code, message, values)
