"""The end of a role: today, once, and not by who holds it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.access.roles import Role
from linli.accounts import services
from linli.accounts.models import RoleGrant
from linli.lib.clock import local_date
from linli.lib.errors import Refusal


def end(world, grant, **changes):
    services.end_role(grant, **{"by": world.by, "now": world.now, "key": world.key()} | changes)


def test_a_role_ends_today_and_its_record_stays(world):
    grant = world.user(Role.SECRETARY, "BY1").role_grants.get()
    end(world, grant)
    assert RoleGrant.objects.get(pk=grant.pk).valid_to == local_date(world.now)


def test_a_role_given_today_is_taken_back_whole(world):
    user = world.user(totp=False)
    grant = services.grant_role(
        user, role=Role.SECRETARY, body=world.bodies["BY1"], by=world.by, now=world.now, key=world.key()
    )
    end(world, grant)
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


def test_a_role_ends_once(world):
    grant = world.user(Role.SECRETARY, "BY1", ended=True).role_grants.get()
    until = grant.valid_to
    with pytest.raises(Refusal) as refused:
        end(world, grant, now=world.now + timedelta(days=3))
    assert refused.value.code == "role-ended"
    grant.refresh_from_db()
    assert grant.valid_to == until
