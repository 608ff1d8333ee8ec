"""The form of a kind of activity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.activities.models import Kind
from linli.activities.policy.kinds import OLDEST, KindPlan, Life, Study
from linli.activities.policy.states import Due
from linli.store.choices import choices
from linli.web.forms import ActionForm

NONE = ("", _("None"))


class KindForm(ActionForm):
    """What a kind says: who is due, what it counts as, what it earns, what it asks for."""

    name = forms.CharField(max_length=40, label=_("Name"))
    due = forms.ChoiceField(choices=choices(Due), label=_("Who is due"))
    life = forms.ChoiceField(
        choices=[NONE, *choices(Life)],
        required=False,
        label=_("Organisational life"),
        help_text=_("Each has a rule of how often it takes place."),
    )
    study = forms.ChoiceField(
        choices=[("", _("Not as study")), *choices(Study)], required=False, label=_("The time counts")
    )
    made_up = forms.BooleanField(required=False, label=_("Who was due and did not come makes it up"))
    by_hour = forms.BooleanField(
        required=False, label=_("Counted by the hour"), help_text=_("For service; meetings count by presence.")
    )
    indicator = forms.ChoiceField(required=False, label=_("What a confirmed presence earns"))
    make_up_indicator = forms.ChoiceField(required=False, label=_("What making up in time earns"))
    public = forms.BooleanField(required=False, label=_("Shown in the calendar that everybody reads"))
    risky = forms.BooleanField(
        required=False,
        label=_("Insurance is noted before"),
        help_text=_("For what can hurt: patrols, ladders, knives (volunteer service regulations, art. 17)."),
    )
    min_age = forms.IntegerField(
        min_value=0, max_value=OLDEST, initial=0, label=_("From the age of"), help_text=_("0: any age.")
    )
    offered = forms.BooleanField(required=False, initial=True, label=_("New activities of this kind can be planned"))

    def __init__(self, *args: Any, earned: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("indicator", "make_up_indicator"):
            self.fields[name].choices = [("", _("Nothing")), *earned]  # type: ignore[attr-defined]

    def plan(self, code: str) -> KindPlan:
        """Return the kind as it is to be; only on a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"key", "code"}}
        given["due"] = Due(given["due"])
        given["life"] = Life(given["life"]) if given["life"] else None
        given["study"] = Study(given["study"]) if given["study"] else None
        return KindPlan(code, **given)

    @staticmethod
    def initial_of(kind: Kind) -> dict[str, Any]:
        """Return what the form shows for a kind that is there."""
        return {name: getattr(kind, name) for name in KindForm.base_fields if name != "key"}


class NewKindForm(KindForm):
    """A kind that is not there yet."""

    code = forms.CharField(
        max_length=20, label=_("Lasting code"), help_text=_("Small letters, digits and hyphens: reading-circle.")
    )
    field_order = ("name", "code")
