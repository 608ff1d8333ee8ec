"""Words of a link, and who cannot answer for a door."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.kinds import Standing


class LinkEnd(Labelled):
    """Why a link ended."""

    PASSED_ON = "passed_on", gettext_noop("Passed on to another member")
    BY_HAND = "by_hand", gettext_noop("Ended at the desk")
    LEFT = "left", gettext_noop("The member left the register")
    AWAY = "away", gettext_noop("The member lives elsewhere or is out of touch")


AWAY = frozenset({Standing.MOBILE, Standing.LOST})
"""From its first day nobody finds this member behind a door of the neighbourhood."""
