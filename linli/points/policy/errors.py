"""Refusals that several services of points share."""

from __future__ import annotations

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop


def unknown_indicator(code: str) -> Refusal:
    """Return the refusal for an indicator that the sheet of the day does not have."""
    return Refusal(
        "indicator-unknown",
        gettext_noop("There is no indicator %(code)s on the sheet of that day; choose one of the sheet."),
        field="indicator",
        code=code,
    )


def same_person() -> Refusal:
    """Return the refusal for one who recorded the deed or earns by it."""
    return Refusal(
        "second-person",
        gettext_noop("Who recorded a deed or earns by it cannot confirm it; ask a deputy or the secretary above."),
    )
