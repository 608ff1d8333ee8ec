"""Forms about bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.organisations.models import Body
from linli.organisations.policy.kinds import BodyKind
from linli.store.choices import choices
from linli.web.fields import day_field, document_field
from linli.web.forms import ActionForm


def parent_field(bodies: Any = None) -> forms.ModelChoiceField[Any]:
    """Return the field for the body above."""
    return forms.ModelChoiceField(
        Body.objects.none() if bodies is None else bodies,
        to_field_name="code",
        label=_("Below"),
        empty_label=_("Choose"),
    )


class FoundForm(ActionForm):
    """A new body below one that the actor answers for."""

    parent = parent_field()
    kind = forms.ChoiceField(choices=choices(BodyKind), label=_("Kind"))
    name = forms.CharField(max_length=80, label=_("Name"))
    code = forms.SlugField(
        max_length=40, label=_("Lasting code"), help_text=_("Letters, digits and hyphens; it stays for ever.")
    )
    serves = forms.CharField(
        max_length=40, required=False, label=_("Code of the place it serves"), help_text=_("As printed on posters.")
    )
    since = day_field(_("From"))
    document = document_field()

    def __init__(self, *args: Any, parents: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]

    def clean_serves(self) -> Any:
        """Return the place with the code, or None."""
        code = self.cleaned_data["serves"].strip()
        if not code:
            return None
        place = self.places.filter(code=code).first()
        if place is None:
            raise forms.ValidationError(_("You answer for no place with this code; look it up on the page of places."))
        return place


class RenameForm(ActionForm):
    """A new name for a body, from a day on."""

    name = forms.CharField(max_length=80, label=_("Name"))
    on = day_field(_("From"))
    document = document_field()


class MoveForm(ActionForm):
    """Another body above, from a day on."""

    parent = parent_field()
    on = day_field(_("From"))
    document = document_field()

    def __init__(self, *args: Any, parents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
