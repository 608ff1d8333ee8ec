"""Forms of minutes: the head, a point of the agenda, corrections and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.activities.models import AgendaItem
from linli.activities.policy.minutes import Answer, Way
from linli.activities.policy.motions import Item
from linli.store.choices import choices
from linli.web.forms import ActionForm

LONG = 6000


def _text(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **more)


class HeadForm(ActionForm):
    """Who chaired, and how it opened."""

    chair = forms.ChoiceField(required=False, label=_("Chair"))
    delegated = forms.BooleanField(
        required=False,
        label=_("The secretary asked the chair to preside"),
        help_text=_("Needed where somebody else than the secretary chairs (Q6)."),
    )
    opening = _text(_("Opening"), 3, required=False, help_text=_("What was said before the first point."))

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].choices = [("", _("Not named yet")), *offered]  # type: ignore[attr-defined]


def _votes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=0, max_value=9999, label=label)


class ItemForm(ActionForm):
    """A point of the agenda: what was said, what was decided, how many voted how."""

    title = forms.CharField(max_length=120, label=_("Point of the agenda"))
    said = _text(_("What was said"), 6, required=False)
    decision = _text(_("Decision"), 3, required=False)
    way = forms.ChoiceField(choices=[("", _("No vote")), *choices(Way)], required=False, label=_("Vote"))
    yes, no, abstained = _votes(_("Votes for")), _votes(_("Votes against")), _votes(_("Abstentions"))
    weighty = forms.BooleanField(
        required=False, label=_("It weighs much in the community, or touches the interests of residents (Q4)")
    )
    committee_before = forms.BooleanField(required=False, label=_("The committee discussed it before"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def item(self) -> Item:
        """The point as the rules know it; only on a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"key", "seen"}}
        given["way"] = Way(given["way"]) if given["way"] else None
        given |= {name: given[name] or 0 for name in ("yes", "no", "abstained")}
        return Item(**given)

    @staticmethod
    def initial_of(row: AgendaItem) -> dict[str, Any]:
        """Return what the form shows for a point that is there."""
        return {name: getattr(row, name) for name in ItemForm.base_fields if name not in {"key", "seen"}} | {
            "seen": row.version
        }


class CloseForm(ActionForm):
    """Makes minutes final in the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(ActionForm):
    """What somebody who was present wants corrected."""

    text = forms.CharField(
        max_length=500,
        label=_("What should be corrected"),
        help_text=_("Name the point, and what was really said or decided."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(ActionForm):
    """What became of a correction."""

    answer = forms.ChoiceField(choices=choices(Answer), label=_("Answer"), widget=forms.RadioSelect)
    words = forms.CharField(
        max_length=300, required=False, label=_("In words"), help_text=_("Needed where it is not taken over.")
    )
