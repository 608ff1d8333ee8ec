from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.access.roles import Role
from linli.members.models import Consent
from linli.members.policy.kinds import Purpose
from linli.rules import queries as rules
from linli.rules.models import RuleValue, SpecialDay


def test_a_member_sees_number_unit_and_class(world, as_user):
    page = as_user(world.member.user).get(reverse("me")).content.decode()
    for words in (world.member.number, "组织BY1", "社区直管"):
        assert words in page


def test_someone_without_membership_sees_roles_only(world, as_user):
    page = as_user(world.user(Role.GRID_WORKER, "RC1")).get(reverse("me")).content.decode()
    assert "组织RC1" in page
    assert 'id="consents"' not in page


def test_each_consent_is_a_switch_of_its_own(world, as_user):
    client = as_user(world.member.user)
    page = client.get(reverse("me")).content.decode()
    assert page.count(reverse("me-consent")) == len(Purpose)
    keys = re.findall(r'name="key" value="(\w+)"', page)
    assert len(set(keys)) == len(Purpose)
    for given, count in (("1", 1), ("0", 0)):
        data = {"purpose": "name_wall", "given": given, "key": keys[int(given)]}
        assert client.post(reverse("me-consent"), data).status_code == 302
        assert Consent.objects.filter(member=world.member, withdrawn_at=None).count() == count


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"purpose": "everything", "given": "1", "key": "k" * 20},
        {"purpose": "name_wall", "given": "2", "key": "k" * 20},
    ],
)
def test_a_wrong_consent_is_refused(world, as_user, data):
    assert as_user(world.member.user).post(reverse("me-consent"), data).status_code == 422
    assert not Consent.objects.exists()


def test_pages_of_other_apps_are_linked_only_when_they_are_there(world, as_user, monkeypatch):
    from linli.home import views_me

    monkeypatch.setattr(views_me, "OWN_PAGES", (("desk", "Desk"), ("no-such-page", "Nothing")))
    assert [address for address, _words in views_me._links()] == [reverse("desk")]


def test_a_community_sets_rules_for_itself_only(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF, "RC1"))
    data = {"value": "5", "since": "2026-04-01", "source": "会议纪要", "key": "k" * 20}
    for place, status in (("C1", 302), ("Y1", 302), ("S", 404), ("C2", 404)):
        address = reverse("rule-set", args=[place, "wall.child_days"])
        assert client.post(address, data | {"key": f"{place:k<20}"}).status_code == status
    assert set(RuleValue.objects.values_list("place_code", flat=True)) == {"C1", "Y1"}


def test_a_refused_value_keeps_what_was_typed(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF, "RC1"))
    data = {"value": "999", "since": "2026-04-01", "source": "会议纪要", "key": "k" * 20}
    response = client.post(reverse("rule-set", args=["C1", "wall.child_days"]), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="999"' in page
    assert "会议纪要" in page
    assert 'id="id_value_error"' in page


def test_the_calendar_is_entered_and_changed_on_the_page(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF, "OF"))
    year = reverse("calendar-year", args=[2026])
    assert client.post(year, {"what": "seed", "key": "a" * 20}).status_code == 302
    day = {"day": "2026-02-14", "kind": "week", "name": "", "key": "b" * 20}
    assert client.post(reverse("calendar-day", args=[2026]), day).status_code == 302
    assert not SpecialDay.objects.filter(day="2026-02-14").exists()
    assert "2026年2月28日" in client.get(year).content.decode()
    assert not rules.calendar().provisional(world.now.date())


def test_a_year_out_of_bounds_is_not_there(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF, "OF"))
    assert client.get("/desk/settings/calendar/1999/").status_code == 404


def test_the_settings_take_the_same_queries_with_many_values(world, as_user):
    from linli.rules import services
    from linli.rules.policy.defaults import DEFAULTS

    client = as_user(world.user(Role.SUBDISTRICT_STAFF, "W"))

    def count():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("settings")).status_code == 200
        return len(caught)

    few = count()
    for code, default in DEFAULTS.items():
        services.set_value(
            code,
            place_code="S",
            value=default.value,
            since=world.now.date(),
            source="x",
            by=world.by,
            now=world.now,
            key=world.key(),
        )
    assert count() == few
