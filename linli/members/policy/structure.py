"""Structure of party bodies: the facts of one body on a day, on which `structure_size` and `structure_posts` check.

A branch is judged by its own members; a body that stands above branches by all at and below it. Probationary members
count for the ceilings, not for B1, B5 and B6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.lib.words import gettext_noop
from linli.members.policy.kinds import Title
from linli.organisations.policy.kinds import BodyKind

LEAST, MOST, UNITS, MONTHS, COMMITTEE_FROM, SEATS_LEAST, SEATS_MOST, GENERAL_FROM, BASE_FROM = NUMBERS = (
    "structure.branch_least",
    "structure.branch_most",
    "structure.joint_units",
    "structure.temporary_months",
    "structure.committee_from",
    "structure.committee_least",
    "structure.committee_most",
    "structure.general_from",
    "structure.base_from",
)
CHECKED = frozenset({BodyKind.GENERAL_BRANCH, BodyKind.BRANCH, BodyKind.TEMPORARY_BRANCH})
BRANCHES = gettext_noop("Regulations on the work of party branches (trial), 2018")


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """One body on a day, and the numbers that hold for it (rule value code → value)."""

    kind: BodyKind
    limits: Mapping[str, int]
    full: int = 0
    members: int = 0
    total: int = 0
    """Members at and below it."""
    branches: int = 0
    """Branches below it."""
    committee: int = 0
    """Members who hold a post of a branch committee in it."""
    titles: Mapping[Title, int] | None = None
    """How many hold each post of a branch committee in it."""
    terms_over: int = 0
    """Posts of a branch committee that are held after the end of their term."""
    units: int = 0
    """Estates, courtyards or other units that it serves."""
    months: int = 0
    """Whole months since it was founded."""

    @property
    def plain(self) -> bool:
        """Whether it is a branch that no branch stands below."""
        return self.kind is BodyKind.BRANCH and not self.branches

    @property
    def large(self) -> bool:
        """Whether it is a branch with enough full members for a committee."""
        return self.kind is BodyKind.BRANCH and self.full >= self.limits[COMMITTEE_FROM]

    def holders(self, title: Title) -> int:
        """Return how many hold `title` in it."""
        return (self.titles or {}).get(title, 0)
