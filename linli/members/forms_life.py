"""Forms about the life of a membership: standings, news."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.members.policy.kinds import Standing
from linli.store.choices import choices
from linli.web.forms import ActionForm


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


def document_field(**more: Any) -> forms.CharField:
    """Return a field for the number of a decision or certificate."""
    return forms.CharField(max_length=80, label=_("Number of the decision or certificate"), **more)


class StandingForm(ActionForm):
    """Something that holds of a member for a time."""

    kind = forms.ChoiceField(choices=choices(Standing), label=_("What holds"))
    since = day_field(_("From"))
    until = day_field(_("Until"), required=False, help_text=_("The first day on which it does not hold; open: empty."))
    where = forms.CharField(
        max_length=80, required=False, label=_("Place or other branch"), help_text=_("Province and city are enough.")
    )
    document = document_field(required=False)


class EndForm(ActionForm):
    """The day from which something does not hold any more."""

    on = day_field(_("From this day it does not hold any more"))


class ContactForm(ActionForm):
    """That the branch heard of somebody."""

    on = day_field(_("Day"))
    words = forms.CharField(max_length=120, required=False, label=_("How"), help_text=_("A call, a report, a visit."))
