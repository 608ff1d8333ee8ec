from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from linli.access.roles import Role
from linli.home import overview
from linli.lib.errors import Refusal
from linli.organisations import services
from linli.organisations.models import BudgetLine, Institution, InstitutionVersion
from linli.organisations.policy.institutions import DutyState
from linli.organisations.queries import institutions as queries
from tests.organisations import making

DAY = date(2026, 3, 18)


class Refused:
    def __init__(self, code):
        self.code = code

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        assert kind is Refusal and error.code == self.code
        return True


def on_desk(actor, world):
    lines = overview.due(actor, world.now)
    return [(line.level, line.count) for line in lines if line.address == reverse("institutions")]


def test_a_new_version_ends_the_one_before(world):
    first = making.institution(world, title="接待制度", since=date(2025, 1, 1), text="旧")
    making.institution(world, title="接待制度", since=DAY, text="新")
    assert Institution.objects.filter(title="接待制度").count() == 1
    held = {day: queries.published_institution(first.pk, day)[1].text for day in (date(2026, 1, 1), DAY)}
    assert held == {date(2026, 1, 1): "旧", DAY: "新"}


def test_the_same_day_corrects_and_an_earlier_one_is_refused(world):
    making.institution(world, title="接待制度", text="错")
    found = making.institution(world, title="接待制度", text="对")
    assert [version.text for version in found.versions.all()] == ["对"]
    with Refused("institution-early"):
        making.institution(world, title="接待制度", since=DAY - timedelta(days=1))


def test_a_repealed_institution_is_read_no_more(world, client):
    found = making.institution(world)
    services.repeal(found, on=DAY + timedelta(days=1), by=world.by, now=world.now, key=world.key())
    assert queries.published(DAY + timedelta(days=1)) == []
    with Refused("institution-repeal"):
        services.repeal(found, on=DAY + timedelta(days=5), by=world.by, now=world.now, key=world.key())


def test_two_versions_at_once_are_refused_by_the_database(world):
    version = making.institution(world).versions.get()
    version.pk, version.valid_from = None, version.valid_from + timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)
    assert InstitutionVersion.objects.count() == 1


def test_what_is_not_public_is_not_found(world, client):
    secret = making.institution(world, public=False)
    assert client.get(reverse("institution-read", args=[secret.pk])).status_code == 404
    assert secret.title not in client.get(reverse("institutions-published")).content.decode()


def test_duties_stand_on_the_desk_until_they_end(world):
    secretary = world.actor(Role.SECRETARY, "BR1")
    late = making.overdue_duty(world)
    making.duty(world)
    assert on_desk(secretary, world) == [("red", 1), ("amber", 1)]
    services.end_duty(late, state=DutyState.DONE, result="好了", by=world.by, now=world.now, key=world.key())
    assert on_desk(secretary, world) == [("amber", 1)]
    with Refused("duty-ended"):
        services.end_duty(late, state=DutyState.DROPPED, result="", by=world.by, now=world.now, key=world.key())
    with Refused("duty-ended"):
        making.duty(world, duty=late)


def test_a_published_line_is_frozen(world):
    line = making.budget_line(world, title="集市")
    services.publish_budget(world.bodies["BR1"], year=2026, by=world.by, now=world.now, key=world.key())
    with Refused("budget-published"):
        making.budget_line(world, title="集市", spent_fen=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(spent_fen=1)
    with Refused("budget-empty"):
        services.publish_budget(world.bodies["BR1"], year=2026, by=world.by, now=world.now, key=world.key())


def test_an_amount_that_is_none_keeps_what_was_typed(world, client):
    client.force_login(world.user(Role.SECRETARY, "BR1"))
    typed = {"body": "BR1", "year": "2026", "title": "集市", "source": "经费", "planned": "一千二", "spent": "0"}
    answer = client.post(reverse("budget-line"), typed | {"key": world.key()})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "一千二" in page and "集市" in page
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("name", ["institutions", "budget", "institutions-published"])
def test_lists_ask_the_same_with_one_row_and_with_many(world, client, django_assert_num_queries, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.user(Role.SECRETARY, "BR1"))

    def made():
        making.institution(world)
        making.duty(world)
        making.budget_line(world)
        services.publish_budget(world.bodies["BR1"], year=2026, by=world.by, now=world.now, key=world.key())

    made()
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as once:
        client.get(reverse(name))
    for _ in range(5):
        made()
    with CaptureQueriesContext(connection) as often:
        client.get(reverse(name))
    assert len(often) == len(once)


def test_a_branch_sees_what_binds_it_from_above(world, as_user):
    above, own = making.institution(world, body="W", title="上级首接负责制"), making.institution(world, body="BY1")
    making.institution(world, body="W", title="只在内部", public=False)
    making.institution(world, body="BY2", title="隔壁的制度")
    page = as_user(world.user(Role.SECRETARY, "BY1")).get(reverse("institutions")).text
    assert reverse("institution-read", args=[above.pk]) in page
    assert page.count("上级制度") == 1
    assert own.title in page
    assert "只在内部" not in page
    assert "隔壁的制度" not in page
