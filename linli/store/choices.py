"""Enumerations of the policy as choices of a field."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from linli.lib.words import Labelled


def choices(kind: Iterable[Labelled]) -> list[tuple[str, str | Promise]]:
    """Return the members of `kind` as (value, translated label)."""
    return [(member.value, gettext_lazy(member.label)) for member in kind]
