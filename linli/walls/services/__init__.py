"""Writes of the walls: set up, report, handle, follow up, and the rounds of the clock."""

from linli.walls.services.following import reopen, satisfied
from linli.walls.services.handling import accept, decline, escalate, reply
from linli.walls.services.reporters import pass_on
from linli.walls.services.reporting import Reported, report
from linli.walls.services.rounds import close_due, escalate_due
from linli.walls.services.setup import ensure_categories, hand_over, open_wall, print_poster, set_category
from linli.walls.services.showing import hide_words, show_photo

__all__ = [
    "Reported",
    "accept",
    "close_due",
    "decline",
    "ensure_categories",
    "escalate",
    "escalate_due",
    "hand_over",
    "hide_words",
    "open_wall",
    "pass_on",
    "print_poster",
    "reopen",
    "reply",
    "report",
    "satisfied",
    "set_category",
    "show_photo",
]
