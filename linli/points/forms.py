"""Forms of points. Nothing is typed as a figure: levels and lengths are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.points import queries
from linli.web.fields import day_field
from linli.web.forms import ActionForm

HALF_HOURS = range(1, 17)


class ReasonForm(ActionForm):
    """A reason in words."""

    reason = forms.CharField(max_length=200, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


def _length(minutes: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


class DeedForm(ActionForm):
    """Deeds of one day that somebody witnessed; they wait for a second person."""

    indicator = forms.ChoiceField(label=_("What was done"))
    members = forms.ModelMultipleChoiceField(
        queries.nobody(), to_field_name="number", label=_("Who did it"), widget=forms.CheckboxSelectMultiple
    )
    deed_on = day_field(_("On which day"))
    minutes = forms.ChoiceField(required=False, label=_("How long, for service by the hour"))
    note = forms.CharField(max_length=200, label=_("Evidence in words"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, members: Any, offered: Sequence[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["members"].queryset = members
        fields["members"].widget.choices = offered
        fields["indicator"].choices = [("", "—"), *queries.indicator_choices(today)]
        fields["minutes"].choices = [("", "—"), *((half * 30, _length(half * 30)) for half in HALF_HOURS)]

    def clean_minutes(self) -> int:
        """Return the minutes; needed where the indicator counts by the hour."""
        code = str(self.cleaned_data.get("indicator", "")).partition(":")[0]
        minutes = int(self.cleaned_data["minutes"] or 0)
        if not minutes and code in queries.hourly_codes():
            raise forms.ValidationError(_("Choose how long the service took."))
        return minutes


class DeedsForm(ActionForm):
    """Waiting deeds that a second person has looked at."""

    deeds = forms.ModelMultipleChoiceField(queries.no_deeds(), label=_("Deeds"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, deeds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deeds"].queryset = deeds  # type: ignore[attr-defined]
