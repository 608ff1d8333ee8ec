"""The printed forms of an election with the templates that ship, made by code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from linli.files.services import PaperForm, paper_lines, paper_sealed, paper_table, paper_title
from linli.members.policy.papers import SAMPLES, Paper


def _ballot(document: Any) -> None:
    paper_title(
        document, _("{{ body }}: ballot paper, {{ what }}"), _("{{ day }} · {{ kind }} · {{ seats }} to be elected")
    )
    head = [_("Candidate"), _("For"), _("Against"), _("Abstained")]
    paper_table(document, head, ("one in candidates", ["{{ one.name }}", "", "", ""]), height=0.95)
    paper_lines(document, "", apart=0)
    paper_table(document, [_("Somebody else"), _("For")], ("blank in blanks", ["{{ blank }}", ""]), height=0.95)
    paper_lines(
        document,
        "",
        _("1. Candidates stand in the order of their surnames in pinyin."),
        _("2. Mark ○ below “for”, × below “against”; no mark is an abstention."),
        _("3. Who wants somebody else writes the name and marks ○ behind it."),
        _("4. At most {{ seats }} marks ○; a ballot with more is invalid."),
        apart=0,
    )
    paper_sealed(document)


def _sheet(document: Any) -> None:
    paper_title(document, _("{{ body }}: counting sheet, {{ what }}"), "{{ day }} · {{ kind }}")
    paper_lines(
        document,
        _("Due {{ due }}, present {{ present }}, to be elected {{ seats }}"),
        _("Ballots issued {{ issued }}, returned {{ returned }}, valid {{ valid }}, invalid {{ invalid }}"),
    )
    head = [_("Name of the person"), _("For"), _("Against"), _("Abstained")]
    row = ["{{ one.name }}", "{{ one.yes }}", "{{ one.no }}", "{{ one.abstain }}"]
    paper_table(document, head, ("one in candidates", row), ("blank in blanks", ["{{ blank }}", "", "", ""]))
    paper_lines(
        document, "", _("Scrutineers:                    Counters:"), _("Chief scrutineer:                    Date:")
    )


def _counts(document: Any) -> None:
    paper_lines(
        document,
        "{%p for ballot in ballots %}",
        _(
            "{{ ballot.kind }}: {{ ballot.seats }} to be elected, issued {{ ballot.issued }}, returned "
            "{{ ballot.returned }}, valid {{ ballot.valid }}, invalid {{ ballot.invalid }}."
        ),
        "{%p for one in ballot.lines %}",
        _("{{ one.name }}: {{ one.yes }} for, {{ one.no }} against, {{ one.abstain }} abstained"),
        "{%p endfor %}",
        "{%p endfor %}",
        apart=2,
    )


def _minutes(document: Any) -> None:
    paper_title(document, _("{{ body }}: minutes of the election"), "{{ day }} · {{ venue }}")
    paper_lines(
        document,
        _(
            "{{ assembly }} for the election of {{ what }}. Due {{ due }}, present {{ present }}, absent {{ absent }}; "
            "at least {{ least }} have to be present, so the meeting was valid."
        ),
    )
    _counts(document)
    paper_lines(document, _("Elected, in office for {{ term }} years:"))
    paper_table(
        document,
        [_("Name of the person"), _("Office"), _("Votes")],
        ("one in elected", ["{{ one.name }}", "{{ one.title }}", "{{ one.yes }}"]),
    )
    paper_lines(document, "", _("Chair:                    Recorder:"))


def _report(document: Any) -> None:
    paper_title(document, _("Report on the election of {{ what }} of {{ body }}"), "{{ report }}")
    paper_lines(
        document,
        "{{ upper }}：",
        _(
            "On {{ day }} {{ body }} held its {{ assembly }}. Due {{ due }}, present {{ present }}. The following were "
            "elected by secret ballot, for {{ term }} years. We ask to approve secretary and deputy and to file the "
            "members."
        ),
    )
    head = [_("Name of the person"), _("Office"), _("Sex"), _("Born"), _("Education"), _("Joined"), _("Votes")]
    row = [f"{{{{ one.{name} }}}}" for name in ("name", "title", "sex", "born", "education", "joined", "yes")]
    paper_table(document, head, ("one in elected", row), widths=(2.0, 2.4, 1.4, 3.4, 1.7, 3.4, 1.4))
    paper_lines(document, "", apart=0)
    _counts(document)
    paper_sealed(document, "{{ reported }}")


FORMS = tuple(
    PaperForm(paper.value, paper.label, SAMPLES[paper], build)
    for paper, build in (
        (Paper.BALLOT, _ballot),
        (Paper.SHEET, _sheet),
        (Paper.MINUTES, _minutes),
        (Paper.REPORT, _report),
    )
)
