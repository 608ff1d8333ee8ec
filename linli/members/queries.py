"""Reads of members."""

from __future__ import annotations

from collections.abc import Iterable

from linli.members.models import Consent
from linli.members.policy.kinds import Purpose


def consenting(numbers: Iterable[str], purpose: Purpose) -> frozenset[str]:
    """Return those of the member numbers whose consent to `purpose` holds today."""
    held = Consent.objects.filter(member__number__in=list(numbers), purpose=purpose, withdrawn_at=None)
    return frozenset(held.values_list("member__number", flat=True))
