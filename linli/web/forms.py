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

    @property
    def summary(self) -> list[tuple[str, str, str]]:
        """The errors as (id of the field, label, words), for the linked list above the form."""
        lines = []
        for name, errors in self.errors.items():
            bound: Any = self[name] if name in self.fields else None
            label = str(bound.label) if bound and not bound.is_hidden else ""
            lines += [(_anchor(bound), label, str(error)) for error in errors]
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
