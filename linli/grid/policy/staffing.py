"""What is posted of a cell: a worker at least, telephones, the list of items, a party group. Warnings, never refusals.

G5, G6 and G8 of domain.md 1.6, and line 4 of its coverage test.
"""

from __future__ import annotations

from dataclasses import dataclass

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.words import gettext_noop


@dataclass(frozen=True, slots=True)
class Staffing:
    """What a cell has on a day: workers, how many of them with a public telephone, parties, what the notice says."""

    workers: int
    phones: int
    parties: int
    supervision: bool
    items: int


def _vacant(facts: Staffing) -> Finding | None:
    return None if facts.workers else Finding(G6, {}, gettext_noop("Vacant: no worker. Enter one."))


def _silent(facts: Staffing) -> Finding | None:
    if facts.workers and not facts.phones:
        mend = gettext_noop("No telephone of a worker is posted. Enter the work telephone of the cell.")
        return Finding(G5, {}, mend)
    if not facts.supervision:
        return Finding(G5, {}, gettext_noop("No supervision telephone is posted. Publish the notice of the grid."))
    return None


def _unlisted(facts: Staffing) -> Finding | None:
    return None if facts.items else Finding(G8, {}, gettext_noop("No item list is published. Publish it."))


def _alone(facts: Staffing) -> Finding | None:
    if facts.parties:
        return None
    mend = gettext_noop(
        "No branch, building group or centre household serves it, and no worker is a party member. Name one."
    )
    return Finding(G6_PARTY, {}, mend)


_POSTED = gettext_noop("Name, extent, workers and telephones of a cell are posted, with a supervision telephone")
_STAFFED = gettext_noop("A cell has one worker at least")
_LISTED = gettext_noop("The list of items of a grid is published")
_LED = gettext_noop("A cell has a party group, or a member who answers for it")
ART_6 = gettext_noop("Regulations of Binzhou on grid services (2021), art. 6")
ART_7 = gettext_noop("Regulations of Binzhou on grid services (2021), art. 7")
ART_10 = gettext_noop("Regulations of Binzhou on grid services (2021), art. 10")
OWN = gettext_noop("Default of this product")

G5 = Rule("G5", _POSTED, ART_6, Mark.SEEN, Severity.MUST, _silent)
G6 = Rule("G6", _STAFFED, ART_7, Mark.SEEN, Severity.MUST, _vacant)
G6_PARTY = Rule("G6-party", _LED, OWN, Mark.UNVERIFIED, Severity.USUALLY, _alone)
G8 = Rule("G8", _LISTED, ART_10, Mark.SEEN, Severity.MUST, _unlisted)

RULES = (G6, G5, G6_PARTY, G8)
