"""Reads: who is the actor, which bodies and places does a permission reach."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from linli.access.decide import VISITOR, Actor, Grant
from linli.access.roles import Role
from linli.accounts.models import RoleGrant, User


def actor_of_user(user: User | AnonymousUser, today: date) -> Actor:
    """Return the actor for a signed-in user with the grants that hold today; a visitor otherwise."""
    if user.pk is None:
        return VISITOR
    grants = RoleGrant.objects.on(today).filter(user_id=user.pk).values_list("role", "body__path")
    member = User.objects.filter(pk=user.pk).values_list("member__id", flat=True).first()
    return Actor(
        name=str(user),
        user_id=user.pk,
        member_id=member,
        grants=tuple(Grant(Role(role), path) for role, path in grants),
        second_factor=Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists(),
    )
