"""By what members are counted: the dimensions of the figures, and the bands of years, as data.

The bands of age are those of the Party's yearly communiqué (30 and under, then five years each), carried on past 60,
where most members of a residential subdistrict are. Fifty years in the Party is when the medal is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.kinds import BRANCH_TITLES, RESIDENTS_TITLES, Title

NOT_KNOWN = gettext_noop("Not known")
UNKNOWN = "none"
"""The value of the cell of those of whom it is not known."""


class Dimension(Labelled):
    """By what members are counted; each member is in exactly one cell of each."""

    AGE = "age", gettext_noop("Age")
    SEX = "sex", gettext_noop("Sex")
    EDUCATION = "education", gettext_noop("Education")
    CLASS = "member_class", gettext_noop("Class")
    STAGE = "stage", gettext_noop("Stage")
    SENIORITY = "seniority", gettext_noop("Years since joining")


type Words = tuple[str, str, str]
"""The msgids of a band that begins at nought, of one between two bounds, of one without end."""
OLD: Words = (
    gettext_noop("aged %(most)s or younger"),
    gettext_noop("aged %(least)s to %(most)s"),
    gettext_noop("aged %(least)s or older"),
)
LONG: Words = (
    gettext_noop("up to %(most)s years"),
    gettext_noop("%(least)s to %(most)s years"),
    gettext_noop("%(least)s years and more"),
)


@dataclass(frozen=True, slots=True)
class Band:
    """Completed years from `least` to `most`, both included; None: without end. `words` is a msgid for `values`."""

    least: int
    most: int | None
    words: str

    @property
    def value(self) -> str:
        """How the band is written in an address: 31-35, 71-."""
        return f"{self.least}-{'' if self.most is None else self.most}"

    @property
    def values(self) -> Mapping[str, object]:
        """The bounds, for `words`."""
        return {"least": self.least, "most": self.most}


def bands(*starts: int, words: Words) -> tuple[Band, ...]:
    """Return the bands that begin at 0 and at each of `starts`; the last has no end."""
    first, between, last = words
    ends = pairwise((0, *starts))
    return (
        *(Band(least, after - 1, between if least else first) for least, after in ends),
        Band(starts[-1], None, last),
    )


AGES = bands(31, 36, 41, 46, 51, 56, 61, 66, 71, words=OLD)
SENIORITIES = bands(5, 10, 20, 30, 40, 50, words=LONG)
PUBLIC_AGES = bands(36, 61, words=OLD)
"""What the public sees is coarse, so that little has to be hidden."""


class PostGroup(Labelled):
    """Posts as the annual sheet groups them; somebody with two posts is in two groups."""

    SECRETARY = "secretary", gettext_noop("Secretaries")
    DEPUTY = "deputy", gettext_noop("Deputy secretaries")
    BRANCH = "branch", gettext_noop("Other members of branch committees")
    RESIDENTS = "residents", gettext_noop("Residents' committees")
    GROUP_LEADER = "group_leader", gettext_noop("Building-group leaders")
    CENTRE_HOUSEHOLD = "centre_household", gettext_noop("Centre households")


POSTS: Mapping[PostGroup, frozenset[Title]] = {
    PostGroup.SECRETARY: frozenset({Title.SECRETARY}),
    PostGroup.DEPUTY: frozenset({Title.DEPUTY}),
    PostGroup.BRANCH: BRANCH_TITLES - {Title.SECRETARY, Title.DEPUTY},
    PostGroup.RESIDENTS: RESIDENTS_TITLES,
    PostGroup.GROUP_LEADER: frozenset({Title.GROUP_LEADER}),
    PostGroup.CENTRE_HOUSEHOLD: frozenset({Title.CENTRE_HOUSEHOLD}),
}


class Change(Labelled):
    """What happened to the register in a year, up to the day of the figures."""

    ADMITTED = "admitted", gettext_noop("Admitted in the year")
    CAME = "came", gettext_noop("New in the register in the year")
    LEFT = "left", gettext_noop("Left the register in the year")
