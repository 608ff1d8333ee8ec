"""How many households a cell or micro-grid has: G1, G2 and G3 of domain.md 1.6. Warnings, never refusals (ADR 110)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.words import gettext_noop
from linli.places.policy.kinds import PlaceKind

LEAST, MOST = "grid.cell_least", "grid.cell_most"
NORM, ABOUT = "grid.norm", "grid.norm_percent"
MICRO_LEAST, MICRO_MOST = "grid.micro_least", "grid.micro_most"
OF_SIZES = (LEAST, MOST, NORM, ABOUT, MICRO_LEAST, MICRO_MOST)

_WHOLE = frozenset({PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT, PlaceKind.COMMUNITY})
_INDOORS = frozenset({PlaceKind.BUILDING, PlaceKind.STAIRWELL, PlaceKind.HOUSEHOLD})


@dataclass(frozen=True, slots=True)
class CellSize:
    """A cell that no finer grid divides: its doors on the register (0: none are known, nothing is judged)."""

    doors: int
    micro: bool
    limits: Mapping[str, int]

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the most households by which it is judged."""
        names = (MICRO_LEAST, MICRO_MOST) if self.micro else (LEAST, MOST)
        return self.limits[names[0]], self.limits[names[1]]


def is_micro(grid: PlaceKind, listed: Collection[PlaceKind]) -> bool:
    """Tell whether a cell is a micro-grid: of the grid of an estate or less, listing buildings or parts of them."""
    return grid not in _WHOLE and bool(listed) and _INDOORS.issuperset(listed)


def _sized(facts: CellSize) -> Finding | None:
    return None if facts.micro else _outside(facts, G1, _JOIN, _DIVIDE)


def _micro_sized(facts: CellSize) -> Finding | None:
    return _outside(facts, G3, _JOIN_STAIRS, _DIVIDE_STAIRS) if facts.micro else None


def _outside(facts: CellSize, rule: Rule[CellSize], join: str, divide: str) -> Finding | None:
    least, most = facts.bounds
    if not facts.doors or least <= facts.doors <= most:
        return None
    values = {"doors": facts.doors, "least": least, "most": most}
    return Finding(rule, values, join if facts.doors < least else divide)


def _near_the_norm(facts: CellSize) -> Finding | None:
    """Judge by G2 only what passes G1: the two lines differ, and one warning is enough."""
    norm, percent = facts.limits[NORM], facts.limits[ABOUT]
    if facts.micro or not facts.doors or _sized(facts) or abs(facts.doors - norm) * 100 <= norm * percent:
        return None
    mend = gettext_noop(
        "%(doors)d households; another line counts on about %(norm)d, or 1,000 people. Divide it when the map is drawn "
        "anew."
    )
    return Finding(G2, {"doors": facts.doors, "norm": norm}, mend)


_JOIN = gettext_noop(
    "%(doors)d households; a cell usually has %(least)d at least. Join it with a neighbour, or divide the community "
    "anew."
)
_DIVIDE = gettext_noop(
    "%(doors)d households; a cell usually has %(most)d at most. Divide it between buildings, or divide the community "
    "anew."
)
_JOIN_STAIRS = gettext_noop(
    "%(doors)d households; a micro-grid usually has %(least)d at least. Join it with the stairwell or building next to "
    "it."
)
_DIVIDE_STAIRS = gettext_noop(
    "%(doors)d households; a micro-grid usually has %(most)d at most. Divide it by stairwells."
)
SEEN_IN = gettext_noop("Practice of Lingyun subdistrict; Shenzhen has 200 to 500, old estates 200 to 300")
LINE = gettext_noop("Line of the political and legal committees")
PRACTICE = gettext_noop("Practice of micro-grids")
G1 = Rule(
    "G1",
    gettext_noop("A cell has households within the limits"),
    SEEN_IN,
    Mark.SECOND_HAND,
    Severity.USUALLY,
    _sized,
    (LEAST, MOST),
)
G2 = Rule(
    "G2",
    gettext_noop("A cell has about 300 households or 1,000 people"),
    LINE,
    Mark.UNVERIFIED,
    Severity.USUALLY,
    _near_the_norm,
    (NORM, ABOUT),
)
G3 = Rule(
    "G3",
    gettext_noop("A micro-grid (building, stairwell) has households within the limits"),
    PRACTICE,
    Mark.UNVERIFIED,
    Severity.USUALLY,
    _micro_sized,
    (MICRO_LEAST, MICRO_MOST),
)

RULES = (G1, G2, G3)
