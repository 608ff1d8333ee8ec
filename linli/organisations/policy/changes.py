"""Changes of the tree: their kinds, and on which days they may happen."""

from __future__ import annotations

from datetime import date, timedelta

from linli.lib.errors import Refusal
from linli.lib.words import Labelled, gettext_noop

AHEAD = timedelta(days=400)
"""How far ahead a change may be entered."""


class ChangeKind(Labelled):
    """What happened to a body."""

    FOUND = "found", gettext_noop("Founded")
    RENAME = "rename", gettext_noop("Renamed")
    MOVE = "move", gettext_noop("Moved below another body")
    MERGE = "merge", gettext_noop("Merged into another body")
    SPLIT = "split", gettext_noop("Split off from another body")
    DISSOLVE = "dissolve", gettext_noop("Dissolved")


def check_day(on: date, *, since: date, name: str, today: date) -> None:
    """Refuse a change of `name` on `on` that could not follow what has held since `since`.

    History is not rewritten: a change begins after what it ends (or on the same day, as its correction).
    """
    if on < since:
        raise Refusal(
            "change-early",
            gettext_noop("%(name)s: what is to change holds only since %(since)s; give that day or a later one."),
            field="on",
            name=name,
            since=since.isoformat(),
        )
    if on > today + AHEAD:
        raise Refusal(
            "change-far",
            gettext_noop("%(day)s is more than 400 days ahead; check the year."),
            field="on",
            day=on.isoformat(),
        )
