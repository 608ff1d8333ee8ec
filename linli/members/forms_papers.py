"""Forms about templates of printed forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.organisations import queries as organisations
from linli.web.forms import ActionForm


class TemplateForm(ActionForm):
    """An own template of a form."""

    body = forms.ModelChoiceField(
        organisations.nothing(),
        to_field_name="code",
        label=_("Holds for"),
        help_text=_("For this body and those below it."),
        empty_label=_("Please choose"),
    )
    paper = forms.ChoiceField(label=_("Form"), choices=())
    file = forms.FileField(
        label=_("Word file (.docx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, bodies: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = offered  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
