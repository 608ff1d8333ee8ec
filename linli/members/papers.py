"""The printed forms of an election as Word documents, by the template of the nearest body above that has its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import gettext as _

from linli.files.services import fill, shipped
from linli.lib.words import gettext_noop
from linli.members.models import Ballot, Candidate, Election
from linli.members.policy.elections import OFFICES, Elects
from linli.members.policy.kinds import Title
from linli.members.policy.papers import BLANK, Paper
from linli.members.queries import elections as queries
from linli.members.queries import papers

FULL, MONTH = gettext_noop("%(year)d-%(month)02d-%(day)02d"), gettext_noop("%(year)d-%(month)02d")
NOT_ASKED = "—"
"""Of a name that was written in only votes for it are counted."""


def made(election: Election, paper: Paper, *, now: datetime) -> bytes:
    """Return `paper` of the election; what is not known yet can be filled in by hand.

    Made `now` where no own template serves.
    """
    own = papers.nearest(election.body, paper)
    return fill(
        bytes(own.content) if own else shipped(papers.form(paper), now=now), to_fill_in(fields(election, paper))
    )


def to_fill_in(given: Mapping[str, object]) -> dict[str, object]:
    """Return the fields with a line where nothing is known yet; cells of tables and lines of names stay as they are."""
    known = {name: BLANK if value == "" else value for name, value in given.items()}
    ballots = cast(list[dict[str, object]], known.get("ballots", []))
    return known | {"ballots": [to_fill_in(ballot) for ballot in ballots]} if ballots else known


def fields(election: Election, paper: Paper) -> Mapping[str, object]:
    """Return the fields of `policy.papers` with what the election says."""
    held = queries.ballots(election)
    facts = _facts(election)
    last = _sums(held[-1]) if held else _unheld(election)
    blanks = [""] * (held[-1].seats if held else election.seats)
    if paper is Paper.BALLOT:
        return facts | {
            "seats": last["seats"],
            "kind": last["kind"],
            "candidates": [{"name": line["name"]} for line in last["printed"]],
            "blanks": blanks,
        }
    if paper is Paper.SHEET:
        sums = {name: last[name] for name in ("kind", "seats", "issued", "returned", "valid", "invalid")}
        return facts | sums | {"candidates": last["lines"], "blanks": blanks}
    more: dict[str, object] = {
        "ballots": [_sums(ballot) for ballot in held],
        "elected": [_elected(one, held) for one in sorted(queries.candidates(election), key=_office) if one.elected],
        "committee_present": _known(election.committee_present),
    }
    if paper is Paper.REPORT:
        return facts | more | {"report": election.report, "reported": _day(election.reported_on)}
    absent = (election.due or 0) - election.present if election.present is not None else ""
    return facts | more | {"absent": absent}


def _facts(election: Election) -> dict[str, object]:
    upper = queries.upper(election.body)
    title = OFFICES.get(Elects(election.elects))
    return {
        "body": election.body.name,
        "upper": upper.name if upper else "",
        "what": _(title.label) if title else _("committee members"),
        "day": _day(election.held_on or election.planned_on),
        "venue": election.venue,
        "assembly": election.get_assembly_display(),
        "seats": election.seats,
        "term": election.term_years,
        "due": _known(election.due),
        "present": _known(election.present),
        "least": queries.least_present(election),
    }


def _sums(ballot: Ballot) -> dict[str, Any]:
    lines: list[Any] = ballot.lines  # type: ignore[attr-defined]
    rows = [
        {
            "name": line.candidate.member.name,
            "yes": _known(line.yes),
            "no": _known(line.no) if line.printed else NOT_ASKED,
            "abstain": _known(line.abstain) if line.printed else NOT_ASKED,
        }
        for line in lines
    ]
    counted = {name: _known(getattr(ballot, name)) for name in ("issued", "returned", "valid", "invalid")}
    printed = [row for row, line in zip(rows, lines, strict=True) if line.printed]
    return {"kind": ballot.get_kind_display(), "seats": ballot.seats, "lines": rows, "printed": printed, **counted}


def _unheld(election: Election) -> dict[str, Any]:
    """Return the first ballot before the meeting: the names, no sums."""
    rows = [
        {"name": one.member.name, "yes": "", "no": "", "abstain": ""}
        for one in queries.candidates(election)
        if not one.written_in
    ]
    empty = dict.fromkeys(("issued", "returned", "valid", "invalid"), "")
    return {"kind": _("First ballot"), "seats": election.seats, "lines": rows, "printed": rows, **empty}


def _elected(one: Candidate, held: list[Ballot]) -> dict[str, object]:
    member = one.member
    votes = [line.yes for ballot in held for line in ballot.lines if line.candidate_id == one.pk and line.yes]  # type: ignore[attr-defined]
    return {
        "name": member.name,
        "title": one.get_title_display() if one.title else "",
        "yes": votes[-1] if votes else "",
        "sex": member.get_sex_display() if member.sex else "",
        "born": _day(member.born_on, MONTH),
        "education": member.get_education_display() if member.education else "",
        "joined": _day(member.joined_on, MONTH),
    }


def _office(one: Candidate) -> int:
    """Return the place of the office of somebody elected, the secretary first; within it the order by pinyin stays."""
    return list(Title).index(Title(one.title)) if one.title else len(Title)


def _known(value: int | None) -> int | str:
    return "" if value is None else value


def _day(day: date | None, form: str = FULL) -> str:
    return _(form) % {"year": day.year, "month": day.month, "day": day.day} if day else ""
