"""The one question: may this actor do that at this node? A role at a node covers its subtree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linli.access.catalogue import CONFIRMING, Permission
from linli.access.roles import PERMISSIONS, STAFF, Role, grantable
from linli.lib.paths import covers, topmost


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at the body whose path is `path`; only grants that hold today reach an actor."""

    role: Role
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a signed-in person with grants and perhaps a membership, a visitor, or the house itself."""

    name: str = ""
    user_id: int | None = None
    member_id: int | None = None
    grants: tuple[Grant, ...] = ()
    second_factor: bool = False
    outside_party: bool = False
    """Whether it is on record that the account's holder is no party member."""

    @property
    def signed_in(self) -> bool:
        """Whether somebody has logged in."""
        return self.user_id is not None

    @property
    def staff(self) -> bool:
        """Whether one of the roles asks for a second factor."""
        return any(grant.role in STAFF for grant in self.grants)

    @property
    def ref(self) -> str:
        """The actor as a text reference for the audit log; names no person."""
        return f"user:{self.user_id}" if self.signed_in else self.name or "visitor"

    @property
    def held_back(self) -> bool:
        """Whether the roles sleep because staff has no second factor yet."""
        return self.staff and not self.second_factor

    @property
    def unnamed(self) -> bool:
        """Whether confirming sleeps: a role could confirm, and nobody said which member the holder is, or none."""
        known = self.member_id is not None or self.outside_party
        return not known and any(PERMISSIONS[grant.role] & CONFIRMING for grant in self.grants)

    def sleeps(self, permission: Permission) -> bool:
        """Tell whether `permission` sleeps until the second factor, or the member behind the account, is known."""
        return self.held_back or (permission in CONFIRMING and self.unnamed)

    def may(self, permission: Permission) -> bool:
        """Tell whether `permission` is held at any node at all, and awake."""
        return bool(self.reach(permission))

    def reach(self, permission: Permission) -> tuple[str, ...]:
        """Return the topmost body paths below which `permission` is held; none while it sleeps."""
        return topmost(self.seats(permission))

    def seats(self, permission: Permission) -> frozenset[str]:
        """Return the paths of the bodies at which `permission` was given, without those below; none while it sleeps."""
        if self.sleeps(permission):
            return frozenset()
        return frozenset(grant.path for grant in self.grants if permission in PERMISSIONS[grant.role])


VISITOR = Actor()
SYSTEM = Actor(name="system")


def allowed(actor: Actor, permission: Permission, path: str) -> bool:
    """Tell whether `actor` holds `permission` at the body whose path is `path`."""
    return any(covers(upper, path) for upper in actor.reach(permission))


def grantable_at(actor: Actor, path: str) -> frozenset[Role]:
    """Return the roles that `actor` may give at the body whose path is `path`."""
    sets: Iterable[frozenset[Role]] = (grantable(g.role) for g in actor.grants if covers(g.path, path))
    return frozenset().union(*sets)
