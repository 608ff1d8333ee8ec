from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.access.decide import Actor, Grant
from linli.access.roles import Role
from linli.accounts import services
from linli.accounts.models import Invitation, User
from linli.accounts.policy.codes import code_of, digest
from linli.accounts.policy.reach import may_grant, may_reset
from linli.lib.errors import Refusal, Repeated

PASSWORD = "春江潮水连海平，海上明月"


@pytest.fixture(autouse=True)
def _no_old_counts():
    cache.clear()


def slip(world, user=None, **changes):
    given = {"by": world.by, "now": world.now, "key": world.key()} | changes
    return services.invite(user or world.user(totp=False), **given)


def use(world, code, password=PASSWORD, **changes):
    given = {"by": world.by, "now": world.now, "key": world.key()} | changes
    return services.use_invitation(code=code, password=password, **given)


def test_a_code_sets_the_password_once(world):
    made = slip(world)
    assert use(world, made.code).check_password(PASSWORD)
    with pytest.raises(Refusal) as refused:
        use(world, made.code)
    assert refused.value.code == "invitation-dead"


def test_only_a_digest_is_stored(world):
    made = slip(world)
    stored = Invitation.objects.get(user=made.user).digest
    assert made.code.replace(" ", "") not in stored
    assert re.fullmatch("[0-9a-f]{64}", stored)


def test_a_slip_dies_after_seven_days(world):
    made = slip(world)
    use_at = world.now + timedelta(days=7)
    with pytest.raises(Refusal):
        use(world, made.code, now=use_at)
    assert use(world, made.code, now=use_at - timedelta(seconds=1))


def test_a_new_slip_kills_the_old_one(world):
    user = world.user(totp=False)
    old, new = slip(world, user), slip(world, user)
    with pytest.raises(Refusal):
        use(world, old.code)
    assert use(world, new.code)


def test_a_new_slip_ends_password_and_sessions(world, as_user):
    user = world.user(Role.SECRETARY, "BR1")
    user.set_password(PASSWORD)
    user.save()
    client = as_user(user)
    assert client.get(reverse("me")).status_code == 200
    slip(world, user)
    assert client.get(reverse("me")).status_code == 302
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_the_second_factor_goes_only_when_asked(world):
    user = world.user(Role.SECRETARY, "BR1")
    slip(world, user)
    assert world.actor_of(user).second_factor
    slip(world, user, drop_second_factor=True)
    assert not world.actor_of(user).second_factor


def test_nobody_prints_a_slip_for_more_rights_than_his_own(world):
    operator = world.user(Role.OPERATOR, "RC1")
    staff = world.actor(Role.COMMUNITY_STAFF, "RC1")
    with pytest.raises(Refusal) as refused:
        slip(world, operator, by=staff)
    assert refused.value.code == "slip-above"


def test_a_role_elsewhere_counts_too(world):
    user = world.user(Role.GRID_WORKER, "RC1")
    services.grant_role(
        user, role=Role.GRID_WORKER, body=world.bodies["RC2"], by=world.by, now=world.now, key=world.key()
    )
    with pytest.raises(Refusal):
        slip(world, user, by=world.actor(Role.COMMUNITY_STAFF, "RC1"))


def test_ones_own_account_is_left_to_others(world):
    user = world.user(Role.COMMUNITY_STAFF, "RC1")
    with pytest.raises(Refusal) as refused:
        slip(world, user, by=world.actor_of(user))
    assert refused.value.code == "slip-own"
    with pytest.raises(Refusal) as refused:
        services.end_role(user.role_grants.get(), by=world.actor_of(user), now=world.now, key=world.key())
    assert refused.value.code == "role-own"


@pytest.mark.parametrize(("role", "body"), [(Role.OPERATOR, "RC1"), (Role.GRID_WORKER, "RC2"), (Role.AUDITOR, "RC1")])
def test_a_role_that_one_may_not_give(world, role, body):
    staff, user = world.actor(Role.COMMUNITY_STAFF, "RC1"), world.user(Role.GRID_WORKER, "RC1")
    with pytest.raises(Refusal) as refused:
        services.grant_role(user, role=role, body=world.bodies[body], by=staff, now=world.now, key=world.key())
    assert refused.value.code == "role-not-yours"
    assert user.role_grants.count() == 1


def test_a_refused_grant_is_said_at_its_field(world, as_user):
    client = as_user(world.user(Role.OPERATOR, "RC1"))
    person = world.user(Role.GRID_WORKER, "RC1")
    address = reverse("account-grant", args=[person.pk])
    data = {"body": "RC1", "role": "grid_worker", "key": "k" * 20}
    response = client.post(address, data)
    assert response.status_code == 422
    assert "selected" in response.content.decode()


def test_the_slip_page_shows_the_same_code_when_sent_twice(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    person = world.user(Role.GRID_WORKER, "RC1")
    address, data = reverse("account-slip", args=[person.pk]), {"key": "k" * 20}
    pages = [client.post(address, data) for _ in range(2)]
    codes = [re.search(r"big-code\">([\d ]{24})<", page.content.decode())[1] for page in pages]
    assert codes[0] == codes[1]
    assert Invitation.objects.filter(user=person).count() == 1
    assert all("no-store" in page.headers["Cache-Control"] for page in pages)
    use(world, codes[0])
    assert client.post(address, data).status_code == 302


def test_a_slip_leads_to_a_password_and_a_log_in(world, as_user):
    desk = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    data = {"shown_name": "赵小六", "username": "zhao", "body": "RC1", "role": "grid_worker", "key": "k" * 20}
    page = desk.post(reverse("account-new"), data).content.decode()
    code = re.search(r"big-code\">([\d ]{24})<", page)[1]
    visitor = Client()
    given = {"code": code, "password": PASSWORD, "again": PASSWORD, "key": "i" * 20}
    assert visitor.post(reverse("invitation"), given).status_code == 200
    assert visitor.post(reverse("account_login"), {"login": "zhao", "password": PASSWORD}).status_code == 302
    assert visitor.get(reverse("me")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "123"}, "code"),
        ({"code": "1234 5678 9012 3456 7890"}, "code"),
        ({"password": "1234567890", "again": "1234567890"}, "password"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "another one here"}, "again"),
    ],
)
def test_what_is_refused_at_the_slip_page(world, changes, field):
    data = {"code": slip(world).code, "password": PASSWORD, "again": PASSWORD, "key": "i" * 20} | changes
    response = Client().post(reverse("invitation"), data)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()


def test_guessing_codes_is_limited_by_address(world):
    wrong = code_of("another", b"another")
    data = {"code": wrong, "password": PASSWORD, "again": PASSWORD}
    for number in range(20):
        assert Client().post(reverse("invitation"), data | {"key": f"{number:020d}"}).status_code == 422
    assert Client().post(reverse("invitation"), data | {"key": "x" * 20}).status_code == 429
    good = data | {"code": slip(world).code, "key": "y" * 20}
    elsewhere = Client(REMOTE_ADDR="10.0.0.8")
    assert elsewhere.post(reverse("invitation"), good).status_code == 200


def test_the_same_request_invites_once(world):
    user, key = world.user(totp=False), world.key()
    slip(world, user, key=key)
    with pytest.raises(Repeated):
        slip(world, user, key=key)


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse("accounts")).status_code == 200
        return len(caught)

    few = queries()
    for _ in range(30):
        world.user(Role.GRID_WORKER, "RC1")
    assert queries() == few


def test_the_list_shows_only_roles_in_my_reach(world, as_user):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "RC1"))
    mine, other = world.user(Role.GRID_WORKER, "RC1"), world.user(Role.GRID_WORKER, "RC2")
    services.grant_role(
        mine, role=Role.PARTNER_LIAISON, body=world.bodies["RC2"], by=world.by, now=world.now, key=world.key()
    )
    page = client.get(reverse("accounts")).content.decode()
    assert mine.username in page
    assert other.username not in page
    assert "组织RC2" not in page


def test_who_may_reset_whom():
    staff = Actor(user_id=1, grants=(Grant(Role.COMMUNITY_STAFF, "1.2."),))
    assert may_grant(staff, Role.SECRETARY, "1.2.5.")
    assert not may_grant(staff, Role.SECRETARY, "1.3.")
    assert may_reset(staff, [Grant(Role.SECRETARY, "1.2.5."), Grant(Role.MEMBER, "1.2.")])
    assert not may_reset(staff, [Grant(Role.SECRETARY, "1.2.5."), Grant(Role.MEMBER, "1.3.")])
    assert may_reset(staff, [])


def test_codes_depend_on_key_and_secret():
    assert code_of("a", b"s") == code_of("a", b"s")
    assert len({code_of("a", b"s"), code_of("b", b"s"), code_of("a", b"t")}) == 3
    assert digest(code_of("a", b"s"), b"s") != digest(code_of("a", b"s"), b"t")
