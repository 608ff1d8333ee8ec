"""Writes of users and their roles."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from linli.access.decide import Actor
from linli.access.roles import Role
from linli.accounts.models import RoleGrant, User
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.organisations.models import Body


def make_user(
    *, username: str, shown_name: str, by: Actor, now: datetime, key: str, password: str | None = None
) -> User:
    """Make an account; without `password` it waits for an invitation slip. Refused: a taken user name."""
    with writing("user.make", by=by, now=now, key=key) as event:
        if User.objects.filter(username=username).exists():
            raise Refusal(
                "user-name",
                gettext_noop("The user name %(name)s is taken; choose another."),
                field="username",
                name=username,
            )
        user = User(username=username, shown_name=shown_name, date_joined=now)
        user.set_password(password)
        user.save()
        event.about(f"user:{user.pk}")
    return user


def grant_role(
    user: User, *, role: Role, body: Body, by: Actor, now: datetime, key: str, since: date | None = None
) -> RoleGrant:
    """Grant `role` at `body` from `since` (default: today). Refused: a grant that holds already."""
    day = since or local_date(now)
    with writing("role.grant", by=by, now=now, key=key) as event:
        if RoleGrant.objects.on(day).filter(user=user, role=role, body=body).exists():
            raise Refusal(
                "role-held",
                gettext_noop("%(user)s has this role at %(body)s already; nothing was changed."),
                user=str(user),
                body=body.name,
            )
        grant = RoleGrant.objects.create(user=user, role=role, body=body, valid_from=day)
        event.about(f"user:{user.pk}", role=role.value, body=body.code)
    return grant


def end_role(grant: RoleGrant, *, by: Actor, now: datetime, key: str) -> None:
    """End a grant today; it is gone on the next request. One begun today is taken back whole."""
    day = local_date(now)
    with writing("role.end", by=by, now=now, key=key) as event:
        event.about(f"user:{grant.user_id}", role=grant.role, body=grant.body.code)
        if grant.valid_from >= day:
            grant.delete()
            return
        grant.valid_to = day
        grant.save(update_fields=["valid_to"])


def give_totp(user: User, *, secret: str, by: Actor, now: datetime, key: str) -> None:
    """Give `user` the second factor with this base32 `secret`, in the place of an earlier one.

    For set-up by those who answer for the house; people set up their own on their own page.
    """
    with writing("user.give_totp", by=by, now=now, key=key) as event:
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        TOTP.activate(user, secret)
        event.about(f"user:{user.pk}")
