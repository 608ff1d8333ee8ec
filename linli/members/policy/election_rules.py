"""Rules of elections up to the ballot and after it: E1–E3, E7–E9 (domain.md 1.4), and B7, the term."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from linli.lib.rulebook import Finding, Mark, Rule, Severity
from linli.lib.spans import months_after
from linli.lib.words import gettext_noop
from linli.members.policy.elections import Opening, Sending, Slate, Term, Timing
from linli.members.policy.kinds import Title

ELECTIONS = gettext_noop("Regulations on elections of grass-roots party organisations (2020)")
TIMING = gettext_noop("Regulations on elections of grass-roots party organisations (2020), art. 3")
CONGRESS = gettext_noop("Regulations on elections of grass-roots party organisations (2020), art. 4")
BRANCHES = gettext_noop("Regulations on the work of party branches (2018)")


def _four_fifths(opening: Opening) -> Finding | None:
    if opening.present * 100 >= opening.due * opening.percent:
        return None
    return Finding(
        E1,
        {"present": opening.present, "due": opening.due, "least": opening.least},
        gettext_noop(
            "%(present)d of the %(due)d voters came; the meeting is valid from %(least)d on. Set another day (E1)."
        ),
    )


def _surplus(slate: Slate) -> Finding | None:
    if slate.candidates >= slate.least:
        return None
    values = {"candidates": slate.candidates, "seats": slate.seats, "least": slate.least, "percent": slate.percent}
    words = gettext_noop(
        "%(candidates)d candidates for %(seats)d seats leave a surplus below %(percent)d %%; name at least "
        "%(least)d (E2)."
    )
    return Finding(E2, values, words)


def _officers(titles: Sequence[Title]) -> Finding | None:
    if titles.count(Title.SECRETARY) == 1:
        return None
    values = {"count": titles.count(Title.SECRETARY)}
    return Finding(
        E3, values, gettext_noop("%(count)d secretaries are named; the committee elects exactly one of its own (E3).")
    )


def _on_time(timing: Timing) -> Finding | None:
    if timing.term_until is None:
        return None
    values = {"term": timing.term_until.isoformat(), "months": timing.months, "ahead": timing.ahead}
    earliest, latest = (months_after(timing.term_until, sign * timing.months) for sign in (-1, 1))
    if not earliest <= timing.planned_on <= latest:
        return Finding(
            E7,
            values,
            gettext_noop(
                "The term ends on %(term)s; an election can be brought forward or put off by %(months)d months at "
                "most. Choose a nearer day (E7)."
            ),
        )
    usual = months_after(timing.term_until, -timing.ahead) <= timing.planned_on <= timing.term_until
    if usual or timing.document:
        return None
    return Finding(
        E7,
        values,
        gettext_noop(
            "The term ends on %(term)s; an election after it, or more than %(ahead)d months before, needs the approval "
            "of the body above. Give the number of its document (E7)."
        ),
    )


def _congress(sending: Sending) -> Finding | None:
    if sending.members < sending.least and not sending.dispersed:
        return Finding(
            E8,
            {"members": sending.members, "least": sending.least},
            gettext_noop(
                "There are %(members)d members; a congress of representatives is for %(least)d or more, or for "
                "members who live dispersed. Let all members vote, or say that they live dispersed (E8)."
            ),
        )
    if sending.document:
        return None
    return Finding(
        E8,
        {},
        gettext_noop(
            "A congress of representatives needs the approval of the body above. Give the number of its document (E8)."
        ),
    )


def _reported(codes: Collection[str]) -> Finding | None:
    if not codes:
        return None
    return Finding(
        E9,
        {"elections": "、".join(sorted(codes))},
        gettext_noop("Elected, but not reported to the body above: %(elections)s. Report the result (E9)."),
    )


def _term(term: Term) -> Finding | None:
    if term.until <= months_after(term.since, 12 * term.years):
        return None
    return Finding(
        B7,
        {"years": term.years, "latest": months_after(term.since, 12 * term.years).isoformat()},
        gettext_noop("A term here is %(years)d years: it ends on %(latest)s at the latest (B7)."),
    )


_OF_MEETING = gettext_noop("An election is valid when at least four fifths of the voters came")
_OF_SURPLUS = gettext_noop("There are at least a fifth more candidates for a committee than seats")
_OF_OFFICERS = gettext_noop("Secretary and deputy are elected by the new committee, one candidate each")
_OF_TIMING = gettext_noop("An early or late election needs approval, and a year is the most")
_OF_CONGRESS = gettext_noop("With 500 members or more, or dispersed, a congress of representatives may vote")
_OF_REPORT = gettext_noop("The result is reported: secretary and deputy are approved, members filed")
_OF_TERM = gettext_noop("The term is five years in village and community committees, usually three elsewhere")

E1 = Rule("E1", _OF_MEETING, ELECTIONS, Mark.SECOND_HAND, Severity.MUST, _four_fifths, ("election.quorum_percent",))
E2 = Rule("E2", _OF_SURPLUS, ELECTIONS, Mark.SECOND_HAND, Severity.MUST, _surplus, ("election.surplus_percent",))
E3 = Rule("E3", _OF_OFFICERS, ELECTIONS, Mark.SECOND_HAND, Severity.MUST, _officers)
E7 = Rule(
    "E7", _OF_TIMING, TIMING, Mark.SEEN, Severity.MUST, _on_time, ("election.delay_months", "election.ahead_months")
)
E8 = Rule("E8", _OF_CONGRESS, CONGRESS, Mark.SEEN, Severity.MUST, _congress, ("election.congress_members",))
E9 = Rule("E9", _OF_REPORT, ELECTIONS, Mark.SECOND_HAND, Severity.MUST, _reported)
B7 = Rule("B7", _OF_TERM, BRANCHES, Mark.SECOND_HAND, Severity.USUALLY, _term, ("post.community_years", "post.years"))
RULES = (B7, E1, E2, E3, E7, E8, E9)
