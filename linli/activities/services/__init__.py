"""Writes of activities: kinds, plans, sign-in, rolls. Every service locks the activity's row first."""

from linli.activities.services.kinds import ensure_default_kinds, ensure_kind
from linli.activities.services.plans import cancel, change, hand_over, plan
from linli.activities.services.rolls import confirm_roll, record_roll, return_roll
from linli.activities.services.signing import forget_wrong_codes, scan, sign_in
from linli.activities.services.twice import pass_on

__all__ = [
    "cancel",
    "change",
    "confirm_roll",
    "ensure_default_kinds",
    "ensure_kind",
    "forget_wrong_codes",
    "hand_over",
    "pass_on",
    "plan",
    "record_roll",
    "return_roll",
    "scan",
    "sign_in",
]
