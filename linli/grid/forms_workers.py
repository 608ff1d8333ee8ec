"""Forms of workers and of what is posted of a grid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.grid.policy.items import Item, read_items
from linli.grid.policy.workers import PhoneUse, WorkerKind
from linli.lib.errors import Refusal
from linli.members.policy.readers import read_phone
from linli.places.policy.simplify import OFFERED
from linli.store.choices import choices
from linli.web.fields import day_field, document_field
from linli.web.forms import ActionForm, sentence

NO_PHONE = ("", _("No telephone"))
SUPERVISION = r"[0-9][0-9 ()转\-]{2,28}"


class ShownForm(ActionForm):
    """As what somebody works for a cell, and what everybody reads of it."""

    kind = forms.ChoiceField(label=_("Works as"), choices=choices(WorkerKind))
    full_name = forms.BooleanField(
        required=False, label=_("The worker agrees that everybody reads the whole name; else only the surname")
    )
    phone = forms.CharField(
        max_length=40, required=False, label=_("Telephone"), widget=forms.TextInput({"type": "tel"})
    )
    phone_use = forms.ChoiceField(
        required=False,
        label=_("Whose it is, and who reads it"),
        choices=[NO_PHONE, *choices(PhoneUse)],
        widget=forms.RadioSelect,
    )

    def clean_kind(self) -> WorkerKind:
        """Return the kind."""
        return WorkerKind(self.cleaned_data["kind"])

    def clean_phone(self) -> str:
        """Return the number as it is kept."""
        try:
            return read_phone(self.cleaned_data["phone"])
        except Refusal as refusal:
            raise forms.ValidationError(sentence(refusal)) from None

    def clean_phone_use(self) -> PhoneUse | None:
        """Return whose telephone it is; None where there is none."""
        chosen = self.cleaned_data["phone_use"]
        return PhoneUse(chosen) if chosen else None


class WorkerForm(ShownForm):
    """Somebody new at a cell."""

    name = forms.CharField(max_length=40, label=_("Name of the worker"))
    member = forms.CharField(
        max_length=20,
        required=False,
        label=_("Member number"),
        help_text=_("Only where the worker is a party member; the register says the name."),
    )
    since = day_field(_("From"))
    field_order = ("name", "member", "kind", "since", "phone", "phone_use", "full_name")

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_member(self) -> Any:
        """Return the member with the number; None where none is given."""
        number = self.cleaned_data["member"].strip()
        found = self.people.filter(number__iexact=number).first() if number else None
        if number and found is None:
            raise forms.ValidationError(gettext("No member in your reach has this number; look it up in the list."))
        return found


class EndForm(ActionForm):
    """The first day without somebody."""

    day = day_field(_("First day without"))


class NoticeForm(ActionForm):
    """What is posted for the cells of a place."""

    supervision = forms.RegexField(
        SUPERVISION,
        label=_("Supervision telephone"),
        help_text=_("Of the office, where residents say that something is not done."),
        error_messages={"invalid": _("Write a telephone number: digits, and - between them if you like.")},
    )
    items = forms.CharField(
        required=False,
        label=_("List of items"),
        max_length=40_000,
        help_text=_("One item a line: what it is about ｜ what the worker does ｜ its basis ｜ whom to ask."),
        widget=forms.Textarea({"rows": 12}),
    )
    since = day_field(_("From"))
    document = document_field(required=False)

    def clean_items(self) -> tuple[Item, ...]:
        """Return the items."""
        try:
            return read_items(self.cleaned_data["items"])
        except Refusal as refusal:
            raise forms.ValidationError(sentence(refusal)) from None


class TakeBackForm(ActionForm):
    """Why a notice is taken back."""

    reason = forms.CharField(max_length=200, label=_("Why"))


class SpotForm(forms.Form):
    """Where somebody stands, as the browser says it; read once, never kept."""

    longitude = forms.FloatField(min_value=-180, max_value=180)
    latitude = forms.FloatField(min_value=-90, max_value=90)


class SimplifyForm(forms.Form):
    """By how many metres outlines may be simplified: one of few numbers, so that each is worked out once."""

    simplify = forms.TypedChoiceField(
        required=False,
        choices=[(str(metres), metres) for metres in OFFERED],
        coerce=int,
        empty_value=None,
        error_messages={
            "invalid_choice": format_lazy(
                _("simplify: write one of these numbers of metres: {offered}."), offered=", ".join(map(str, OFFERED))
            )
        },
    )
