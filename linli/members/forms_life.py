"""Forms about the life of a membership: standings, news, transfers, departures."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.members.models import Member, MemberClass
from linli.members.policy.kinds import Education, Ending, Sex, Stage, Standing
from linli.members.policy.requests import ANSWERS, RequestState
from linli.store.choices import choices
from linli.web.fields import day_field, document_field
from linli.web.forms import ActionForm


class StandingForm(ActionForm):
    """Something that holds of a member for a time."""

    kind = forms.ChoiceField(choices=[("", _("Please choose")), *choices(Standing)], label=_("What holds"))
    since = day_field(_("From"))
    until = day_field(_("Until"), required=False, help_text=_("The first day on which it does not hold; open: empty."))
    where = forms.CharField(
        max_length=80, required=False, label=_("Place or other branch"), help_text=_("Province and city are enough.")
    )
    document = document_field(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who lives elsewhere without saying where."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == Standing.MOBILE and not given.get("where", "").strip():
            self.add_error("where", _("Say where the member lives now; province and city are enough."))
        return given


class EndForm(ActionForm):
    """The day from which something does not hold any more."""

    on = day_field(_("From this day it does not hold any more"))


class ContactForm(ActionForm):
    """That the branch heard of somebody."""

    on = day_field(_("Day"))
    words = forms.CharField(max_length=120, required=False, label=_("How"), help_text=_("A call, a report, a visit."))


class IssueForm(ActionForm):
    """Where a member goes: to one of our units, or outside."""

    target: Any = forms.ModelChoiceField(
        None, to_field_name="code", required=False, label=_("To one of our branches"), empty_label=_("Outside")
    )
    target_name = forms.CharField(
        max_length=80, required=False, label=_("Or to an organisation outside"), help_text=_("Its full name.")
    )
    reason = forms.CharField(max_length=120, required=False, label=_("Why"))

    def __init__(self, *args: Any, targets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]


class AnnounceForm(ActionForm):
    """A slip with which somebody comes from outside."""

    number = forms.CharField(max_length=40, label=_("Number of the slip"))
    name = forms.CharField(max_length=40, label=_("Full name"))
    source_name = forms.CharField(max_length=80, label=_("Organisation that issued it"))
    target: Any = forms.ModelChoiceField(
        None, to_field_name="code", label=_("Branch that receives"), empty_label=_("Please choose")
    )
    issued_on = day_field(_("Issued on"))
    valid_until = day_field(_("Valid until"))

    def __init__(self, *args: Any, targets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]


class ReceiveForm(ActionForm):
    """The day on which a slip, or its receipt, came."""

    on = day_field(_("Day of the receipt"))


class EnrolForm(ReceiveForm):
    """Who comes from outside."""

    number = forms.CharField(
        max_length=20,
        required=False,
        label=_("Member number"),
        help_text=_("Of one who was here before: the old one. Empty: we give one."),
    )
    sex = forms.ChoiceField(choices=[("", _("Not known")), *choices(Sex)], required=False, label=_("Sex"))
    born_on = day_field(_("Date of birth"))
    education = forms.ChoiceField(
        choices=[("", _("Not known")), *choices(Education)], required=False, label=_("Education")
    )
    joined_on = day_field(_("Date of joining"))
    full_on = day_field(_("Full member since"), required=False, help_text=_("On probation: empty."))
    member_class = forms.ModelChoiceField(
        MemberClass.objects.all(), to_field_name="code", label=_("Class"), empty_label=_("Please choose")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse dates in an order that cannot be."""
        given: dict[str, Any] = super().clean() or {}
        order = [(name, given[name]) for name in ("born_on", "joined_on", "full_on", "on") if given.get(name)]
        for (_earlier, before), (name, later) in pairwise(order):
            if later < before:
                self.add_error(name, _("This day lies before the one above it; correct one of the two."))
        return given

    def person(self, name: str) -> Member:
        """Return the member that the form describes, unsaved."""
        given = self.cleaned_data
        facts = {fact: given[fact] for fact in ("number", "sex", "born_on", "education", "joined_on", "full_on")}
        stage = Stage.FULL if given["full_on"] else Stage.PROBATIONARY
        return Member(name=name, stage=stage, member_class=given["member_class"], **facts)


class WithdrawForm(ActionForm):
    """Why a slip is taken back."""

    reason = forms.CharField(max_length=120, label=_("Why"))


class DepartForm(ActionForm):
    """Why and when somebody leaves the register."""

    ending = forms.ChoiceField(
        choices=[(value, words) for value, words in choices(Ending) if value != Ending.TRANSFERRED],
        label=_("Why the member leaves"),
        widget=forms.RadioSelect,
    )
    on = day_field(_("From this day not a member any more"))
    document = document_field(required=False)


class AnswerForm(ActionForm):
    """The answer to a request about data."""

    state = forms.ChoiceField(
        choices=[(value, words) for value, words in choices(RequestState) if value in ANSWERS],
        label=_("Answer"),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(max_length=300, label=_("In words"), widget=forms.Textarea(attrs={"rows": 3}))
