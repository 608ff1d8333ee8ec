"""Writes of points."""

from linli.points.services.bulletins import prepare_bulletin, publish_bulletin, reopen_bulletin
from linli.points.services.ledger import (
    Award,
    award,
    confirm_deed,
    ensure_default_sheet,
    record_deed,
    refuse_deed,
)

__all__ = [
    "Award",
    "award",
    "confirm_deed",
    "ensure_default_sheet",
    "prepare_bulletin",
    "publish_bulletin",
    "record_deed",
    "refuse_deed",
    "reopen_bulletin",
]
