"""Forms about accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.utils.translation import gettext_lazy as _

from linli.access.roles import Role
from linli.lib.errors import Refusal
from linli.lib.receipt import normalise
from linli.organisations import queries as organisations
from linli.store.choices import choices
from linli.web.forms import ActionForm

PASSWORD_HINT = _("At least 10 characters, not only digits; a short sentence is easy to remember.")

OUTSIDE = _("This person is not a party member")
OUTSIDE_HINT = _(
    "Of a party member leave it empty and link the account on the member's page. Until one of the two is done, "
    "the account cannot confirm rolls and deeds."
)


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The library's form with one plain sentence about passwords."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT


class GrantForm(ActionForm):
    """A role at one of the bodies where the actor gives roles."""

    body = forms.ModelChoiceField(organisations.nothing(), to_field_name="code", label=_("At"), empty_label=_("Choose"))
    role = forms.ChoiceField(choices=[], label=_("Role"), help_text=_("It covers this body and everything below it."))

    def __init__(self, *args: Any, bodies: Any, roles: frozenset[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["role"].choices = [pair for pair in choices(Role) if pair[0] in roles]  # type: ignore[attr-defined]


class AccountForm(GrantForm):
    """A new account with its first role."""

    shown_name = forms.CharField(max_length=40, label=_("Full name"), help_text=_("As colleagues see it."))
    username = forms.CharField(
        max_length=40,
        label=_("User name"),
        help_text=_("For log-in: letters, digits and - _ . only."),
        validators=[ASCIIUsernameValidator()],
    )
    outside_party = forms.BooleanField(required=False, label=OUTSIDE, help_text=OUTSIDE_HINT)
    field_order = ("shown_name", "username", "body", "role", "outside_party")


class OutsideForm(ActionForm):
    """Whether the holder is no party member."""

    outside_party = forms.BooleanField(required=False, label=OUTSIDE, help_text=OUTSIDE_HINT)


class SlipForm(ActionForm):
    """Whether the second factor goes too."""

    drop_second_factor = forms.BooleanField(
        required=False,
        label=_("The phone is lost as well: remove the second factor"),
        help_text=_("It is set up anew after the next log-in."),
    )


class EndForm(ActionForm):
    """Nothing but the confirmation."""


class InvitationForm(ActionForm):
    """The code of a slip and the password chosen with it."""

    code = forms.CharField(
        max_length=60,
        label=_("Code on the slip"),
        help_text=_("20 digits; spaces do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password once more"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_code(self) -> str:
        """Return the bare digits; refuse what cannot be a code."""
        try:
            return normalise(self.cleaned_data["code"])
        except Refusal:
            told = _("The code on the slip has 20 digits, and these do not fit; please compare digit by digit.")
            raise forms.ValidationError(told) from None

    def clean_password(self) -> str:
        """Refuse a password that is too easy."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ; type the same one twice."))
        return given
