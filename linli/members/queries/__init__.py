"""Reads of members."""

from linli.members.queries.people import (
    called,
    classes,
    consenting,
    due_members,
    in_committees,
    in_unit,
    listed,
    member,
    members,
    unit_of,
    units,
)
from linli.members.queries.statistics import committee_statistics, statistics

__all__ = [
    "called",
    "classes",
    "committee_statistics",
    "consenting",
    "due_members",
    "in_committees",
    "in_unit",
    "listed",
    "member",
    "members",
    "statistics",
    "unit_of",
    "units",
]
