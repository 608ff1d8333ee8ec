"""Reads of activities: the desk, rolls, a member's own, the public calendar."""

from linli.activities.queries.desk import SHOWS, activities, activity, listed, may_see, possible, waiting
from linli.activities.queries.kinds import kind, kinds, offered, used_kinds
from linli.activities.queries.own import (
    for_member,
    me,
    mine,
    missed,
    my_bodies,
    my_line,
    my_record,
    my_upcoming,
)
from linli.activities.queries.public import (
    public,
    public_between,
    public_body,
    public_feed,
    roots,
    said,
    shown,
)
from linli.activities.queries.rolls import (
    Row,
    due_at,
    due_list,
    due_members,
    guests_by_number,
    present_then,
    rows,
    tally,
    wrong_codes,
)
from linli.activities.queries.silence import silent

__all__ = [
    "SHOWS",
    "Row",
    "activities",
    "activity",
    "due_at",
    "due_list",
    "due_members",
    "for_member",
    "guests_by_number",
    "kind",
    "kinds",
    "listed",
    "may_see",
    "me",
    "mine",
    "missed",
    "my_bodies",
    "my_line",
    "my_record",
    "my_upcoming",
    "offered",
    "possible",
    "present_then",
    "public",
    "public_between",
    "public_body",
    "public_feed",
    "roots",
    "rows",
    "said",
    "shown",
    "silent",
    "tally",
    "used_kinds",
    "waiting",
    "wrong_codes",
]
