"""Words of a worker's duty: what somebody is, which telephone stands there, why a duty ended."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class WorkerKind(Labelled):
    """As what somebody works for a cell (art. 7 of the Binzhou regulations: committee or party members may).

    The words are short: they stand below a name on posters.
    """

    STAFF = "staff", gettext_noop("Community worker")
    COMMITTEE = "committee", gettext_noop("Committee member")
    MEMBER = "member", gettext_noop("Party member here")
    PROPERTY = "property", gettext_noop("Property staff")
    VOLUNTEER = "volunteer", gettext_noop("Volunteer")


class PhoneUse(Labelled):
    """Whose a telephone is and who reads it. A personal number that nobody may read is not kept here at all."""

    WORK = "work", gettext_noop("Work telephone, for everybody")
    INSIDE = "inside", gettext_noop("Work telephone, for the desk only")
    AGREED = "agreed", gettext_noop("The worker's own telephone, for everybody: the worker agrees")


PUBLIC = frozenset({PhoneUse.WORK, PhoneUse.AGREED})
"""What the posted notice and the page of the cell show."""


class WorkerEnd(Labelled):
    """Why a duty ended."""

    BY_HAND = "by_hand", gettext_noop("Ended by the unit")
    CELL_GONE = "cell_gone", gettext_noop("The map has no such cell any more")
    DIED = "died", gettext_noop("The worker has died")
