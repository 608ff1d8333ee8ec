"""Fields that forms of several apps have."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""Nobody on a register was born before, nothing is planned after; and ages can be counted from every day between."""


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's calendar. Refused: a day before `FIRST_DAY` or after `LAST_DAY`."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, validators=[_imaginable], **more)


def _imaginable(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        words = _("%(day)s: the year cannot be right. Give a day from %(first)s to %(last)s.")
        values = {"day": day.isoformat(), "first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
        raise forms.ValidationError(words, "year", values)


def document_field(**more: Any) -> forms.CharField:
    """Return the field for the number of the document that orders something."""
    return forms.CharField(max_length=80, label=_("Document number"), help_text=_("As it stands on the paper."), **more)
