"""Forms of elections: one for each step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from linli.members.models import Ballot, Candidate, Voter
from linli.members.policy.election_counts import Votes
from linli.members.policy.elections import Assembly, Elects
from linli.members.policy.kinds import BRANCH_TITLES, Title
from linli.members.services.election_counts import Entered
from linli.members.services.election_results import VOTED, Office
from linli.organisations import queries as organisations
from linli.store.choices import choices
from linli.web.fields import day_field
from linli.web.forms import ActionForm

SUMS = ("yes", "no", "abstain")
MOST_SEATS = 15


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, **more)


def _numbers(text: str) -> list[str]:
    return text.replace("，", " ").replace("、", " ").replace(",", " ").split()


class PlanForm(ActionForm):
    """What is elected, where, when, by whom."""

    body = forms.ModelChoiceField(
        organisations.nothing(), to_field_name="code", label=_("Body that elects"), empty_label=_("Please choose")
    )
    elects = forms.ChoiceField(label=_("What is elected"), choices=choices(Elects), widget=forms.RadioSelect)
    seats = forms.IntegerField(
        label=_("Seats of the committee"),
        min_value=1,
        max_value=MOST_SEATS,
        initial=5,
        help_text=_("Usually 3 to 5, at most 7. Where one office is elected, this counts for nothing."),
    )
    planned_on = day_field(_("Day of the meeting"))
    assembly = forms.ChoiceField(
        label=_("Who votes"), choices=choices(Assembly), widget=forms.RadioSelect, initial=Assembly.MEETING
    )
    dispersed = forms.BooleanField(required=False, label=_("The members live dispersed"))
    permit = forms.CharField(
        required=False,
        max_length=80,
        label=_("Number of the approval from above"),
        help_text=_("Needed for an early or late election, and for a congress."),
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class NoticeForm(ActionForm):
    """Where the meeting is."""

    venue = forms.CharField(max_length=80, label=_("Venue of the meeting"))


class RollForm(ActionForm):
    """The word to close the roll; at a congress also who was sent."""

    representatives = forms.CharField(
        required=False,
        label=_("Member numbers of the representatives"),
        help_text=_("Separated by spaces or commas."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, congress: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not congress:
            del self.fields["representatives"]

    @property
    def sent(self) -> list[str]:
        """The numbers, on a valid form."""
        return _numbers(self.cleaned_data.get("representatives", ""))


class CandidatesForm(ActionForm):
    """Who stands, of those who can be elected."""

    candidates = forms.MultipleChoiceField(label=_("Candidates"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lines: Iterable[Voter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.member.number, f"{one.member.name} {one.member.number} · {one.unit.name}") for one in lines]
        self.fields["candidates"].choices = offered  # type: ignore[attr-defined]


class HoldForm(ActionForm):
    """How many voters came."""

    present = _number(_("Voters present"), help_text=_("Without guests and without those who have no vote."))


class MoveForm(ActionForm):
    """Another day, and why."""

    planned_on = day_field(_("New day of the meeting"))
    reason = forms.CharField(max_length=200, label=_("Why"))
    permit = forms.CharField(
        required=False,
        max_length=80,
        label=_("Number of the approval from above"),
        help_text=_("Needed after the end of the term."),
    )


class WhyForm(ActionForm):
    """Why something is called off, given back, sent back."""

    reason = forms.CharField(max_length=200, label=_("Why"))


class SeenForm(ActionForm):
    """Confirms the count that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ConsentForm(ActionForm):
    """How many agree that seats stay open."""

    yes = _number(_("Voters present who agree"))


class DocumentForm(ActionForm):
    """The number of a document."""

    document = forms.CharField(max_length=80, label=_("Document number"))


@dataclass(frozen=True, slots=True)
class SumFields:
    """A candidate's row of the counting page."""

    name: str
    number: str
    fields: tuple[BoundField, ...]


class CountForm(ActionForm):
    """The sums of one ballot: papers, then yes, no and abstentions of each name, then names written in."""

    issued = _number(_("Ballots issued"))
    returned = _number(_("Ballots returned"))
    valid = _number(_("Valid ballots"))
    invalid = _number(_("Invalid ballots"))
    written = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Names written in"),
        help_text=_("One a line: member number, then the votes for it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    void = forms.BooleanField(
        required=False, label=_("More ballots were returned than issued; it was counted again and is so: all is void")
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: list[Any] = ballot.lines  # type: ignore[attr-defined]
        self.standing = [line.candidate.member for line in lines if line.printed]
        words = {"yes": _("For"), "no": _("Against"), "abstain": _("Abstained")}
        for member in self.standing:
            for name in SUMS:
                self.fields[f"{name}-{member.number}"] = _number(words[name], required=False)

    @property
    def papers(self) -> list[BoundField]:
        """The fields about papers."""
        return [self[name] for name in ("issued", "returned", "valid", "invalid")]

    @property
    def rows(self) -> list[SumFields]:
        """A row for each name on the paper."""
        return [
            SumFields(each.name, each.number, tuple(self[f"{name}-{each.number}"] for name in SUMS))
            for each in self.standing
        ]

    def clean_written(self) -> list[Votes]:
        """Return the names written in with their votes."""
        found = []
        for line in self.cleaned_data["written"].splitlines():
            parts = _numbers(line)
            if not parts:
                continue
            number, votes = parts[0], parts[1:]
            if len(votes) != 1 or not votes[0].isdecimal():
                words = _("“%(line)s”: write a member number, then the votes for it.")
                raise forms.ValidationError(words % {"line": line.strip()})
            found.append(Votes(number, "", int(votes[0]), written_in=True))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for every sum, unless all is void."""
        given = super().clean() or self.cleaned_data
        for row in self.rows:
            for field in row.fields:
                if field.name not in self.errors and given.get(field.name) is None and not given.get("void"):
                    self.add_error(
                        field.name, _("%(name)s: enter this sum, 0 where there is none.") % {"name": row.name}
                    )
        return given

    @property
    def entered(self) -> Entered:
        """The count, on a valid form."""
        given = self.cleaned_data
        sums = []
        for one in self.standing:
            yes, no, abstain = (given[f"{name}-{one.number}"] or 0 for name in SUMS)
            sums.append(Votes(one.number, one.name, yes, no, abstain))
        papers = (given["issued"], given["returned"], given["valid"], given["invalid"])
        return Entered(*papers, votes=(*sums, *given["written"]), void=given["void"])


@dataclass(frozen=True, slots=True)
class OfficeFields:
    """An elected member's row: office, and votes for secretary or deputy."""

    name: str
    number: str
    title: BoundField
    yes: BoundField


class OfficesForm(ActionForm):
    """The first meeting of the new committee."""

    present = _number(_("Committee members present"))

    def __init__(self, *args: Any, elected: Iterable[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.elected = list(elected)
        titles = [each for each in choices(Title) if Title(each[0]) in BRANCH_TITLES]
        for one in self.elected:
            self.fields[f"title-{one.member.number}"] = forms.ChoiceField(
                choices=[("", _("Please choose")), *titles], label=_("Office"), initial=one.title
            )
            self.fields[f"yes-{one.member.number}"] = _number(_("Votes for"), required=False, initial=one.office_yes)

    @property
    def rows(self) -> list[OfficeFields]:
        """A row for each of the elected."""
        return [
            OfficeFields(one.member.name, number, self[f"title-{number}"], self[f"yes-{number}"])
            for one in self.elected
            if (number := one.member.number)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the votes where the committee voted."""
        given = super().clean() or self.cleaned_data
        for row in self.rows:
            if (
                given.get(row.title.name) in VOTED
                and given.get(row.yes.name) is None
                and row.yes.name not in self.errors
            ):
                self.add_error(row.yes.name, _("%(name)s: enter the votes for this office.") % {"name": row.name})
        return given

    @property
    def offices(self) -> dict[str, Office]:
        """Member number → office, on a valid form."""
        given = self.cleaned_data
        return {row.number: Office(Title(given[row.title.name]), given[row.yes.name] or 0) for row in self.rows}


class PostForm(ActionForm):
    """A post in a body, from a day, for a term, by a document."""

    body = forms.ModelChoiceField(
        organisations.nothing(), to_field_name="code", label=_("Body"), empty_label=_("Please choose")
    )
    title = forms.ChoiceField(label=_("Post"), choices=[("", _("Please choose")), *choices(Title)])
    since = day_field(_("From"))
    term_until = day_field(_("The term ends on"), required=False)
    document = forms.CharField(required=False, max_length=80, label=_("Document number"))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]

    def clean_since(self) -> date:
        """Refuse a year that was mistyped."""
        return _checked_year(self.cleaned_data["since"])

    def clean_term_until(self) -> date | None:
        """Refuse a year that was mistyped."""
        day = self.cleaned_data["term_until"]
        return _checked_year(day) if day else None


class EndPostForm(ActionForm):
    """The first day without the post."""

    on = day_field(_("The post ends on"), help_text=_("The first day without it."))
    document = forms.CharField(required=False, max_length=80, label=_("Document number"))


def _checked_year(day: date) -> date:
    if not 1921 <= day.year <= 2100:  # noqa: PLR2004 -- the Party's first year, and far ahead
        raise forms.ValidationError(_("Check the year."))
    return day
