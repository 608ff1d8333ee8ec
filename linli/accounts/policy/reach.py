"""Whose account may somebody take in hand."""

from __future__ import annotations

from collections.abc import Iterable

from linli.access.decide import Actor, Grant, grantable_at
from linli.access.roles import Role


def may_grant(actor: Actor, role: Role, path: str) -> bool:
    """Tell whether `actor` may give or end `role` at the body whose path is `path`.

    The house itself and commands (nobody signed in) may.
    """
    return not actor.signed_in or role in grantable_at(actor, path)


def may_reset(actor: Actor, grants: Iterable[Grant]) -> bool:
    """Tell whether `actor` may print a new slip for the holder of `grants`.

    Only where it could give every one of these roles: else a slip would be a way to more rights.
    """
    return all(may_grant(actor, grant.role, grant.path) for grant in grants)
