"""Reads of members."""

from linli.members.queries.due import DueLine, due_list, due_members, explained, stage_on
from linli.members.queries.people import (
    called,
    classes,
    in_committees,
    in_unit,
    listed,
    member,
    members,
    named,
    post,
    unit_of,
    units,
)
from linli.members.queries.statistics import committee_statistics, statistics

__all__ = [
    "DueLine",
    "called",
    "classes",
    "committee_statistics",
    "due_list",
    "due_members",
    "explained",
    "in_committees",
    "in_unit",
    "listed",
    "member",
    "members",
    "named",
    "post",
    "stage_on",
    "statistics",
    "unit_of",
    "units",
]
