"""Writes of points: sheets, the ledger, deeds that wait for a second person, bulletins."""

from linli.points.services.bulletins import prepare_bulletin, publish_bulletin, reopen_bulletin
from linli.points.services.deeds import (
    confirm_deed,
    confirm_deeds,
    none_waits,
    record_deed,
    record_deeds,
    refuse_deed,
    reverse,
)
from linli.points.services.departures import take_back_departure
from linli.points.services.ledger import Award, award
from linli.points.services.sheets import ensure_default_sheet, ensure_sheet

__all__ = [
    "Award",
    "award",
    "confirm_deed",
    "confirm_deeds",
    "ensure_default_sheet",
    "ensure_sheet",
    "none_waits",
    "prepare_bulletin",
    "publish_bulletin",
    "record_deed",
    "record_deeds",
    "refuse_deed",
    "reopen_bulletin",
    "reverse",
    "take_back_departure",
]
