"""Who was responsible for a door on a day: lines that the page, the interface and the paper all show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.lib.words import Labelled, gettext_noop


class Part(Labelled):
    """What somebody is for a door."""

    CELL = "cell", gettext_noop("Grid cell")
    WORKER = "worker", gettext_noop("Grid worker")
    LEADER = "leader", gettext_noop("Building-group leader")
    MEMBER = "member", gettext_noop("Member linked to the door")
    COMMUNITY = "community", gettext_noop("Post in the community")


NOBODY = {
    Part.CELL: gettext_noop("no cell listed on that day"),
    Part.WORKER: gettext_noop("vacant"),
    Part.LEADER: gettext_noop("nobody held the post"),
    Part.MEMBER: gettext_noop("nobody"),
    Part.COMMUNITY: gettext_noop("nobody held the post"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. `of`: the cell, body or place for which it is said; no name: nobody was. `until`: as known now."""

    part: Part
    name: str = ""
    number: str = ""
    of: str = ""
    title: str = ""
    """A msgid: the post, or as what somebody works."""
    since: date | None = None
    until: date | None = None

    @property
    def nobody(self) -> str:
        """What is said where nobody was: a msgid."""
        return NOBODY[self.part]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who was responsible for the door `code` on `day`."""

    code: str
    address: str
    day: date
    lines: tuple[Line, ...]
