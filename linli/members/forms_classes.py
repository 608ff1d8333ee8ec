"""Forms of classified management: classes with their duties, rules of reassignment, one member set right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.members.models import MemberClass
from linli.members.policy.classes import RULED, Flaw
from linli.organisations.queries import nothing
from linli.store.choices import choices
from linli.web.fields import day_field
from linli.web.forms import ActionForm

ONE_A_LINE = _("One a line.")


def _lines(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=ONE_A_LINE, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )


class ClassForm(ActionForm):
    """A class: its name, its duty set, whether it takes part in points."""

    name = forms.CharField(max_length=40, label=_("Name"))
    duties = _lines(_("Duties"))
    scored = forms.BooleanField(
        required=False, label=_("Takes part in points"), help_text=_("Classes without points are never ranked.")
    )


class NewClassForm(ClassForm):
    """A class that is not there yet."""

    code = forms.SlugField(max_length=20, label=_("Lasting code"), help_text=_("Letters, digits and hyphens."))
    field_order = ("name", "code")

    def clean_code(self) -> str:
        """Refuse a code that is taken: the form would change that class."""
        code: str = self.cleaned_data["code"]
        if MemberClass.objects.filter(code=code).exists():
            raise forms.ValidationError(
                _("The class %(code)s exists already; give another code."), "taken", {"code": code}
            )
        return code


class UnifiedForm(ActionForm):
    """What is the same for every class."""

    lines = _lines(_("The same for every class"))


class RuleForm(ActionForm):
    """A rule: whom it means, and what it gives them."""

    body = forms.ModelChoiceField(
        nothing(), to_field_name="code", label=_("Among the members of"), empty_label=_("Please choose"),
        help_text=_("With the branches below; without a unit counts the last one."),
    )  # fmt: skip
    flaw = forms.ChoiceField(
        choices=[("", _("Does not matter")), *(pair for pair in choices(Flaw) if pair[0] in RULED)],
        required=False,
        label=_("What is missing"),
    )
    of_class = forms.ModelChoiceField(
        MemberClass.objects.none(), to_field_name="code", required=False, label=_("Is in the class"),
        empty_label=_("Does not matter"),
    )  # fmt: skip
    age_from = forms.IntegerField(min_value=18, max_value=120, required=False, label=_("Is at least so many years old"))
    to_class = forms.ModelChoiceField(
        MemberClass.objects.none(), to_field_name="code", required=False, label=_("Gets the class"),
        empty_label=_("Stays as it is"),
    )  # fmt: skip
    to_unit = forms.ModelChoiceField(
        nothing(), to_field_name="code", required=False, label=_("Gets the unit"), empty_label=_("Stays as it is"),
        help_text=_("Empty, where the unit has ended: the body that took over from it."),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Any, units: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in {"body": bodies, "of_class": classes, "to_class": classes, "to_unit": units}.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]


class OnForm(ActionForm):
    """The day from which something holds."""

    on = day_field(_("From"))


class AssignForm(OnForm):
    """Exactly one class and one unit."""

    member_class = forms.ModelChoiceField(
        MemberClass.objects.none(), to_field_name="code", label=_("Class"), empty_label=_("Please choose")
    )
    unit = forms.ModelChoiceField(nothing(), to_field_name="code", label=_("Branch"), empty_label=_("Please choose"))
    field_order = ("member_class", "unit", "on")

    def __init__(self, *args: Any, units: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_class"].queryset = classes  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class RemoveForm(ActionForm):
    """Nothing but the key."""
