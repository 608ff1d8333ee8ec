"""Forms of the walls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from linli.store.choices import choices
from linli.walls.models import Category, Issue
from linli.walls.policy.categories import COMPLAINT
from linli.walls.policy.cover import LONGEST
from linli.walls.policy.kinds import Outcome
from linli.walls.policy.states import Action
from linli.walls.queries.public import category
from linli.web.forms import ActionForm


class CategoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A category with its guidance, one tap each; complaints have a page of their own."""

    widget = forms.RadioSelect
    complaint = False

    def to_python(self, value: Any) -> Category | None:
        """Return the category with the code `value`; asked without the query set, which is compiled each time."""
        self.validate_no_null_characters(value)
        for found in category(value) if (value == COMPLAINT) is self.complaint else ():
            return found
        missing: None = super().to_python(value)
        return missing

    def label_from_instance(self, obj: Category) -> str:
        """Return name and guidance."""
        return format_html("<span>{}<br><small>{}</small></span>", obj.words, obj.hint)


class ReportForm(ActionForm):
    """A problem: what it is about, one sentence; photo and contact only if wanted."""

    category = CategoryField(
        Category.objects.exclude(code=COMPLAINT),
        label=gettext_lazy("What is it about?"),
        to_field_name="code",
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose what it is about; “Something else” is fine."),
            "invalid_choice": gettext_lazy("Choose one of the categories in the list."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("What is wrong, and where exactly?"),
        help_text=gettext_lazy("One sentence is enough. Everybody can read it: please name no persons."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write one sentence about what is wrong.")},
    )
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP. Place and time are taken out of it; it is shown only after a check."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("How can we reach you?"),
        help_text=gettext_lazy("Only those who work on it see this. Without it, your receipt shows you the answer."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    as_member = forms.BooleanField(
        label=gettext_lazy("Post it as a member: the wall shows my surname only, and a solved issue counts as a deed"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, member: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not member:
            del self.fields["as_member"]


class _ComplaintField(CategoryField):
    complaint = True


class ComplaintForm(ReportForm):
    """A complaint or suggestion: words, and a contact if wanted; nobody's name."""

    category = _ComplaintField(
        Category.objects.filter(code=COMPLAINT), to_field_name="code", initial=COMPLAINT, widget=forms.HiddenInput
    )
    text = forms.CharField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("About this site, or how we work. Your words are never shown in public."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write one sentence about what is wrong.")},
    )
    photo = None  # type: ignore[assignment]


LOOKED = gettext_lazy("I looked at the photo: no face, no number plate, nothing private. Show it in public")


class AcceptForm(ActionForm):
    """Taking an issue on."""

    photo_public = forms.BooleanField(label=LOOKED, required=False)

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo_public"].initial = issue.photo_public
        if issue.photo_id is None or issue.category.private:
            del self.fields["photo_public"]


class PhotoForm(ActionForm):
    """Showing the photo, or not any more."""

    photo_public = forms.BooleanField(label=LOOKED, required=False)

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo_public"].initial = issue.photo_public


class HideForm(ActionForm):
    """Words that the public must not read, such as a neighbour's name."""

    words = forms.CharField(
        label=gettext_lazy("Which words?"),
        help_text=gettext_lazy("As they stand there. Everybody reads ●●● instead, here and in the record."),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write the words that have to be hidden.")},
    )


class ReplyForm(ActionForm):
    """The public answer."""

    text = forms.CharField(
        label=gettext_lazy("Reply, in public"),
        help_text=gettext_lazy("What was done, by whom, what comes next. Everybody can read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"), choices=choices(Outcome), widget=forms.RadioSelect
    )


class EscalateForm(ActionForm):
    """One reason, nothing else: everything goes up with the issue."""

    reason = forms.CharField(
        label=gettext_lazy("Why can it not be solved here?"),
        help_text=gettext_lazy("Shown in public on both walls."),
        max_length=300,
    )


class DeclineForm(ActionForm):
    """The reason why something is not for the wall."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it not for the wall, and where does it belong?"),
        help_text=gettext_lazy("Shown in public; the text of the issue is then no longer shown."),
        max_length=300,
    )


class ReceiptForm(ActionForm):
    """The receipt, typed as it stands on the slip; it changes nothing, so it has no request key."""

    key = None  # type: ignore[assignment]
    secret = forms.CharField(
        label=gettext_lazy("Receipt number"),
        help_text=gettext_lazy("20 digits, with or without spaces"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class SatisfiedForm(ActionForm):
    """The reporter is satisfied."""

    secret = forms.CharField(max_length=60, widget=forms.HiddenInput)


class ReopenForm(SatisfiedForm):
    """The reporter is not satisfied: why."""

    reason = forms.CharField(
        label=gettext_lazy("What is still wrong?"),
        help_text=gettext_lazy("One sentence; everybody can read it."),
        max_length=300,
    )


class OpenWallForm(ActionForm):
    """A new wall: who answers for it."""

    body: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Who answers for the wall"), to_field_name="code", empty_label=gettext_lazy("Choose")
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the wall"), help_text=gettext_lazy("Empty: the name of the place"), max_length=80,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class PosterForm(ActionForm):
    """A further poster of a wall."""

    place: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Where it will hang"), to_field_name="code", empty_label=gettext_lazy("Choose")
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


DESK_FORMS: dict[str, type[ActionForm]] = {
    Action.ACCEPT.value: AcceptForm,
    Action.REPLY.value: ReplyForm,
    Action.ESCALATE.value: EscalateForm,
    Action.DECLINE.value: DeclineForm,
    "hide": HideForm,
    "photo": PhotoForm,
}


def desk_form(name: str, issue: Issue, data: Any = None) -> ActionForm:
    """Return the form `name` of the desk; several stand on one page, so each has identifiers of its own."""
    more: dict[str, Any] = {"issue": issue} if DESK_FORMS[name] in {AcceptForm, PhotoForm} else {}
    return DESK_FORMS[name](data, auto_id=f"{name}-%s", **more)
