"""Everything kept about a member as a file that people can read: a head, and words beside codes and keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext

from linli.grid.queries import addresses
from linli.home import queries
from linli.home.policy.personal import HOLDINGS
from linli.home.policy.sorts import SORTS
from linli.lib.words import gettext_noop
from linli.members.models import Member
from linli.members.queries.duplicates import persons
from linli.organisations.models import Body
from linli.places.models import Place

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
    tables = queries.everything(member)
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
