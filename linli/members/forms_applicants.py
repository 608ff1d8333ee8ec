"""Forms about the way into the Party."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.members.models import Applicant, MemberClass
from linli.members.policy.kinds import Education, Sex
from linli.store.choices import choices
from linli.web.fields import day_field, document_field
from linli.web.forms import ActionForm


class StepForm(ActionForm):
    """The day of a step, with its document."""

    on = day_field(_("Day"))
    document = document_field(required=False)


class ApplyForm(StepForm):
    """Who applied, and to which branch."""

    body: Any = forms.ModelChoiceField(None, to_field_name="code", label=_("Branch"), empty_label=_("Please choose"))
    name = forms.CharField(max_length=40, label=_("Full name"))
    sex = forms.ChoiceField(choices=[("", _("Not known")), *choices(Sex)], required=False, label=_("Sex"))
    born_on = day_field(_("Date of birth"))
    education = forms.ChoiceField(
        choices=[("", _("Not known")), *choices(Education)], required=False, label=_("Education")
    )
    field_order = ("body", "name", "sex", "born_on", "education", "on", "document")

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]

    def person(self) -> Applicant:
        """Return the applicant that the form describes, unsaved."""
        return Applicant(**{fact: self.cleaned_data[fact] for fact in ("body", "name", "sex", "born_on", "education")})


class TalkForm(ActionForm):
    """The day of the first talk."""

    on = day_field(_("Day"))


class AdmitForm(StepForm):
    """Admission on probation: what the register needs."""

    number = forms.CharField(
        max_length=20, required=False, label=_("Member number"), help_text=_("Empty: we give one.")
    )
    member_class = forms.ModelChoiceField(
        MemberClass.objects.all(), to_field_name="code", label=_("Class"), empty_label=_("Please choose")
    )


class ProlongForm(ActionForm):
    """Until when probation is prolonged."""

    until = day_field(_("Probation until"))
    document = document_field(required=False)
