"""Refusals that several services of points share."""

from __future__ import annotations

from datetime import date

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


def no_sheet(day: date) -> Refusal:
    """Return the refusal for a day before the first indicator sheet."""
    return Refusal(
        "no-sheet",
        gettext_noop("There was no indicator sheet on %(day)s yet; check the date."),
        field="deed_on",
        day=day.isoformat(),
    )


def closed_meanwhile() -> Refusal:
    """Return the refusal for lines of a month that somebody closed at the same moment."""
    return Refusal(
        "month-closing",
        gettext_noop("A colleague closed the month at this moment; send this once more, it goes into the next month."),
    )


def same_person() -> Refusal:
    """Return the refusal for one who recorded the deed or earns by it."""
    return Refusal(
        "second-person",
        gettext_noop("Who recorded a deed or earns by it cannot confirm it; ask a deputy or the body above."),
    )


def not_scored(name: str) -> Refusal:
    """Return the refusal for a member of a class that takes no part in points."""
    return Refusal(
        "member-not-scored",
        gettext_noop("%(name)s is in a class that takes no part in points; nothing was recorded."),
        field="members",
        name=name,
    )


def without_unit(name: str) -> Refusal:
    """Return the refusal for a member who belongs to no branch today."""
    return Refusal(
        "member-without-unit",
        gettext_noop("%(name)s belongs to no branch today; enter the branch in the register first."),
        field="members",
        name=name,
    )


def settled() -> Refusal:
    """Return the refusal for a deed that was confirmed or refused before."""
    return Refusal("deed-settled", gettext_noop("This deed was settled already; load the page again."))
