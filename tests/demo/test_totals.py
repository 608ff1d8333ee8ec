"""The article's figures, exactly, at any as-of day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest

from linli.demo.policy.days import Days, age
from linli.demo.policy.names import ABSENT, name
from linli.demo.policy.people import people
from linli.demo.policy.tree import COMMUNITIES
from linli.demo.policy.units import units
from linli.members.policy.kinds import COLLEGE_OR_ABOVE, Education, Title

SEED = [date(2026, 3, 18), date(2024, 2, 29), date(2031, 1, 1), date(2025, 12, 31), date(2027, 3, 1), date(2011, 7, 9)]
COMMITTEES = {f"{c.code}-ZZ" for c in COMMUNITIES} | {f"{c.code}-JWH" for c in COMMUNITIES}


def seated(found):
    return [person for person in found if any(body in COMMITTEES for body, _title in person.posts)]


@pytest.mark.parametrize("as_of", SEED)
@pytest.mark.parametrize("seed", ["", "02-"])
def test_the_plan_meets_the_article(as_of, seed):
    found = people(Days(as_of), seed)
    assert len(found) == 1017
    assert Counter(p.branch for p in found) == {unit.code: unit.members for unit in units()}
    two = seated(found)
    assert len(two) % 5 == 0
    for day in (as_of, as_of + timedelta(days=84)):
        assert sum(age(p.born_on, day) for p in two) * 10 == 338 * len(two)
    assert all(p.education in COLLEGE_OR_ABOVE for p in two)
    assert sum(p.education is Education.POSTGRADUATE for p in two) == 6
    assert all(p.joined_on < as_of and age(p.born_on, p.joined_on) >= 18 for p in found)


def test_the_tree_has_the_articles_numbers():
    assert len(COMMUNITIES) == 8
    assert len(units()) == 28
    assert {"金茂社区", "阳明山庄社区", "润龙社区"} <= {c.name for c in COMMUNITIES}
    assert sum(c.model != "" for c in COMMUNITIES) == 3


def test_committees_have_the_seats_that_the_rules_name():
    found = people(Days(SEED[0]), "")
    seats = Counter((body, title) for p in found for body, title in p.posts)
    for community in COMMUNITIES:
        residents = sum(n for (body, _t), n in seats.items() if body == f"{community.code}-JWH")
        assert 5 <= residents <= 9
        assert seats[f"{community.code}-JWH", Title.DIRECTOR] == 1
    for unit in units():
        assert 3 <= sum(n for (body, _t), n in seats.items() if body == unit.code) <= 7


def test_nobody_of_the_article_appears_and_names_differ():
    names = [name(index) for index in range(1017)]
    assert len(set(names)) == 1017
    assert not ABSENT & set(names)


@pytest.mark.parametrize("as_of", SEED[:3])
def test_the_register_meets_the_article(world, as_of):
    from linli.demo.services.build import Build
    from linli.demo.services.loading import register_tree
    from linli.members.models import Member, Membership, Post
    from linli.members.policy.statistics import CommitteeFigures, figures
    from linli.members.queries.people import in_committees
    from linli.organisations.models import Body, BodyChange

    old = {"bodies": Body.objects.count(), "members": Member.objects.count()}
    for _share in register_tree((None, None), "a password", Build(Days(as_of))):
        pass
    bodies = Counter(Body.objects.on(as_of).exclude(code__in=world.bodies).values_list("kind", flat=True))
    assert (bodies["working_committee"], bodies["general_branch"], bodies["branch"]) == (1, 8, 28)
    assert sum(bodies.values()) + 1 == Body.objects.count() - old["bodies"], "one branch was merged into another"
    changes = BodyChange.objects.exclude(kind="found").exclude(document="")
    assert Counter(changes.values_list("kind", flat=True)) == {"rename": 2, "move": 1, "merge": 1}
    assert (
        Membership.objects.on(as_of)
        .filter(body__kind="branch", body__in=Body.objects.exclude(code__in=world.bodies))
        .values("member")
        .distinct()
        .count()
        == 1017
    )
    assert Member.objects.count() - old["members"] == 1017
    ids = set(
        Post.objects.on(as_of)
        .filter(body__kind__in=["general_branch", "residents_committee"])
        .values_list("member", flat=True)
    )
    two = Member.objects.filter(pk__in=ids)
    assert sum(age(m.born_on, as_of) for m in two) * 10 == 338 * len(two) > 0
    assert {m.education for m in two} <= {e.value for e in COLLEGE_OR_ABOVE}
    assert sum(m.education == "postgraduate" for m in two) == 6
    own = Member.objects.filter(in_committees(as_of), number__startswith="M")
    assert figures(own.values_list("born_on", "education"), as_of) == CommitteeFigures(60, Fraction(169, 5), 0, 60, 6)


def test_a_district_of_two_has_two_trees_that_do_not_meet(world):
    from linli.demo.services import structure
    from linli.demo.services.build import Build
    from linli.demo.services.loading import register_tree
    from linli.members.models import Member
    from linli.organisations.models import Body

    days = Days(SEED[0])
    above = structure.district(Build(days, prefix="QU-"))
    for prefix in ("", "02-"):
        for _share in register_tree(above, "a password", Build(days, prefix=prefix)):
            pass
    below = Body.objects.filter(path__startswith=above[1].path)
    assert below.filter(kind="working_committee").count() == 2
    branches = below.on(days.as_of).filter(kind="branch")
    assert (branches.count(), branches.filter(code__startswith="02-").count()) == (56, 28)
    assert Member.objects.filter(number__startswith="02-M").count() == 1017


def test_each_general_branch_has_elected_its_committee(rows):
    held = rows(
        "SELECT b.code, e.term_years, e.present * 5 >= e.due * 4 FROM members_election e "
        "JOIN organisations_body b ON b.id = e.body_id WHERE e.state = 'approved'"
    )
    assert sorted(held) == sorted((f"{community.code}-ZZ", 5, 1) for community in COMMUNITIES)
    posts = rows(
        "SELECT COUNT(*), COUNT(p.term_until), MIN(p.document) > '' FROM members_post p "
        "JOIN organisations_body b ON b.id = p.body_id WHERE b.kind = 'general_branch'"
    )
    assert posts == [(40, 40, 1)]


def test_an_election_is_under_way_and_one_waits_for_approval(rows):
    assert sorted(rows("SELECT state FROM members_election WHERE state <> 'approved'")) == [
        ("nominated",),
        ("reported",),
    ]
    soon = rows(
        "SELECT COUNT(DISTINCT body_id) FROM members_post WHERE term_until BETWEEN '2026-03-18' AND '2027-03-18'"
    )
    assert soon == [(4,)]
