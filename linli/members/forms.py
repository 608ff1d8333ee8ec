"""Forms about members: finding them, sending a roster, confirming its import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.files.policy.workbook import MAX_FILE
from linli.members.models import MemberClass
from linli.members.policy.differences import RosterDifference
from linli.members.policy.dimensions import Change, Dimension, PostGroup
from linli.members.queries.cells import Cell
from linli.store.choices import choices
from linli.web.fields import day_field
from linli.web.forms import ActionForm, said


class FindForm(forms.Form):
    """What the list of members is narrowed by; a value that is not offered narrows nothing."""

    q = forms.CharField(
        max_length=40, required=False, label=_("Name, pinyin initials or number"), widget=forms.TextInput()
    )
    unit = forms.ChoiceField(required=False, label=_("Branch"))
    member_class = forms.ChoiceField(required=False, label=_("Class"))
    stage = forms.ChoiceField(required=False, label=_("Stage"))
    education = forms.ChoiceField(required=False, label=_("Education"))
    age = forms.ChoiceField(required=False, label=_("Age"))
    sex = forms.ChoiceField(required=False, label=_("Sex"))
    seniority = forms.ChoiceField(required=False, label=_("Years since joining"))
    post = forms.ChoiceField(required=False, label=_("Post"))
    change = forms.ChoiceField(required=False, label=_("What happened in the year"))
    counted = forms.ChoiceField(required=False, label=_("Counts for the unit"))
    on = day_field(_("As of"), required=False)
    own = forms.BooleanField(required=False, label=_("Without the branches below"))
    committees = forms.BooleanField(required=False, label=_("Sits in the two committees"))
    schooled = forms.BooleanField(required=False, label=_("College or above"))

    def __init__(self, *args: Any, units: Any, cells: Mapping[Dimension, Iterable[Cell]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        offered: dict[str, list[Any]] = {
            "unit": [(body.code, body.name) for body in units],
            "post": list(choices(PostGroup)),
            "change": list(choices(Change)),
            "counted": [("yes", _("Counts")), ("no", _("Does not count"))],
        }
        for each, found in cells.items():
            offered[each.value] = [(cell.value, said(cell.words, cell.values)) for cell in found]
        for name, some in offered.items():
            self.fields[name].choices = [everything, *some]  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """The values that narrow the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class UploadForm(ActionForm):
    """A roster file, and the organisation whose roster it is."""

    organisation = forms.ModelChoiceField(
        MemberClass.objects.none(),
        to_field_name="code",
        empty_label=_("Please choose"),
        label=_("Roster of"),
        help_text=_("Only members of this organisation and of those below it can be changed by the file."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or CSV, at most 20 MB. Title rows above the header may stay as they are."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]
        if len(bodies) == 1:
            self.initial.setdefault("organisation", bodies[0].code)

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Remove pictures and other sheets."))
        return file


class ImportForm(ActionForm):
    """The word to save what was shown."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    others = forms.BooleanField(
        required=False, label=_("The doubtful new members are other people than those of the same name and birthday")
    )

    def show_again(self, difference: RosterDifference) -> None:
        """Take up the difference that is on the page now; without doubtful members nobody is asked about them."""
        self.initial["shown"] = difference.mark
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["shown"] = difference.mark
            self.data = data
        if not difference.doubtful:
            del self.fields["others"]


class AccountForm(ActionForm):
    """The account with which a member logs in."""

    username = forms.CharField(
        max_length=150, label=_("User name of the account"), help_text=_("As it stands on the invitation slip.")
    )
