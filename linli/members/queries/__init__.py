"""Reads of members."""

from linli.members.queries.cells import cells_of, changed, counts, holding
from linli.members.queries.due import DueLine, due_list, due_members, explained, stage_on
from linli.members.queries.people import (
    called,
    classes,
    found,
    in_committees,
    in_unit,
    lasting,
    listed,
    member,
    members,
    named,
    post,
    unit_of,
    units,
)
from linli.members.queries.phones import stale_keys, unreadable_phones
from linli.members.queries.statistics import committee_statistics

__all__ = [
    "DueLine",
    "called",
    "cells_of",
    "changed",
    "classes",
    "committee_statistics",
    "counts",
    "due_list",
    "due_members",
    "explained",
    "found",
    "holding",
    "in_committees",
    "in_unit",
    "lasting",
    "listed",
    "member",
    "members",
    "named",
    "post",
    "stage_on",
    "stale_keys",
    "unit_of",
    "units",
    "unreadable_phones",
]
