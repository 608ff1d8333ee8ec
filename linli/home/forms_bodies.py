"""Forms by which a body is merged, split or dissolved; each is shown with what it would do before it is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.organisations.queries import nothing
from linli.web.fields import day_field, document_field
from linli.web.forms import ActionForm


class DissolveForm(ActionForm):
    """The first day without the body."""

    on = day_field(_("From"))
    document = document_field()


class MergeForm(ActionForm):
    """Which body takes over, and from when."""

    into = forms.ModelChoiceField(nothing(), to_field_name="code", label=_("Merge into"), empty_label=_("Choose"))
    on = day_field(_("From"))
    document = document_field()

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class SplitForm(ActionForm):
    """The new body, and who goes along."""

    name = forms.CharField(max_length=80, label=_("Name of the new body"))
    code = forms.SlugField(
        max_length=40, label=_("Lasting code"), help_text=_("Letters, digits and hyphens; it stays for ever.")
    )
    on = day_field(_("From"))
    document = document_field()
    members = forms.ModelMultipleChoiceField(
        nothing(), to_field_name="number", label=_("Who goes along"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, belonging: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = belonging  # type: ignore[attr-defined]
