"""Fields that forms of several apps have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


def document_field(**more: Any) -> forms.CharField:
    """Return the field for the number of the document that orders something."""
    return forms.CharField(max_length=80, label=_("Document number"), help_text=_("As it stands on the paper."), **more)
