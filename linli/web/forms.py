"""Forms of the house: a request key in each, errors said in words and linked from a summary."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.lib.errors import Refusal, Repeated
from linli.lib.words import Labelled
from linli.web.fields import day_field

KEY = r"\A[0-9A-Za-z-]{16,64}\Z"
"""No colon: the keys that the house makes for itself cannot be taken by a visitor."""

NAMED = "named"
"""The code of an error whose words name the field, so that no label stands before them."""


class Renderer(TemplatesSetting):
    """Renders a form as fields with label, hint, error and widget; one place for the look."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


def said(message: str, values: Mapping[str, object]) -> str:
    """Return the msgid `message` with its values, in the language of the page."""
    shown = {name: gettext(value.label) if isinstance(value, Labelled) else value for name, value in values.items()}
    text = gettext(message)
    return text % shown if shown else text


def sentence(refusal: Refusal) -> str:
    """Return the refusal as one sentence in the language of the page."""
    words = said(refusal.message, refusal.values)
    return f"{refusal.file}: {words}" if refusal.file else words


@dataclass(frozen=True, slots=True)
class Outcome[T]:
    """What came of an action: its result, or the reference that an earlier run of it wrote."""

    result: T | None = None
    repeated: str = ""


def _anchor(bound: Any) -> str:
    """Return the identifier that an error links to; of a group of choices the first one's."""
    return (bound.id_for_label or f"{bound.auto_id}_0") if bound else ""


def _label(bound: Any) -> str:
    """Return the label as it stands before an error; a question has its mark already."""
    label = str(bound.label)
    return f"{label} " if label.endswith(("?", "？")) else gettext("%(label)s: ") % {"label": label}


def _plainly_empty(error: Any) -> bool:
    """Tell whether a field is said to be empty in the words of the framework, not in words of its own."""
    plain = forms.Field.default_error_messages["required"]
    return getattr(error, "code", None) == "required" and str(error.message) == str(plain)


def _missing(bound: Any) -> str:
    """Say that a field is empty: what is to be filled in, chosen or ticked."""
    words = gettext("Please fill in: %(label)s")
    if isinstance(bound.field, forms.BooleanField):
        words = gettext("Please tick: %(label)s")
    elif isinstance(bound.field, (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)):
        words = gettext("Please choose: %(label)s")
    return words % {"label": str(bound.label).rstrip("?？:：")}


def _new_key() -> str:
    return uuid.uuid4().hex


class ActionForm(forms.Form):
    """A form that changes something. Its hidden `key` makes a second sending harmless."""

    required_css_class = "required"
    key = forms.RegexField(KEY, widget=forms.HiddenInput, initial=_new_key)

    def carry_out[T](self, action: Callable[[], T]) -> Outcome[T] | None:
        """Run `action`; return its outcome, or None after adding the refusal to the form's errors.

        A repeated request key counts as done.
        """
        try:
            return Outcome(result=action())
        except Repeated as done:
            return Outcome(repeated=done.ref)
        except Refusal as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, sentence(refusal))
            return None

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error to `field`; that it is empty is said by its name and by what one does there."""
        if field in self.fields and _plainly_empty(error) and not self[field].is_hidden:
            error = forms.ValidationError(_missing(self[field]), NAMED)
        super().add_error(field, error)

    @property
    def summary(self) -> list[tuple[str, str, str]]:
        """The errors as (id of the field, label with its mark, words), for the linked list above the form."""
        lines = []
        for name, errors in self.errors.items():
            bound: Any = self[name] if name in self.fields else None
            label = _label(bound) if bound and not bound.is_hidden else ""
            codes = [getattr(each, "code", None) for each in errors.as_data()]
            named = [code == NAMED for code in codes]
            lines += [
                (_anchor(bound), "" if own else label, str(error)) for own, error in zip(named, errors, strict=True)
            ]
        return lines


class DayForm(forms.Form):
    """As of which day a page is asked for; empty: today."""

    on = day_field(_("As of"), required=False)

    def __init__(self, given: Any, *, today: date) -> None:
        super().__init__(given if "on" in given else None, initial={"on": today})
        self.today = today

    @property
    def day(self) -> date:
        """The day asked for."""
        return (self.cleaned_data["on"] if self.is_valid() else None) or self.today
