"""The 1,017 invented members: ages, education, classes and posts that meet the article's figures on the as-of day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from linli.demo.policy.days import Days, years_before
from linli.demo.policy.names import name
from linli.demo.policy.tree import COMMUNITIES, Community
from linli.demo.policy.units import Unit, units
from linli.members.policy.kinds import Education, Sex, Stage, Title

AGE_TENTHS, POSTGRADUATES = 338, 6
"""The two committees (两委): mean age 33.8, six postgraduates, all with college or above."""
SHARED = (0, 2, 4)
"""Seats of the general branch's committee whose holders sit in the residents' committee too (交叉任职)."""
COMMITTEE = (Title.SECRETARY, Title.DEPUTY, Title.ORGANISATION, Title.PUBLICITY, Title.DISCIPLINE)
YOUNGEST, OLDEST = 24, 46
STABLE_DAYS = 84
"""No birthday falls into so many days after the as-of day, so that the figures hold while one looks around."""
CLASS_AGES = {"direct": (36, 62), "serving": (24, 56), "retired": (60, 74), "frail": (75, 90), "mobile": (22, 44)}
CLASS_SHARES = {"direct": 38, "serving": 27, "retired": 20, "frail": 7, "mobile": 8}


@dataclass(slots=True)
class Person:
    """A member as planned; `posts` are (code of the body, title)."""

    index: int
    branch: str
    born_on: date
    education: Education
    kind: str
    joined_on: date
    stage: Stage = Stage.FULL
    sex: Sex = Sex.FEMALE
    posts: list[tuple[str, Title]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The invented name."""
        return name(self.index)


def committee_ages(random: Random, count: int) -> list[int]:
    """Return `count` ages between 24 and 46 whose mean is exactly 33.8."""
    total, rest = divmod(AGE_TENTHS * count, 10)
    if rest:
        raise ValueError(count)
    ages = [random.randint(26, 42) for _ in range(count)]
    while sum(ages) != total:
        step = 1 if sum(ages) < total else -1
        place = random.randrange(count)
        if YOUNGEST <= ages[place] + step <= OLDEST:
            ages[place] += step
    return ages


def _born(random: Random, days: Days, years: int) -> date:
    return years_before(days.as_of, years) - timedelta(days=random.randint(0, 364 - STABLE_DAYS))


def _joined(random: Random, days: Days, born_on: date) -> date:
    grown = born_on + timedelta(days=365 * 19 + random.randint(0, 2500))
    return min(grown, days.elected - timedelta(days=random.randint(400, 700)))


def committee_people(random: Random, days: Days) -> dict[str, list[Person]]:
    """Return the members of the two committees by community, not yet in a branch."""
    sizes = {c.code: len(COMMITTEE) + c.seats - len(SHARED) for c in COMMUNITIES}
    ages = iter(committee_ages(random, sum(sizes.values())))
    learned = set(random.sample(range(sum(sizes.values())), POSTGRADUATES))
    found: dict[str, list[Person]] = {}
    number = 0
    for community in COMMUNITIES:
        people = found[community.code] = []
        for _ in range(sizes[community.code]):
            usual = random.choice([Education.COLLEGE, Education.BACHELOR, Education.BACHELOR])
            education = Education.POSTGRADUATE if number in learned else usual
            born_on = _born(random, days, next(ages))
            people.append(Person(0, "", born_on, education, "direct", _joined(random, days, born_on)))
            number += 1
        _seat(community, people)
    return found


def _seat(community: Community, people: list[Person]) -> None:
    """Give the seats of both committees of `community` to `people`."""
    for person, title in zip(people, COMMITTEE, strict=False):
        person.posts.append((f"{community.code}-ZZ", title))
    others = [people[index] for index in SHARED] + people[len(COMMITTEE) :]
    for index, person in enumerate(others):
        person.posts.append((f"{community.code}-JWH", Title.COMMITTEE if index else Title.DIRECTOR))


def _ordinary(random: Random, days: Days, kind: str) -> Person:
    low, high = CLASS_AGES[kind]
    born_on = _born(random, days, random.randint(low, high))
    grades = [Education.JUNIOR, Education.SENIOR, Education.VOCATIONAL, Education.COLLEGE, Education.BACHELOR]
    if kind in {"serving", "mobile"}:
        grades = [Education.COLLEGE, Education.BACHELOR, Education.BACHELOR, Education.POSTGRADUATE]
    return Person(0, "", born_on, random.choice(grades), kind, _joined(random, days, born_on))


def _branch(random: Random, days: Days, unit: Unit, seated: list[Person]) -> list[Person]:
    """Return the members of one branch: its committee, those of the two committees, one on probation, the rest."""
    own = [_ordinary(random, days, "direct" if index % 2 else "retired") for index in range(len(COMMITTEE))]
    for person, title in zip(own, COMMITTEE, strict=True):
        person.posts.append((unit.code, title))
    young = _ordinary(random, days, "serving")
    young.stage, young.joined_on = Stage.PROBATIONARY, days.as_of - timedelta(days=random.randint(60, 330))
    rest = unit.members - len(own) - len(seated) - 1
    drawn = random.choices(list(CLASS_SHARES), list(CLASS_SHARES.values()), k=rest)
    return [*own, *seated, young, *(_ordinary(random, days, kind) for kind in drawn)]


def people(days: Days, seed: str) -> tuple[Person, ...]:
    """Return all members in the order of their numbers; the same `days` and `seed` give the same people."""
    random = Random(f"linli {seed}")
    seated = committee_people(random, days)
    by_community = {c.code: [u for u in units() if u.community == c.code] for c in COMMUNITIES}
    found: list[Person] = []
    for unit in units():
        mine = by_community[unit.community]
        here = seated[unit.community][mine.index(unit) :: len(mine)]
        for person in _branch(random, days, unit, here):
            person.index, person.branch = len(found), unit.code
            person.sex = random.choice(list(Sex))
            found.append(person)
    return tuple(found)
