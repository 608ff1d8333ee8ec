"""Forms of in-service members who check in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.members.models import Member
from linli.web.fields import day_field
from linli.web.forms import ActionForm


class CheckInForm(ActionForm):
    """Who checks in, with which slip of which home unit."""

    member = forms.ModelChoiceField(
        Member.objects.none(),
        to_field_name="number",
        label=_("Member number"),
        widget=forms.TextInput,
        error_messages={
            "invalid_choice": _("There is no member of this number here; look it up in the list of members.")
        },
    )
    home_unit = forms.CharField(max_length=80, label=_("Home unit"), help_text=_("Its full name, as on the slip."))
    contact = forms.CharField(
        max_length=80, required=False, label=_("Contact of the home unit"), help_text=_("Name and office phone.")
    )
    slip = forms.CharField(max_length=40, label=_("Number of the check-in slip"))
    since = day_field(_("Checked in on"))
    agreed = forms.BooleanField(
        required=False,
        label=_("The member agrees that the home unit gets feedback each quarter"),
        help_text=_("Ask for it; the member can take it back on “My page” at any time."),
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


class CheckOutForm(ActionForm):
    """The first day without it."""

    on = day_field(_("From this day it does not hold any more"))
