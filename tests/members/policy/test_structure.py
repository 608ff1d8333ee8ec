"""Each structure rule at its boundaries."""

import pytest

from linli.lib.rulebook import broken
from linli.members.policy import structure, structure_posts, structure_size
from linli.members.policy.kinds import Title
from linli.members.policy.structure import NUMBERS, BodyFacts
from linli.members.policy.structure_posts import OFFICES
from linli.organisations.policy.kinds import BodyKind
from linli.rules.policy.defaults import DEFAULTS

RULES = structure_size.RULES + structure_posts.RULES
LIMITS = {code: DEFAULTS[code].value for code in NUMBERS}
LARGE = {"committee": 4, "titles": dict.fromkeys(OFFICES, 1)}
SMALL = {"committee": 1, "titles": {Title.SECRETARY: 1}}


def codes(kind=BodyKind.BRANCH, **given):
    full = given.setdefault("full", 20)
    members = given.setdefault("members", full)
    given.setdefault("total", members)
    if kind is BodyKind.BRANCH and "committee" not in given:
        given |= LARGE if full >= 7 else SMALL
    return [found.rule.code for found in broken(RULES, BodyFacts(kind, LIMITS, **given))]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # B1: 3 full members; probationary members do not count; a branch above branches is not judged by its own
        ({"full": 3}, []),
        ({"full": 2}, ["B1"]),
        ({"full": 2, "members": 30}, ["B1"]),
        ({"full": 0, "members": 0, "total": 0, "committee": 0, "titles": {}}, ["B1", "B6"]),
        ({"full": 2, "branches": 2, "total": 40}, []),
        # B2: 50 members, of all stages
        ({"full": 50}, []),
        ({"full": 49, "members": 51}, ["B2"]),
        ({"full": 51}, ["B2"]),
        # B3: 5 units
        ({"units": 5}, []),
        ({"units": 6}, ["B3"]),
        # B5 and B6: 7 full members
        ({"full": 6} | SMALL, []),
        ({"full": 7} | SMALL, ["B5"]),
        ({"full": 6, "members": 9} | SMALL, []),
        ({"full": 6} | LARGE, ["B6"]),
        ({"full": 7} | LARGE, []),
        ({"full": 7, "committee": 2, "titles": dict.fromkeys(OFFICES, 1)}, ["B5"]),
        ({"full": 7, "committee": 3, "titles": dict.fromkeys(OFFICES, 1)}, []),
        ({"committee": 7, "titles": dict.fromkeys(OFFICES, 1)}, []),
        ({"committee": 8, "titles": dict.fromkeys(OFFICES, 1)}, ["B5-seats"]),
        ({"committee": 5, "titles": dict.fromkeys(OFFICES[:3], 1)}, ["B5-offices"]),
        ({"full": 6, "committee": 0, "titles": {}}, ["B6"]),
        ({"full": 6, "committee": 2, "titles": {Title.SECRETARY: 2}}, ["B6"]),
        ({"full": 6, "committee": 2, "titles": {Title.SECRETARY: 1, Title.DEPUTY: 1}}, []),
        ({"full": 6, "committee": 3, "titles": {Title.SECRETARY: 1, Title.DEPUTY: 2}}, ["B6"]),
        ({"full": 6, "committee": 2, "titles": {Title.SECRETARY: 1, Title.DISCIPLINE: 1}}, ["B6"]),
        # B7: a term that is over
        ({"terms_over": 0}, []),
        ({"terms_over": 1}, ["B7-over"]),
        # B8: a branch above branches
        ({"branches": 2, "total": 49}, []),
        ({"branches": 2, "total": 50}, ["B8"]),
        ({"branches": 0, "total": 50}, []),
    ],
)
def test_a_branch(given, expected):
    assert codes(**given) == expected


@pytest.mark.parametrize(
    ("total", "expected"), [(49, ["B8"]), (50, []), (51, []), (99, []), (100, []), (101, ["B8"]), (1017, ["B8"])]
)
def test_a_general_branch_is_judged_by_all_below(total, expected):
    assert codes(BodyKind.GENERAL_BRANCH, full=0, members=0, total=total, branches=3) == expected


@pytest.mark.parametrize(("months", "expected"), [(5, []), (6, ["B4"]), (7, ["B4"])])
def test_a_temporary_branch(months, expected):
    assert codes(BodyKind.TEMPORARY_BRANCH, full=0, members=0, months=months) == expected


@pytest.mark.parametrize("kind", sorted(set(BodyKind) - structure.CHECKED))
def test_other_bodies_break_nothing(kind):
    assert codes(kind, full=0, members=900, total=1017, months=99, units=99) == []


def test_a_number_is_that_of_the_place():
    facts = BodyFacts(BodyKind.BRANCH, LIMITS | {"structure.branch_most": 30}, full=31, members=31, **LARGE)
    assert [str(found) for found in broken(RULES, facts)] == [
        "31 members; a branch usually has 30 at most. Split off a branch of some 15 members."
    ]


def test_every_finding_can_be_said():
    found = [
        *broken(RULES, BodyFacts(BodyKind.BRANCH, LIMITS, terms_over=1, units=9, titles={})),
        *broken(RULES, BodyFacts(BodyKind.BRANCH, LIMITS, full=60, members=60, committee=9, titles={})),
        *broken(RULES, BodyFacts(BodyKind.BRANCH, LIMITS, full=60, members=60)),
        *broken(RULES, BodyFacts(BodyKind.BRANCH, LIMITS, full=5, committee=3, titles={Title.SECRETARY: 1})),
        *broken(RULES, BodyFacts(BodyKind.BRANCH, LIMITS, full=9, total=60, branches=1)),
        *broken(RULES, BodyFacts(BodyKind.GENERAL_BRANCH, LIMITS, total=200)),
        *broken(RULES, BodyFacts(BodyKind.GENERAL_BRANCH, LIMITS, total=2)),
        *broken(RULES, BodyFacts(BodyKind.TEMPORARY_BRANCH, LIMITS, months=8)),
    ]
    assert {one.rule.code for one in found} == {rule.code for rule in RULES}
    assert all("%(" not in str(one) for one in found)
