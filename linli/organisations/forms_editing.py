"""Forms of a map that is edited; each does what dragging on the map does."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.places.policy.saving import MAX_CODE, MAX_NAME
from linli.places.policy.steps import EditAction
from linli.places.policy.titles import split_codes
from linli.web.forms import ActionForm

CORNER_WAYS = (
    (EditAction.MOVE.value, _("Move the corner")),
    (EditAction.BEND.value, _("Bend the edge from it to the next")),
    (EditAction.DROP.value, _("Take the corner out")),
)
_MOST_METRES = 100_000
_POINT = re.compile(r"\A\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*\Z")
_WIDE, _HIGH = 180, 90


class PointsField(forms.CharField):
    """Points, one a line: longitude, latitude."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}), **more)

    def clean(self, value: Any) -> list[tuple[float, float]]:
        """Return (longitude, latitude) of each line in degrees of WGS-84."""
        found = []
        for number, line in enumerate(filter(str.strip, super().clean(value).splitlines()), 1):
            match = _POINT.match(line)
            lon, lat = (float(match[1]), float(match[2])) if match else (_WIDE + 1.0, 0.0)
            if abs(lon) > _WIDE or abs(lat) > _HIGH:
                words = _("Line %(number)d: write longitude, then latitude, like 112.9381, 28.2282.")
                raise forms.ValidationError(words, "point", {"number": number})
            found.append((lon, lat))
        return found


class EditForm(ActionForm):
    """An edit of a map of which `seen` edits were known."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class UndoForm(EditForm):
    """An edit that is taken back, on the page of a cell or of the whole map."""

    cell = forms.CharField(widget=forms.HiddenInput, max_length=MAX_CODE, required=False)


class CornerForm(EditForm):
    """Move a corner, bend an edge, take a corner out."""

    corner = forms.IntegerField(min_value=1, label=_("Corner number"), help_text=_("As on the map and in the list."))
    action = forms.ChoiceField(choices=CORNER_WAYS, label=_("What to do"))
    east = forms.FloatField(
        min_value=-_MOST_METRES,
        max_value=_MOST_METRES,
        initial=0,
        required=False,
        label=_("Metres to the east"),
        help_text=_("Less than 0: to the west."),
    )
    north = forms.FloatField(
        min_value=-_MOST_METRES,
        max_value=_MOST_METRES,
        initial=0,
        required=False,
        label=_("Metres to the north"),
        help_text=_("Less than 0: to the south."),
    )


class SplitForm(EditForm):
    """Divide a cell."""

    first = forms.IntegerField(min_value=1, label=_("From corner"))
    last = forms.IntegerField(min_value=1, label=_("To corner"))
    via = PointsField(required=False, label=_("Points between"), help_text=_("One a line: longitude, latitude."))
    new = forms.CharField(max_length=MAX_CODE, label=_("Code of the new cell"))
    name = forms.CharField(max_length=MAX_NAME, required=False, label=_("Name of the new cell"))


class JoinForm(EditForm):
    """Join a neighbour to a cell."""

    other = forms.ChoiceField(label=_("Neighbour that becomes part of it"))

    def __init__(self, *args: Any, neighbours: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("Choose"))] + [(code, code) for code in neighbours]  # type: ignore[attr-defined]


class RenameForm(EditForm):
    """Code, name and list of a cell."""

    new = forms.CharField(max_length=MAX_CODE, label=_("Code of the cell"))
    name = forms.CharField(max_length=MAX_NAME, required=False, label=_("Name"))
    places = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("Places listed here"),
        help_text=_("Codes of buildings, with commas between; a building brings its doors along."),
    )

    def clean_places(self) -> tuple[str, ...]:
        """Return the codes."""
        return split_codes(self.cleaned_data["places"])


class DrawForm(EditForm):
    """Draw a new cell."""

    ring = PointsField(
        label=_("Corners of the new cell"),
        help_text=_("In order, one a line: longitude, latitude."),
    )
    new = forms.CharField(max_length=MAX_CODE, label=_("Code of the new cell"))
    name = forms.CharField(max_length=MAX_NAME, required=False, label=_("Name of the new cell"))
