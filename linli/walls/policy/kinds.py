"""Words of the walls: levels, clocks, kinds of public events, causes of escalation, outcomes."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class Level(Labelled):
    """Child wall of a courtyard, mother wall of a community, wall of the subdistrict."""

    CHILD = "child", gettext_noop("Child wall")
    MOTHER = "mother", gettext_noop("Mother wall")
    STREET = "street", gettext_noop("Subdistrict wall")


class Clock(Labelled):
    """Class of a category: how soon it is to be answered. The lengths are rule values (`deadlines`)."""

    DANGER = "danger", gettext_noop("Danger")
    URGENT = "urgent", gettext_noop("Water, power, gas, heat")
    ORDINARY = "ordinary", gettext_noop("Ordinary")
    COMPLEX = "complex", gettext_noop("Complex")


class EventKind(Labelled):
    """What the public record of an issue shows, one line each."""

    POSTED = "posted", gettext_noop("Posted")
    ACCEPTED = "accepted", gettext_noop("Accepted")
    REPLIED = "replied", gettext_noop("Reply")
    ESCALATED = "escalated", gettext_noop("Passed up")
    DECLINED = "declined", gettext_noop("Declined")
    SATISFIED = "satisfied", gettext_noop("The reporter is satisfied")
    REOPENED = "reopened", gettext_noop("The reporter is not satisfied; opened again")
    CLOSED = "closed", gettext_noop("Closed")


class Cause(Labelled):
    """Why an issue moved up. A metric, not a penalty."""

    OVERDUE = "overdue", gettext_noop("The deadline passed without an answer")
    BY_HAND = "by_hand", gettext_noop("It cannot be solved here")


class Outcome(Labelled):
    """What a reply says about the problem itself."""

    SOLVED = "solved", gettext_noop("The problem is solved")
    EXPLAINED = "explained", gettext_noop("Not solved, or not yet: the reply says why and what comes next")
