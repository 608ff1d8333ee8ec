"""Writes of who answers for what."""

from linli.grid.services.links import end_departed, link, pass_on, unlink
from linli.grid.services.workers import (
    appoint,
    change,
    end,
    end_over,
    publish_notice,
    reseal,
    take_back_notice,
    withdraw_phone,
)

__all__ = [
    "appoint",
    "change",
    "end",
    "end_departed",
    "end_over",
    "link",
    "pass_on",
    "publish_notice",
    "reseal",
    "take_back_notice",
    "unlink",
    "withdraw_phone",
]
