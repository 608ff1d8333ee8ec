"""Reads for pages that show things of several apps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.access.roles import Role
from linli.accounts.models import RoleGrant
from linli.activities.models import Activity, Attendance
from linli.activities.policy.states import State
from linli.grid.models import CellWorker, HouseholdLink
from linli.grid.queries import addresses
from linli.home.policy.personal import HOLDINGS, Holding
from linli.home.policy.sorts import SORTS, Sort
from linli.lib.paths import covers
from linli.lib.words import gettext_noop
from linli.members.models import Consent, Contact, DataRequest, Departure, Member, Membership
from linli.members.policy.kinds import Purpose
from linli.members.queries.duplicates import persons
from linli.organisations import queries as organisations
from linli.organisations.models import Body
from linli.places import queries as places
from linli.places.models import Place
from linli.points.models import Entry
from linli.walls.models import Issue, Wall

ROLES, WALLS = gettext_noop("Roles given here"), gettext_noop("Walls that it answers for")
ACTIVITIES = gettext_noop("Activities that it has planned")
ROLES_END = gettext_noop("They end with the body; give them anew where the work goes on.")
DOORS, ISSUES = gettext_noop("Doors"), gettext_noop("Reported issues")
CELLS = gettext_noop("Work for grid cells")
PASS = gettext_noop("They pass to the record that lasts.")
OTHERS, REQUESTS = gettext_noop("Contacts"), gettext_noop("Requests about data")
DEPARTURES = gettext_noop("Departures")
LEAVE = gettext_noop("Those stay with which the person left; where the record that lasts goes on, they go.")
ROLLS, LINES = gettext_noop("Confirmed rolls"), gettext_noop("Ledger lines")
STAY = gettext_noop("They keep the number that they were written with; the member sees both.")
HEIR = gettext_noop("The body that takes over, else the one above, answers for them from that day on.")


@dataclass(frozen=True, slots=True)
class Switch:
    """One purpose and whether the member agrees to it."""

    purpose: Purpose
    given: bool


def member_of(actor: Actor) -> Member:
    """Return the member that `actor` is; 404 where it is none."""
    found = Member.objects.select_related("member_class").filter(pk=actor.member_id or 0).first()
    if found is None:
        raise Http404
    return found


def unit_of(member: Member, today: date) -> Membership | None:
    """Return the unit to which `member` belongs today."""
    return Membership.objects.on(today).filter(member=member).select_related("body").first()


def switches(member: Member) -> list[Switch]:
    """Return every purpose of consent, each on its own."""
    given = set(Consent.objects.filter(member=member, withdrawn_at=None).values_list("purpose", flat=True))
    return [Switch(purpose, purpose.value in given) for purpose in Purpose]


def settled_places(actor: Actor, today: date) -> list[Place]:
    """Return the topmost places at which `actor` sets rules."""
    paths = organisations.place_paths(actor, Permission.RULE_EDIT, today)
    return list(Place.objects.filter(path__in=paths).order_by("path"))


def settled_place(actor: Actor, code: str, today: date) -> Place:
    """Return the place with `code` where `actor` sets rules; 404 elsewhere."""
    found = places.by_code(code)
    reach = organisations.place_paths(actor, Permission.RULE_EDIT, today)
    if found is None or not any(covers(path, found.path) for path in reach):
        raise Http404
    return found


# What is kept about one member, found by the register of personal data.


def kept(member: Member) -> list[tuple[Sort, int]]:
    """Return each sort of which something is kept about `member`, with the number of records."""
    found: Counter[str] = Counter()
    for label, holding in _of_members().items():
        count = _rows(label, holding, member).count()
        for sort in set(holding.fields.values()) - {""}:
            found[sort] += count
    return [(sort, found[code]) for code, sort in SORTS.items() if found[code]]


def everything(member: Member) -> dict[str, list[dict[str, Any]]]:
    """Return every record kept about `member`: model → rows of the fields that say something about a person."""
    given = {}
    for label, holding in _of_members().items():
        names = [name for name, sort in holding.fields.items() if sort]
        given[label] = list(_rows(label, holding, member).values(*names))
    return {label: rows for label, rows in given.items() if rows}


def _of_members() -> dict[str, Holding]:
    return {label: holding for label, holding in HOLDINGS.items() if holding.member}


def _rows(label: str, holding: Holding, member: Member) -> QuerySet[Model]:
    lookup = "pk" if holding.member == "self" else holding.member
    return QuerySet(apps.get_model(label)).filter(**{f"{lookup}__in": persons(member.pk)}).order_by("pk")


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a body that is to end, and what becomes of it (a msgid)."""

    words: str
    what: tuple[str, ...]
    then: str


def hanging(body: Body, day: date, now: datetime) -> list[Hanging]:
    """Return the roles, walls and planned activities of `body` that its end on `day` concerns; four queries."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=day)
    grants = RoleGrant.objects.filter(lasting, body=body).select_related("user").order_by("role", "user")
    planned = Activity.objects.filter(body=body, state=State.PLANNED, starts_at__gt=now).order_by("starts_at")
    found = [
        Hanging(ROLES, tuple(f"{gettext(Role(grant.role).label)} · {grant.user}" for grant in grants), ROLES_END),
        Hanging(WALLS, tuple(Wall.objects.filter(body=body).values_list("name", flat=True)), HEIR),
        Hanging(ACTIVITIES, tuple(planned.values_list("title", flat=True)), HEIR),
    ]
    return [each for each in found if each.what]


def bearing(other: Member) -> list[tuple[str, int, str]]:
    """Return what else bears the number of `other`: words, how many, what becomes of it; eight queries."""
    found: list[tuple[str, QuerySet[Any], str]] = [
        (DOORS, HouseholdLink.objects.filter(member=other), PASS),
        (CELLS, CellWorker.objects.filter(member=other), PASS),
        (ISSUES, Issue.objects.filter(reporter=other), PASS),
        (OTHERS, Contact.objects.filter(member=other), PASS),
        (REQUESTS, DataRequest.objects.filter(member=other), PASS),
        (DEPARTURES, Departure.objects.filter(member=other), LEAVE),
        (ROLLS, Attendance.objects.filter(member=other, activity__state=State.CONFIRMED), STAY),
        (LINES, Entry.objects.filter(member=other), STAY),
    ]
    counted = [(words, rows.count(), then) for words, rows, then in found]
    return [each for each in counted if each[1]]


# The same as a file that people can read: a head, and words beside codes and keys.

WORDS = "_words"
"""Ends the name of a field that says in words what the field before it says as a code or a key."""
EXPLANATION = gettext_noop(
    "Everything kept here about you, table by table. A field that ends in “_words” says in words what the one before "
    "it says as a code or a number. Other people are not named. What is kept why, and how long, stands under “My data”."
)
NAMED = frozenset({
    "organisations.Body", "activities.Activity", "activities.Kind", "places.Place", "points.Indicator",
    "points.IndicatorSheet", "members.MemberClass", "members.Election", "walls.Wall", "walls.Category",
})  # fmt: skip
"""What is called by its name in the file: nothing of these is a person."""

type Tables = dict[str, list[dict[str, Any]]]


def own_file(member: Member, moment: datetime) -> dict[str, Any]:
    """Return the head and every record kept about `member`, with words; one query more for each kind of thing named."""
    tables = everything(member)
    house = Body.objects.order_by("path").first()
    head = {
        "house": house.name if house else "",
        "made_at": moment,
        "member_number": member.number,
        "explanation": gettext(EXPLANATION),
        "tables": {label: _holds(label) for label in tables},
    }
    names = _names(tables, member)
    return {"about": head} | {label: [_worded(label, row, names) for row in rows] for label, rows in tables.items()}


def _holds(label: str) -> list[str]:
    """Return what a table holds, in words."""
    sorts = dict.fromkeys(sort for sort in HOLDINGS[label].fields.values() if sort)
    return [gettext(SORTS[sort].what) for sort in sorts]


def _fields(label: str) -> dict[str, Field[Any, Any]]:
    return {field.name: field for field in apps.get_model(label)._meta.concrete_fields}  # noqa: SLF001 -- Django's way


def _towards(field: Field[Any, Any]) -> str:
    return str(field.related_model._meta.label) if isinstance(field, ForeignKey) else ""  # noqa: SLF001 -- as above


def _names(tables: Tables, member: Member) -> dict[str, dict[int, str]]:
    """Return by model and key how the things are called to which the rows refer; of people only the member."""
    keys: dict[str, set[int]] = {}
    for label, rows in tables.items():
        for name, field in _fields(label).items():
            if towards := _towards(field):
                keys.setdefault(towards, set()).update(row[name] for row in rows if row.get(name))
    found = {label: _called(label, some) for label, some in keys.items() if label in NAMED}
    own = Member.objects.filter(pk__in=persons(member.pk)).values_list("pk", flat=True)
    return found | {"members.Member": dict.fromkeys(own, member.name)}


def _called(label: str, keys: set[int]) -> dict[int, str]:
    model: type[Model] = apps.get_model(label)
    rows = model._default_manager.filter(pk__in=keys)  # noqa: SLF001 -- the documented name
    if model is Place:
        places = list(Place.objects.filter(pk__in=keys))
        known = addresses(places)
        return {place.pk: known[place.path] or place.name for place in places}
    return {row.pk: str(row) for row in (rows.select_related("body") if label == "members.Election" else rows)}


def _worded(label: str, row: dict[str, Any], names: dict[str, dict[int, str]]) -> dict[str, Any]:
    fields, worded = _fields(label), dict[str, Any]()
    for name, value in row.items():
        worded[name] = value
        field = fields[name]
        words = dict(field.flatchoices).get(value) if field.choices else names.get(_towards(field), {}).get(value)
        if value not in (None, "") and words:
            worded[name + WORDS] = str(words)
    return worded
