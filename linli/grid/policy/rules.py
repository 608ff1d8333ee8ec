"""How many households a member answers for, and how many centre households a cell has: warnings, never refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.words import gettext_noop

MOST, LEAST, AGE = "household.member_most", "household.member_least", "household.exempt_age"
CENTRES_LEAST, CENTRES_MOST = "household.centres_least", "household.centres_most"
OF_MEMBERS, OF_CELLS = (MOST, LEAST, AGE), (CENTRES_LEAST, CENTRES_MOST)


@dataclass(frozen=True, slots=True)
class Load:
    """What a member answers for on a day. `away`: excused, lives elsewhere or out of touch. Age None: not known."""

    doors: int
    age: int | None
    away: bool
    limits: Mapping[str, int]

    @property
    def exempt(self) -> bool:
        """Whether nothing is asked of the member: 70 years or more, ill, or long absent."""
        return self.away or (self.age is not None and self.age >= self.limits[AGE])


@dataclass(frozen=True, slots=True)
class CellFacts:
    """How many centre households a cell has."""

    centres: int
    limits: Mapping[str, int]


def _many(facts: Load) -> Finding | None:
    if facts.doors <= facts.limits[MOST]:
        return None
    mend = gettext_noop(
        "%(doors)d households; more than %(most)d cannot be known well. Pass %(over)d on to another member."
    )
    most = facts.limits[MOST]
    return Finding(H1, {"doors": facts.doors, "most": most, "over": facts.doors - most}, mend)


def _few(facts: Load) -> Finding | None:
    if facts.exempt or facts.doors >= facts.limits[LEAST]:
        return None
    mend = gettext_noop("%(doors)d households; usually it is %(least)d or more. Link doors nearby that nobody has.")
    return Finding(H2, {"doors": facts.doors, "least": facts.limits[LEAST]}, mend)


def _burdened(facts: Load) -> Finding | None:
    if not (facts.exempt and facts.doors):
        return None
    mend = gettext_noop(
        "%(doors)d households, though exempt for age, illness or absence. Ask whether it is wished; else pass them on."
    )
    return Finding(H3, {"doors": facts.doors}, mend)


def _few_centres(facts: CellFacts) -> Finding | None:
    if facts.centres >= facts.limits[CENTRES_LEAST]:
        return None
    mend = gettext_noop(
        "%(centres)d centre households; a cell usually has %(least)d at least. Ask a respected member, or let a "
        "member of the committee stand in."
    )
    return Finding(H4, {"centres": facts.centres, "least": facts.limits[CENTRES_LEAST]}, mend)


def _many_centres(facts: CellFacts) -> Finding | None:
    if facts.centres <= facts.limits[CENTRES_MOST]:
        return None
    mend = gettext_noop(
        "%(centres)d centre households; a cell usually has %(most)d at most. Join some, or divide the cell."
    )
    return Finding(H5, {"centres": facts.centres, "most": facts.limits[CENTRES_MOST]}, mend)


_MOST = gettext_noop("A member answers for no more households than the limit")
_LEAST = gettext_noop("A member who is not exempt answers for a least number of households")
_FREE = gettext_noop("Who is old, ill or long absent is exempt from linked households")
_CENTRES_LEAST = gettext_noop("A cell has a least number of centre households")
_CENTRES_MOST = gettext_noop("A cell has no more centre households than the limit")
SOURCE = gettext_noop("Opinion of Ninghai county on centre households (2020), a local practice")
H1 = Rule("H1", _MOST, SOURCE, Mark.SECOND_HAND, Severity.USUALLY, _many, (MOST,))
H2 = Rule("H2", _LEAST, SOURCE, Mark.SECOND_HAND, Severity.USUALLY, _few, (LEAST, AGE))
H3 = Rule("H3", _FREE, SOURCE, Mark.SECOND_HAND, Severity.USUALLY, _burdened, (AGE,))
H4 = Rule("H4", _CENTRES_LEAST, SOURCE, Mark.SECOND_HAND, Severity.USUALLY, _few_centres, (CENTRES_LEAST,))
H5 = Rule("H5", _CENTRES_MOST, SOURCE, Mark.SECOND_HAND, Severity.USUALLY, _many_centres, (CENTRES_MOST,))

MEMBER_RULES: tuple[Rule[Load], ...] = (H1, H2, H3)
CELL_RULES: tuple[Rule[CellFacts], ...] = (H4, H5)
RULES = (*MEMBER_RULES, *CELL_RULES)
