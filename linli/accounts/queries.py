"""Reads: who is the actor, which bodies and places does a permission reach."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest

from linli.access.catalogue import Permission
from linli.access.decide import VISITOR, Actor, Grant
from linli.access.roles import Role
from linli.accounts.models import Invitation, RoleGrant, User
from linli.accounts.policy.sealing import stale, unseal
from linli.organisations.queries import below
from linli.store import sealed
from linli.store.statements import prepared
from linli.store.validity import holds_on


def held(today: date) -> QuerySet[RoleGrant]:
    """Return the grants that hold `today`: a role ends with the body at which it was given."""
    return RoleGrant.objects.on(today).filter(holds_on(today, "body__"))


def actor_of_user(user: User | AnonymousUser, today: date) -> Actor:
    """Return the actor for a signed-in user with the grants that hold today; a visitor otherwise.

    Who belongs to no unit today has left the register, and is no member here.
    """
    if user.pk is None:
        return VISITOR
    [(linked, outside_party, belongs, has_factor)] = _known(user.pk, today) or [(None, False, None, False)]
    return Actor(
        name=str(user),
        user_id=user.pk,
        member_id=linked if belongs else None,
        grants=tuple(Grant(Role(role), path) for role, path in _held_by(user.pk, today)),
        second_factor=has_factor,
        outside_party=outside_party,
    )


@prepared
def _known(user: int, today: date) -> QuerySet[User, tuple[Any, ...]]:
    """Ask which member a user is, whether said to be none, in which unit today, and whether there is a factor."""
    unit = FilteredRelation("member__memberships", condition=holds_on(today, "member__memberships__"))
    found = _told(User.objects.filter(pk=user)).annotate(unit=unit)
    return found.order_by("pk").values_list("member__id", "outside_party", "unit__id", "has_factor")[:1]


@prepared
def _held_by(user: int, today: date) -> QuerySet[RoleGrant, tuple[str, str]]:
    return held(today).filter(user__pk=user).values_list("role", "body__path")


def _grants(actor: Actor) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(below(actor.reach(Permission.GRANT_MANAGE), "body__path"))


def accounts(actor: Actor, today: date, words: str = "") -> QuerySet[User]:
    """Return the people who have a role today at a body where `actor` gives roles, with these roles.

    `words` narrows to names that contain them.
    """
    holding = _grants(actor).filter(pk__in=held(today))
    found = User.objects.filter(Exists(holding.filter(user=OuterRef("pk"))))
    if words:
        found = found.filter(Q(shown_name__icontains=words) | Q(username__icontains=words))
    return _told(found).prefetch_related(_roles(holding)).order_by("shown_name", "username", "pk")


def account(actor: Actor, pk: int, today: date) -> User:
    """Return one person with roles where `actor` gives them, also past ones; 404 for anybody else."""
    grants = _grants(actor)
    found = _told(User.objects.filter(Exists(grants.filter(user=OuterRef("pk")))))
    person = found.prefetch_related(_roles(grants.filter(pk__in=held(today)))).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def grant(actor: Actor, pk: int, grant_pk: int) -> RoleGrant:
    """Return one grant of the person `pk` where `actor` gives roles; 404 otherwise."""
    found = _grants(actor).filter(user_id=pk, pk=grant_pk).select_related("body", "user").first()
    if found is None:
        raise Http404
    return found


def open_invitation(digest: str, now: datetime) -> Invitation | None:
    """Return the slip with this digest that still works."""
    return Invitation.objects.filter(digest=digest, used_at=None, dies_at__gt=now).select_related("user").first()


def own_roles(actor: Actor, today: date) -> list[RoleGrant]:
    """Return the roles that `actor` has today, with their bodies."""
    if actor.user_id is None:
        return []
    return list(held(today).filter(user_id=actor.user_id).select_related("body").order_by("body__path"))


def _roles(grants: QuerySet[RoleGrant]) -> Prefetch[Any]:
    return Prefetch("role_grants", grants.select_related("body").order_by("body__path"), to_attr="roles_today")


def _told(users: QuerySet[User]) -> QuerySet[User]:
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return users.annotate(has_factor=Exists(factor), is_member=Q(member__isnull=False))


def sealing_secrets() -> list[str]:
    """Return the secrets of the server under which second factors are sealed, the newest first."""
    return sealed.secrets()


def sealed_texts(factor: Authenticator) -> dict[str, list[str]]:
    """Return the texts of a second factor that the library seals, by their place in its data."""
    data: dict[str, Any] = factor.data
    found = {name: data[name] for name in ("secret", "seed", "migrated_codes") if name in data}
    return {name: texts if isinstance(texts, list) else [texts] for name, texts in found.items()}


def stale_factors() -> list[Authenticator]:
    """Return the second factors that can be read and are not sealed under the newest secret."""
    keys = sealing_secrets()
    return [
        factor
        for factor in Authenticator.objects.order_by("pk")
        if any(
            stale(text, keys) and unseal(text, keys) is not None
            for texts in sealed_texts(factor).values()
            for text in texts
        )
    ]


def unreadable_factors() -> int:
    """Return how many second factors no secret of the server can read."""
    keys = sealing_secrets()
    return sum(
        any(unseal(text, keys) is None for texts in sealed_texts(factor).values() for text in texts)
        for factor in Authenticator.objects.all()
    )


def client_address(request: HttpRequest) -> str | None:
    """Return the address from which the request came, as told by our own proxies only; None where unknown."""
    try:
        return str(account_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return None
