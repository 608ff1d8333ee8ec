"""What a meeting decides: votes with the denominators of Q1–Q4 and Q6, and what becomes final with its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from linli.activities.policy.kinds import Life
from linli.activities.policy.minutes import Way
from linli.lib.errors import Refusal
from linli.lib.rulebook import Finding, broken
from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.kinds import Title
from linli.members.policy.votes import Q1, Q2, Q3, Q4, Q6, Chair, Matter, Meeting


class Outcome(Labelled):
    """What a vote decided."""

    PASSED = "passed", gettext_noop("Passed")
    REJECTED = "rejected", gettext_noop("Not passed")
    VOID = "void", gettext_noop("No valid vote: too few came")


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the agenda with its vote; without a `way` there was none."""

    title: str
    said: str = ""
    decision: str = ""
    way: Way | None = None
    yes: int = 0
    no: int = 0
    abstained: int = 0
    weighty: bool = False
    committee_before: bool = False


@dataclass(frozen=True, slots=True)
class Votes:
    """How many with voting right were due, and how many of them came."""

    due: int
    present: int


def check_item(item: Item, votes: Votes | None) -> None:
    """Refuse a point that cannot be; `votes` is None while nobody knows who came."""
    counted = item.yes + item.no + item.abstained
    if item.way is not None and not counted:
        raise Refusal("minutes-no-count", gettext_noop("A vote has votes: write how many were for it."), field="yes")
    if item.way is None and counted:
        raise Refusal("minutes-no-vote", gettext_noop("There are votes: say how they were given."), field="way")
    if item.way is not None and votes is None:
        raise Refusal(
            "minutes-roll",
            gettext_noop("A vote needs the roll: record who came first, so that the majority is that of the rule."),
            field="way",
        )
    if votes is not None and counted > votes.present:
        raise Refusal(
            "minutes-votes",
            gettext_noop("%(counted)d votes, and %(present)d with voting right came; count again, or mend the roll."),
            field="yes",
            counted=counted,
            present=votes.present,
        )


def judged(item: Item, life: Life | None, votes: Votes | None) -> tuple[Outcome | None, tuple[Finding, ...]]:
    """Return what the vote decided, None without one or while nobody knows who came, and what the rules say of it.

    A members' meeting: Q1 and Q2, of those due. A committee: Q3, and more than half of its members. All else: more
    than half of those present. Q4 holds wherever a branch decides.
    """
    general = life is Life.GENERAL
    weighs = broken((Q4,), Matter(item.weighty, general, item.committee_before)) if life in _DECIDES else ()
    if item.way is None or votes is None:
        return None, weighs
    meeting = Meeting(votes.due, votes.present, item.yes)
    if life is Life.GENERAL:
        void = broken((Q1,), meeting)
        lost = broken((Q2,), meeting)
    else:
        void = broken((Q3,), meeting) if life is Life.COMMITTEE else ()
        whole = votes.due if life is Life.COMMITTEE else votes.present
        return _outcome(bool(void), passed=item.yes * 2 > whole), (*void, *weighs)
    return _outcome(bool(void), passed=not lost), (*void, *(() if void else lost), *weighs)


_DECIDES = frozenset({Life.GENERAL, Life.COMMITTEE})


def _outcome(void: bool, *, passed: bool) -> Outcome:  # noqa: FBT001 -- said by name where it is called
    return Outcome.VOID if void else Outcome.PASSED if passed else Outcome.REJECTED


def chair_findings(life: Life | None, title: Title | None, *, delegated: bool) -> tuple[Finding, ...]:
    """Return what Q6 says of who chaired a meeting of a branch or its committee."""
    return broken((Q6,), Chair(title, delegated)) if life in _DECIDES else ()


def content_of(head: Mapping[str, object], items: Sequence[Item], votes: Votes, life: Life | None) -> dict[str, object]:
    """Return what becomes final: the head, the sums, each point with its outcome and the rules that it breaks."""
    points = []
    for item in items:
        outcome, found = judged(item, life, votes)
        point: dict[str, object] = {**asdict(item), "way": item.way.value if item.way else ""}
        points.append(
            point | {"outcome": outcome.value if outcome else "", "rules": [each.rule.code for each in found]}
        )
    return {**head, "due": votes.due, "present": votes.present, "items": points}


def digest_of(content: Mapping[str, object]) -> str:
    """Return the SHA-256 of the canonical JSON (keys in order, no spaces, UTF-8), in hexadecimal."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
