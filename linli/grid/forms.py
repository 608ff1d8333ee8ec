"""Forms of linked households."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.grid.queries import DoorLine
from linli.members import queries as members
from linli.web.fields import day_field
from linli.web.forms import ActionForm

NAMED = 5


class DoorsForm(ActionForm):
    """Doors of one building or stairwell, each with who answers for it."""

    doors = forms.MultipleChoiceField(label=_("Doors"), widget=forms.CheckboxSelectMultiple)
    day = day_field(_("From"))

    def __init__(self, *args: Any, lines: list[DoorLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {line.door.code: line.door for line in lines}
        self.fields["doors"].choices = [(line.door.code, _shown(line)) for line in lines]  # type: ignore[attr-defined]

    def clean_doors(self) -> list[Any]:
        """Return the doors chosen."""
        return [self.known[code] for code in self.cleaned_data["doors"]]


class LinkForm(DoorsForm):
    """Doors that a member answers for from a day on."""

    member = forms.CharField(
        max_length=40, label=_("Member"), help_text=_("Name, or member number where several have the name.")
    )
    field_order = ("member", "day", "doors")

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_member(self) -> Any:
        """Return the member with the number, or the only one with the name."""
        text = " ".join(self.cleaned_data["member"].split())
        found = list(self.people.filter(number__iexact=text)[:1])
        found = found or list(self.people.filter(name=text)[: NAMED + 1])
        found = found or list(self.people.filter(members.called(text))[: NAMED + 1])
        if not found:
            raise forms.ValidationError(
                gettext("No member in your reach has this name or number; look it up in the list.")
            )
        if len(found) > 1:
            shown = "、".join(f"{one.name} {one.number}" for one in found[:NAMED])
            raise forms.ValidationError(
                gettext("Several members are meant: %(names)s. Write the member number.") % {"names": shown}
            )
        return found[0]


def _shown(line: DoorLine) -> str:
    if line.link is None:
        return f"{line.door.name} · {gettext('nobody')}"
    return f"{line.door.name} · {line.link.member.name}"
