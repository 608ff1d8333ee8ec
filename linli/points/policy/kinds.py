"""Words of the points module. Points come only from witnessed deeds."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class DeedType(Labelled):
    """What an indicator rewards: a witnessed deed.

    There is no value for a log-in, a view, a like, a forward, reading time or an online vote, and there
    never will be (国办函〔2026〕12号; rule I4).
    """

    ATTENDANCE = "attendance", gettext_noop("Attendance on a confirmed roll")
    MAKE_UP = "make_up", gettext_noop("Make-up study, verified")
    DUES = "dues", gettext_noop("Dues paid on time")
    PLEDGE = "pledge", gettext_noop("Pledge kept")
    SERVICE = "service", gettext_noop("Service, confirmed by those served")
    ISSUE = "issue", gettext_noop("Issue raised and resolved")
    CONTACT = "contact", gettext_noop("Contact with linked households")
    EMERGENCY = "emergency", gettext_noop("Emergency duty")
    HONOUR = "honour", gettext_noop("Commendation with document number")
    REVIEW = "review", gettext_noop("Result of the yearly review")
    ABSENCE = "absence", gettext_noop("Absence without leave or make-up")
    COMPLAINT = "complaint", gettext_noop("Verified complaint")
    BASE = "base", gettext_noop("Base at the start of the year")


class Unit(Labelled):
    """What one award counts."""

    TIME = "time", gettext_noop("each time")
    HOUR = "hour", gettext_noop("per hour")
    MONTH = "month", gettext_noop("per month")
    QUARTER = "quarter", gettext_noop("per quarter")
    LEVEL = "level", gettext_noop("by level")


class CapPeriod(Labelled):
    """The period within which a cap holds."""

    MONTH = "month", gettext_noop("month")
    QUARTER = "quarter", gettext_noop("quarter")
    YEAR = "year", gettext_noop("year")


class BulletinState(Labelled):
    """A bulletin is drafted at closing, open to objection, then frozen and published."""

    DRAFT = "draft", gettext_noop("Draft, open to objection")
    PUBLISHED = "published", gettext_noop("Published")


class DeedState(Labelled):
    """A deed recorded by hand waits for a second person."""

    WAITING = "waiting", gettext_noop("Waiting for a second person")
    CONFIRMED = "confirmed", gettext_noop("Confirmed")
    REFUSED = "refused", gettext_noop("Refused")
