"""Members by the reading of their family names: found, in order on the ballot, and read anew by the migration."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from linli.members.models import Applicant, Candidate, Election, Member
from linli.members.policy.elections import Elects
from linli.members.queries import elections
from linli.members.queries.people import called
from tests.members.elections import planned

NAMES = ("查良", "曾美贵", "单雄", "欧阳雪", "仇英", "尉迟恭", "万俟明", "解放")
MIGRATION = import_module("linli.members.migrations.0018_name_keys")


@pytest.fixture
def people(world):
    """Members with such names, as the next save of the register leaves them."""
    made = [
        Member(number=f"N{place}", name=name, member_class=world.member.member_class)
        for place, name in enumerate(NAMES)
    ]
    Member.objects.bulk_create(made)
    MIGRATION.read_family_names(apps, None)
    return {member.name: member for member in Member.objects.filter(number__startswith="N")}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zmg", "曾美贵"),
        ("zeng", "曾美贵"),
        ("ceng mei", "曾美贵"),
        ("cmg", "曾美贵"),
        ("yu chi", "尉迟恭"),
        ("mqm", "万俟明"),
    ],
)
def test_either_reading_finds_the_member(people, typed, name):
    assert people[name] in Member.objects.filter(called(typed))


def test_candidates_stand_in_the_order_of_the_right_reading(world, people):
    found: Election = planned(world, elects=Elects.COMMITTEE)
    Candidate.objects.bulk_create([Candidate(election=found, member=member) for member in people.values()])
    order = [one.member.name for one in elections.candidates(found)]
    assert order == ["万俟明", "欧阳雪", "仇英", "单雄", "解放", "尉迟恭", "曾美贵", "查良"]


def test_the_migration_reads_stale_keys_anew_in_batches(world, monkeypatch):
    monkeypatch.setattr(MIGRATION, "BATCH", 2)
    Member.objects.update(name="曾一", name_key="ceng yi cy")
    applicant = Applicant.objects.create(
        name="单雄", name_key="dan xiong dx", born_on=date(2000, 1, 1), body=world.bodies["BY1"], stage="applied"
    )
    MIGRATION.read_family_names(apps, None)
    assert set(Member.objects.values_list("name_key", flat=True)) == {"zeng yi zy ceng yi cy"}
    applicant.refresh_from_db()
    assert applicant.name_key == "shan xiong sx dan xiong dx"
