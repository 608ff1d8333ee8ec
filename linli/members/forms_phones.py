"""For what a number is looked at."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.members.policy.phones import ShowReason
from linli.store.choices import choices
from linli.web.forms import ActionForm


class ShowPhoneForm(ActionForm):
    """The reason for looking at a number."""

    reason = forms.ChoiceField(label=_("What for"), choices=choices(ShowReason), widget=forms.RadioSelect)
