"""Who confirms is known as a member, or is on record as none; until then confirming sleeps and says why."""

from __future__ import annotations

import pytest
from django.urls import reverse

from linli.access.catalogue import CONFIRMING, Permission
from linli.access.roles import PERMISSIONS, Role
from linli.accounts import services
from linli.accounts.models import User
from linli.lib.errors import Refusal
from linli.members import services as members
from tests.activities.making import recorded
from tests.catalogue.points import deed

CONFIRMERS = [role for role in Role if PERMISSIONS[role] & CONFIRMING]
TOLD = "您还不能确认"


def by(world):
    return {"by": world.by, "now": world.now, "key": world.key()}


@pytest.mark.parametrize("role", CONFIRMERS)
def test_confirming_sleeps_until_it_is_said_and_nothing_else_does(world, role):
    user = world.user(role, "G1", outside=False)
    actor = world.actor_of(user)
    asleep = {permission for permission in PERMISSIONS[role] if not actor.may(permission)}
    assert asleep == CONFIRMING
    assert actor.reach(Permission.ROLL_CONFIRM) == ()
    services.set_outside_party(user, outside=True, **by(world))
    assert world.actor_of(user).may(Permission.ROLL_CONFIRM)
    services.set_outside_party(user, outside=False, **by(world))
    assert not world.actor_of(user).may(Permission.POINTS_CONFIRM)


def test_a_linked_member_confirms_and_is_no_longer_outside(world):
    user = world.user(Role.DEPUTY, "BY1")
    members.link_account(world.members["BY1"][1], user=user, **by(world))
    assert not User.objects.get(pk=user.pk).outside_party
    assert world.actor_of(user).may(Permission.ROLL_CONFIRM)
    with pytest.raises(Refusal) as refused:
        services.set_outside_party(user, outside=True, **by(world))
    assert refused.value.code == "outside-member"


def test_a_role_that_confirms_nothing_needs_no_word(world):
    assert not world.actor_of(world.user(Role.OPERATOR, outside=False)).unnamed
    assert not world.actor_of(world.user(Role.GROUP_LEADER, "BG1", outside=False)).unnamed


def pages(world):
    activity = recorded(world)
    return [
        reverse("activity-confirm", args=[activity.pk]),
        reverse("desk-deeds"),
        reverse("deed-confirm", kwargs=deed(world)),
    ]


def test_the_page_refuses_and_says_what_to_do(world, as_user):
    client = as_user(world.user(Role.SECRETARY, "BY1", outside=False))
    for address in pages(world):
        for response in (client.get(address), client.post(address, {"key": "k" * 20, "seen": 1})):
            assert response.status_code == 403
            assert response.content.decode().count(TOLD) == 1
    assert TOLD in client.get("/me/").content.decode()


def test_nobody_else_reads_that_sentence(world, as_user):
    for user in (world.user(Role.SECRETARY, "BY1"), world.user(Role.GRID_WORKER, "RC1", outside=False)):
        client = as_user(user)
        for address in ("/me/", reverse("activity-confirm", args=[recorded(world).pk])):
            assert TOLD not in client.get(address).content.decode()


def test_it_is_said_by_a_colleague_who_gives_such_roles(world, as_user):
    person = world.user(Role.SECRETARY, "BY1", outside=False)
    above = world.user(Role.SUBDISTRICT_STAFF)
    staff = world.user(Role.COMMUNITY_STAFF, "G1", outside=False)
    client = as_user(staff)
    account = reverse("account", args=[person.pk])
    assert "此人还不能确认" in client.get(account).content.decode()
    given = {"outside_party": "on", "key": "k" * 20}
    assert client.post(reverse("account-member", args=[person.pk]), given).status_code == 302
    assert world.actor_of(User.objects.get(pk=person.pk)).may(Permission.ROLL_CONFIRM)
    assert "此人还不能确认" not in client.get(account).content.decode()
    for user, code in ((staff, "outside-own"), (above, "slip-above")):
        with pytest.raises(Refusal) as refused:
            services.set_outside_party(user, outside=True, by=world.actor_of(staff), now=world.now, key=world.key())
        assert refused.value.code == code


@pytest.mark.parametrize("outside", [True, False])
def test_a_new_account_says_it_at_once_or_the_slip_reminds(world, as_user, outside):
    client = as_user(world.user(Role.COMMUNITY_STAFF, "G1"))
    given = {"shown_name": "赵六", "username": "zhaoliu", "body": "BY1", "role": "deputy", "key": "k" * 20}
    response = client.post(reverse("account-new"), given | ({"outside_party": "on"} if outside else {}))
    assert ("此人还不能确认" in response.content.decode()) is not outside
    assert User.objects.get(username="zhaoliu").outside_party is outside
