"""Requests of members about their data (PIPL arts. 45–47)."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class RequestKind(Labelled):
    """What a member asks for."""

    CORRECT = "correct", gettext_noop("Correct something")
    ERASE = "erase", gettext_noop("Erase my phone number, which is optional")


class RequestState(Labelled):
    """Where a request stands."""

    OPEN = "open", gettext_noop("Waiting for an answer")
    DONE = "done", gettext_noop("Done")
    REFUSED = "refused", gettext_noop("Refused, with the reason")


ANSWERS = (RequestState.DONE, RequestState.REFUSED)
"""What an open request can become; there is no other way."""
OPTIONAL = ("phone",)
"""Fields of a member that are erased on request, as the register of personal data has them."""
