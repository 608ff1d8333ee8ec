"""Reads of members."""

from linli.members.queries.people import (
    called,
    classes,
    due_members,
    in_committees,
    in_unit,
    listed,
    member,
    members,
    named,
    unit_of,
    units,
)
from linli.members.queries.statistics import committee_statistics, statistics

__all__ = [
    "called",
    "classes",
    "committee_statistics",
    "due_members",
    "in_committees",
    "in_unit",
    "listed",
    "member",
    "members",
    "named",
    "statistics",
    "unit_of",
    "units",
]
