"""Writes of users and their roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest

from linli.access.decide import Actor, Grant
from linli.access.roles import Role
from linli.accounts import queries
from linli.accounts.models import Invitation, RoleGrant, User
from linli.accounts.policy import codes
from linli.accounts.policy.reach import may_grant, may_reset
from linli.accounts.policy.sealing import seal, unseal
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.organisations.models import Body


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed: the only place where the code stands readable."""

    user: User
    code: str
    dies_at: datetime


def secret() -> bytes:
    """Return the key under which codes are derived and digested."""
    return settings.SECRET_KEY.encode()


def admitted(request: HttpRequest, action: str) -> bool:
    """Count a request of an address against its limit for `action` (settings); tell whether it is within.

    Where our proxies tell no address nobody is limited.
    """
    if queries.client_address(request) is None:
        return True
    return ratelimit.consume(request, app="allauth.account", action=action, limit_get=True) is not None


def make_user(
    *,
    username: str,
    shown_name: str,
    by: Actor,
    now: datetime,
    key: str,
    password: str | None = None,
    outside_party: bool = False,
) -> User:
    """Make an account; without `password` it waits for an invitation slip. Refused: a taken user name.

    `outside_party`: the holder is no party member; as `set_outside_party`.
    """
    with writing("user.make", by=by, now=now, key=key) as event:
        if User.objects.filter(username=username).exists():
            raise _taken(username)
        user = User(username=username, shown_name=shown_name, date_joined=now, outside_party=outside_party)
        user.set_password(password)
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as fault:  # the name is all that must be unique: somebody took it at this moment
            raise _taken(username) from fault
        event.about(f"user:{user.pk}", outside_party=outside_party)
    return user


def _taken(username: str) -> Refusal:
    return Refusal(
        "user-name",
        gettext_noop("The user name %(name)s is taken; choose another."),
        field="username",
        name=username,
    )


def set_outside_party(user: User, *, outside: bool, by: Actor, now: datetime, key: str) -> User:
    """Put on record that the holder of the account is no party member, or (not `outside`) take that back.

    Until that is said, or a member is linked, the account confirms nothing: the house could not know the own
    deeds. Refused: one's own account, an account that a member has, one with a role that `by` could not give.
    """
    with writing("user.outside_party", by=by, now=now, key=key) as event:
        user = User.objects.select_for_update().get(pk=user.pk)
        if user.pk == by.user_id:
            raise Refusal("outside-own", gettext_noop("You cannot say this of your own account; ask a colleague."))
        if outside and User.objects.filter(pk=user.pk, member__isnull=False).exists():
            raise Refusal(
                "outside-member",
                gettext_noop("%(user)s is linked to a party member; nothing was changed."),
                user=str(user),
            )
        _check_resettable(user, by, now)
        user.outside_party = outside
        user.save(update_fields=["outside_party"])
        event.about(f"user:{user.pk}", outside_party=outside)
    return user


def grant_role(
    user: User, *, role: Role, body: Body, by: Actor, now: datetime, key: str, since: date | None = None
) -> RoleGrant:
    """Grant `role` at `body` from `since` (default: today). Locks the user.

    Refused: a role that `by` may not give there, one to oneself, a grant that holds already.
    """
    day = since or local_date(now)
    with writing("role.grant", by=by, now=now, key=key) as event:
        _check_grantable(by, role, body)
        User.objects.select_for_update().get(pk=user.pk)
        if by.signed_in and user.pk == by.user_id:
            raise Refusal("role-own", gettext_noop("You cannot give a role to yourself; ask a colleague."))
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
    """End a grant today; it is gone on the next request. One begun today is taken back whole.

    Refused: a role that `by` may not give there, one of one's own roles, a grant that has ended.
    """
    day = local_date(now)
    with writing("role.end", by=by, now=now, key=key) as event:
        _check_grantable(by, Role(grant.role), grant.body)
        if grant.user_id == by.user_id:
            raise Refusal("role-own", gettext_noop("You cannot end a role of your own; ask a colleague."))
        if grant.valid_to is not None and grant.valid_to <= day:
            raise Refusal("role-ended", gettext_noop("This role has ended already; nothing was changed."))
        event.about(f"user:{grant.user_id}", role=grant.role, body=grant.body.code)
        if grant.valid_from >= day:
            grant.delete()
            return
        grant.valid_to = day
        grant.save(update_fields=["valid_to"])


def invite(user: User, *, by: Actor, now: datetime, key: str, drop_second_factor: bool = False) -> Slip:
    """Make a new slip for `user`: ends the old password, every session and older slips.

    With `drop_second_factor` (the phone is lost) the second factor goes too and is set up anew at the next
    log-in. Locks the user. Refused: an account with a role that `by` could not give, one's own account.
    """
    with writing("user.invite", by=by, now=now, key=key) as event:
        user = User.objects.select_for_update().get(pk=user.pk)
        if user.pk == by.user_id:
            raise Refusal("slip-own", gettext_noop("This is your own account; change your password instead."))
        if not _check_resettable(user, by, now) and by.signed_in:
            raise Refusal(
                "slip-no-role",
                gettext_noop("%(user)s has no role today; give a role first, then print a slip."),
                user=str(user),
            )
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.invitations.filter(used_at=None, dies_at__gt=now).update(dies_at=now)
        if drop_second_factor:
            Authenticator.objects.filter(user=user).delete()
        code, dies_at = codes.code_of(key, secret()), now + timedelta(days=settings.INVITATION_DAYS)
        Invitation.objects.create(user=user, digest=codes.digest(code, secret()), made_at=now, dies_at=dies_at)
        event.about(f"user:{user.pk}", second_factor_dropped=drop_second_factor)
    return Slip(user, code, dies_at)


def open_account(
    *,
    username: str,
    shown_name: str,
    role: Role,
    body: Body,
    by: Actor,
    now: datetime,
    key: str,
    outside_party: bool = False,
) -> Slip:
    """Make an account with its first role and a slip for its first password, all or nothing."""
    with writing("account.open", by=by, now=now, key=key) as event:
        user = make_user(
            username=username, shown_name=shown_name, outside_party=outside_party, by=by, now=now, key=f"{key}:user"
        )
        grant_role(user, role=role, body=body, by=by, now=now, key=f"{key}:grant")
        slip = invite(user, by=by, now=now, key=f"{key}:slip")
        event.about(f"user:{user.pk}", role=role.value, body=body.code)
    return slip


def use_invitation(*, code: str, password: str, by: Actor, now: datetime, key: str) -> User:
    """Set the password with the code of a slip, once. Locks the slip.

    Refused: what cannot be a code, and a code that is unknown, used or dead (the same words for all three).
    """
    with writing("invitation.use", by=by, now=now, key=key) as event:
        wanted = codes.digest(code, secret())
        slip = Invitation.objects.select_for_update().filter(digest=wanted, used_at=None, dies_at__gt=now).first()
        if slip is None:
            raise Refusal(
                "invitation-dead",
                gettext_noop(
                    "This code does not work: it was used, is older than 7 days or was replaced. Ask for a new slip."
                ),
                field="code",
            )
        slip.used_at = now
        slip.save(update_fields=["used_at"])
        slip.user.set_password(password)
        slip.user.save(update_fields=["password"])
        event.about(f"user:{slip.user_id}")
    return slip.user


def _check_resettable(user: User, by: Actor, now: datetime) -> list[Grant]:
    """Return what the account holds today or later. Refused: a role that `by` could not give."""
    holds = Q(valid_to=None) | Q(valid_to__gt=local_date(now))
    grants = RoleGrant.objects.filter(holds, user=user).values_list("role", "body__path")
    held = [Grant(Role(role), path) for role, path in grants]
    if not may_reset(by, held):
        raise Refusal(
            "slip-above",
            gettext_noop("%(user)s has a role that you cannot give; ask the office that gave it."),
            user=str(user),
        )
    return held


def _check_grantable(by: Actor, role: Role, body: Body) -> None:
    if not may_grant(by, role, body.path):
        raise Refusal(
            "role-not-yours",
            gettext_noop("You cannot give or end the role %(role)s at %(body)s; ask the office above."),
            field="role",
            role=role,
            body=body.name,
        )


def give_totp(user: User, *, secret: str, by: Actor, now: datetime, key: str) -> None:
    """Give `user` the second factor with this base32 `secret`, in the place of an earlier one.

    For set-up by those who answer for the house; people set up their own on their own page.
    """
    with writing("user.give_totp", by=by, now=now, key=key) as event:
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        TOTP.activate(user, secret)
        event.about(f"user:{user.pk}")


def reseal_factors(*, by: Actor, now: datetime, key: str) -> int:
    """Seal every readable second factor under the newest secret of the server; return how many changed.

    Locks each. After that an older secret can leave LINLI_SECRET_KEY_FALLBACKS.
    """
    with writing("user.reseal_factors", by=by, now=now, key=key) as event:
        keys = queries.sealing_secrets()
        wanted = [factor.pk for factor in queries.stale_factors()]
        for factor in Authenticator.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
            for name, texts in queries.sealed_texts(factor).items():
                fresh = [seal(plain, keys) if (plain := unseal(text, keys)) is not None else text for text in texts]
                factor.data[name] = fresh if isinstance(factor.data[name], list) else fresh[0]
            factor.save(update_fields=["data"])
        event.about("second_factors", count=len(wanted))
    return len(wanted)
