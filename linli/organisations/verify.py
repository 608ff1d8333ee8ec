"""Truths about the tree of bodies."""

from __future__ import annotations

from linli.lib.clock import local_date, now
from linli.lib.invariants import Invariant
from linli.lib.words import gettext_noop
from linli.organisations.models import Body, BodyParent
from linli.organisations.policy.kinds import ROOTS


def invariants() -> tuple[Invariant, ...]:
    """Return what must hold of the tree of bodies."""
    return (
        Invariant(
            "organisations.path",
            gettext_noop("The place of every body in the tree agrees with its dated parents"),
            _wrong_paths,
        ),
    )


def _wrong_paths() -> list[str]:
    today = local_date(now())
    parents = dict(BodyParent.objects.on(today).values_list("body_id", "parent__path"))
    lines = []
    for body in Body.objects.on(today):
        above = parents.get(body.pk, "")
        if body.path != f"{above}{body.pk}." or (not above and body.kind not in ROOTS):
            lines.append(f"{body.ref} {body.path}")
    return lines
