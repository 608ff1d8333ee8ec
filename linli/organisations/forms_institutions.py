"""Forms about institutions, duties and the service budget."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.lib.errors import Refusal
from linli.organisations.models import Body, Duty, Institution
from linli.organisations.policy.institutions import MOST_FEN, DutyState, Group, fen
from linli.store.choices import choices
from linli.web.fields import day_field, document_field
from linli.web.forms import ActionForm, sentence


class _OfBody(ActionForm):
    """Something of one of the bodies whose institutions the actor keeps."""

    body = forms.ModelChoiceField(Body.objects.none(), to_field_name="code", label=_("Whose"), empty_label=_("Choose"))

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class AdoptForm(_OfBody):
    """The words of an institution from a day on."""

    group = forms.ChoiceField(choices=choices(Group), label=_("Group"))
    title = forms.CharField(max_length=80, label=_("Title"))
    text = forms.CharField(max_length=20_000, label=_("Words"), widget=forms.Textarea(attrs={"rows": 12}))
    since = day_field(_("From"))
    document = document_field(required=False)
    public = forms.BooleanField(required=False, label=_("Everybody may read it"))


class RepealForm(ActionForm):
    """The first day on which an institution does not hold any more."""

    on = day_field(_("No longer from"))


class DutyForm(_OfBody):
    """A line of the responsibility list."""

    what = forms.CharField(max_length=200, label=_("What is to be done"))
    who = forms.CharField(max_length=40, label=_("Who answers for it"), help_text=_("The post, not the name."))
    due_on = day_field(_("Until"))
    institution = forms.ModelChoiceField(
        Institution.objects.none(), required=False, label=_("By which institution"), empty_label=_("None")
    )

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(duty: Duty) -> dict[str, Any]:
        """Return what the form shows of a duty."""
        return {
            "body": duty.body.code,
            "what": duty.what,
            "who": duty.who,
            "due_on": duty.due_on,
            "institution": duty.institution_id,
        }


class EndForm(ActionForm):
    """What came of a duty."""

    state = forms.ChoiceField(
        choices=[pair for pair in choices(DutyState) if pair[0] != DutyState.OPEN],
        label=_("How it ended"),
        widget=forms.RadioSelect,
    )
    result = forms.CharField(max_length=200, label=_("What came of it, or why it was dropped"))


class BudgetForm(_OfBody):
    """A line of the service budget; amounts in yuan."""

    year = forms.IntegerField(min_value=2000, max_value=2100, label=_("Year"))
    title = forms.CharField(max_length=80, label=_("What for"))
    source = forms.CharField(max_length=40, label=_("Where the money comes from"))
    planned = forms.CharField(max_length=20, label=_("Planned (yuan)"))
    spent = forms.CharField(max_length=20, label=_("Spent so far (yuan)"), initial="0")

    def clean_planned(self) -> int:
        """Return the amount in fen."""
        return self._fen("planned")

    def clean_spent(self) -> int:
        """Return the amount in fen."""
        return self._fen("spent")

    def _fen(self, name: str) -> int:
        try:
            amount = fen(self.cleaned_data[name])
        except Refusal as refusal:
            raise forms.ValidationError(sentence(refusal)) from None
        if amount > MOST_FEN:
            raise forms.ValidationError(_("This is more than ten billion yuan; check the amount."))
        return amount
