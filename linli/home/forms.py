"""Forms of one's own page."""

from __future__ import annotations

from django import forms

from linli.members.policy.kinds import Purpose
from linli.store.choices import choices
from linli.web.forms import ActionForm


class ConsentForm(ActionForm):
    """One purpose, given or withdrawn."""

    purpose = forms.ChoiceField(choices=choices(Purpose), widget=forms.HiddenInput)
    given = forms.ChoiceField(choices=[("0", "0"), ("1", "1")], widget=forms.HiddenInput)
