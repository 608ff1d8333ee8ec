"""Writes of points: sheets, the ledger, deeds that wait for a second person, bulletins."""

from linli.points.services.deeds import (
    confirm_deed,
    confirm_deeds,
    record_deed,
    record_deeds,
    refuse_deed,
    reverse,
)
from linli.points.services.ledger import Award, award
from linli.points.services.sheets import ensure_sheet

__all__ = [
    "Award",
    "award",
    "confirm_deed",
    "confirm_deeds",
    "ensure_sheet",
    "record_deed",
    "record_deeds",
    "refuse_deed",
    "reverse",
]
