"""Forms of points."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.points import queries
from linli.web.forms import ActionForm


class ReasonForm(ActionForm):
    """A reason in words."""

    reason = forms.CharField(max_length=200, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class DeedForm(ActionForm):
    """A deed that somebody witnessed; it waits for a second person."""

    member = forms.ModelChoiceField(queries.nobody(), to_field_name="number", label=_("Member"))
    indicator = forms.ChoiceField(label=_("What was done"))
    deed_on = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}))
    quantity = forms.IntegerField(min_value=1, max_value=20, initial=1, label=_("How many times, or which level"))
    minutes = forms.IntegerField(
        min_value=0, max_value=1440, initial=0, label=_("Minutes, for service by the hour"), required=False
    )
    note = forms.CharField(max_length=200, label=_("Evidence in words"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, members: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["indicator"].choices = queries.indicator_choices(today)  # type: ignore[attr-defined]
