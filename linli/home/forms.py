"""Forms of one's own page and of the settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.audit.policy.actions import ACTIONS
from linli.members.policy.kinds import Purpose
from linli.members.policy.requests import RequestKind
from linli.rules.policy.default import Default
from linli.store.choices import choices
from linli.web.fields import day_field
from linli.web.forms import ActionForm


class ConsentForm(ActionForm):
    """One purpose, given or withdrawn."""

    purpose = forms.ChoiceField(choices=choices(Purpose), widget=forms.HiddenInput)
    given = forms.ChoiceField(choices=[("0", "0"), ("1", "1")], widget=forms.HiddenInput)


class AskForm(ActionForm):
    """What a member asks about the own data."""

    kind = forms.ChoiceField(choices=choices(RequestKind), label=_("What do you ask for?"), widget=forms.RadioSelect)
    text = forms.CharField(
        max_length=300,
        required=False,
        label=_("What is wrong, and how should it be?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RuleForm(ActionForm):
    """A new value of a rule from a day on."""

    value = forms.IntegerField(label=_("Value"))
    since = day_field(_("Holds from"))
    source = forms.CharField(
        max_length=200, label=_("Where it comes from"), help_text=_("A document number or a decision.")
    )

    def __init__(self, *args: Any, default: Default, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = _("From %(least)d to %(most)d") % {
            "least": default.least,
            "most": default.most,
        }


class YearForm(ActionForm):
    """A year of the calendar, seeded or confirmed."""

    what = forms.ChoiceField(choices=[("seed", "seed"), ("confirm", "confirm")], widget=forms.HiddenInput)


class DayForm(ActionForm):
    """One day of the calendar."""

    day = day_field(_("Day"))
    kind = forms.ChoiceField(
        label=_("What kind of day"),
        widget=forms.RadioSelect,
        choices=[
            ("holiday", _("Holiday")),
            ("working", _("Working day (make-up)")),
            ("week", _("As in any week")),
        ],
    )
    name = forms.CharField(max_length=60, required=False, label=_("Name"))


class ShowForm(ActionForm):
    """What a member agrees to show besides being one."""

    full_name = forms.BooleanField(
        required=False, label=_("My full name"), help_text=_("Otherwise the given name is masked: 王某某.")
    )
    branch = forms.BooleanField(required=False, label=_("The name of my branch"))
    centre = forms.BooleanField(
        required=False,
        label=_("That my household is a centre household"),
        help_text=_("Shown only while you hold that post."),
    )


class JoinForm(ActionForm):
    """Which record is the same person."""

    number = forms.CharField(max_length=20, label=_("Member number of the other record"))

    @property
    def asked(self) -> str:
        """The number that was sent, else the one in the address; empty where it is none."""
        if self.is_bound:
            return str(self.cleaned_data.get("number", "")) if self.is_valid() else ""
        try:
            return str(self.fields["number"].clean(self["number"].value()))
        except forms.ValidationError:
            return ""


class LogForm(forms.Form):
    """What the log is narrowed by; what cannot be read narrows nothing."""

    about = forms.CharField(
        max_length=60, required=False, label=_("Number or code"), help_text=_("Of a member, issue…")
    )
    action = forms.ChoiceField(required=False, label=_("What was done"))
    since = day_field(_("From"), required=False)
    until = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = sorted(((code, gettext(words)) for code, words in ACTIONS.items()), key=lambda pair: pair[0])
        self.fields["action"].choices = [("", _("All")), *words]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def given(self) -> dict[str, Any]:
        """The values that were given and can be read."""
        return {name: value for name, value in self.cleaned_data.items() if value}
