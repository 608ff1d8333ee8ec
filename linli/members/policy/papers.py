"""The printed forms of an election, and the fields that a template of each can name, with an example of each."""

from __future__ import annotations

from collections.abc import Mapping

from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.election_states import State


class Paper(Labelled):
    """A form to print."""

    BALLOT = "ballot", gettext_noop("Ballot paper")
    SHEET = "sheet", gettext_noop("Counting sheet")
    MINUTES = "minutes", gettext_noop("Minutes of the election")
    REPORT = "report", gettext_noop("Report of the result")


BLANK = "______"
"""Stands where nothing is known yet, to be filled in by hand."""
_COMPLETE = frozenset({State.COMPLETE, State.REPORTED, State.APPROVED})
_CANDIDATES = frozenset(State) - {State.PLANNED, State.NOTIFIED, State.ROLLED, State.CANCELLED}
OFFERED: Mapping[Paper, frozenset[State]] = {
    Paper.BALLOT: _CANDIDATES,
    Paper.SHEET: _CANDIDATES,
    Paper.MINUTES: _COMPLETE | {State.ELECTED, State.VOID},
    Paper.REPORT: _COMPLETE,
}
"""When a form can be printed: without candidates there is none, without a result nothing to report."""

_FACTS: dict[str, object] = {
    "body": "中共某某社区总支部委员会",
    "upper": "某某街道党工委",
    "what": "委员",
    "day": "2026年3月18日",
    "venue": "一楼会议室",
    "assembly": "党员大会",
    "seats": 5,
    "term": 5,
    "due": 127,
    "present": 110,
    "least": 102,
}
_LINE = {"name": "王小一", "yes": 90, "no": 15, "abstain": 5}
_BALLOT = {"kind": "首次投票", "seats": 5, "issued": 110, "returned": 110, "valid": 108, "invalid": 2, "lines": [_LINE]}
_ELECTED = {
    "name": "王小一",
    "title": "书记",
    "yes": 90,
    "sex": "女",
    "born": "1990年5月",
    "education": "本科",
    "joined": "2010年7月",
}
SAMPLES: dict[Paper, Mapping[str, object]] = {
    Paper.BALLOT: _FACTS | {"kind": "首次投票", "candidates": [{"name": "王小一"}], "blanks": ["", ""]},
    Paper.SHEET: _FACTS
    | {key: _BALLOT[key] for key in _BALLOT if key not in {"lines", "seats"}}
    | {
        "candidates": [_LINE],
        "blanks": ["", ""],
    },
    Paper.MINUTES: _FACTS | {"absent": 17, "ballots": [_BALLOT], "elected": [_ELECTED], "committee_present": 5},
    Paper.REPORT: _FACTS
    | {
        "report": "某党〔2026〕5号",
        "reported": "2026年3月20日",
        "ballots": [_BALLOT],
        "elected": [_ELECTED],
        "committee_present": 5,
    },
}
"""Paper → field → example. What is a list holds rows with the fields shown."""
