"""Forms about places and grids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.lib.errors import Refusal
from linli.places.policy.datum import Datum
from linli.places.policy.fits import Fits
from linli.places.policy.kinds import PlaceKind
from linli.places.policy.precision import DEFAULT_TOLERANCE, MAX_TOLERANCE
from linli.places.policy.sending import MAX_FILE
from linli.store.choices import choices
from linli.web.fields import day_field
from linli.web.forms import ActionForm, Outcome

DATUMS = (
    (Datum.WGS84.value, _("WGS-84 or CGCS2000 (Tianditu, surveys)")),
    (Datum.GCJ02.value, _("GCJ-02 (Amap, Tencent)")),
    (Datum.BD09.value, _("BD-09 (Baidu)")),
)
NOT_KNOWN = ("", _("As the file says; ask me where it does not"))
LAYERS = ("layer", "boundary_layer")
MEGABYTE = 2**20


class InReach(forms.CharField):
    """The code of a place that the actor answers for; gives the place."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, help_text=_("As printed on posters."), **more)
        self.places: Any = None

    def clean(self, value: Any) -> Any:
        """Return the place with the code."""
        code = super().clean(value)
        found = self.places.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("You answer for no place with this code; look it up on the page of places."))
        return found


class PlaceForm(ActionForm):
    """A new place below one that the actor answers for."""

    parent = InReach(label=_("Code of the place above"))
    kind = forms.ChoiceField(choices=choices(PlaceKind), label=_("Kind"))
    name = forms.CharField(max_length=80, label=_("Name"))
    code = forms.SlugField(
        max_length=40, label=_("Lasting code"), help_text=_("Letters, digits and hyphens; it stays for ever.")
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].places = places  # type: ignore[attr-defined]


def code_field() -> forms.CharField:
    """Make the field that names the property with the codes."""
    return forms.CharField(
        max_length=60,
        required=False,
        label=_("Property that holds the code"),
        help_text=_("Empty: code, id, 编码 or 编号 is taken."),
    )


def layer_field(label: Any) -> forms.CharField:
    """Return the field of a layer, hidden until it is asked."""
    return forms.CharField(
        max_length=120,
        required=False,
        widget=forms.HiddenInput,
        label=label,
        help_text=_("Choose the file above once more as well."),
    )


class LayeredForm(ActionForm):
    """A form with a map of which a layer may have to be named."""

    def carry_out[T](self, action: Callable[[], T]) -> Outcome[T] | None:
        """Run `action`; where a file holds several layers, their names are offered from then on."""

        def asking() -> T:
            try:
                return action()
            except Refusal as refusal:
                if refusal.field in LAYERS:
                    names = [str(name) for name in cast(list[str], refusal.values["choices"])]
                    self.fields[refusal.field].widget = forms.Select(choices=[(name, name) for name in names])
                raise

        return super().carry_out(asking)


class GridForm(LayeredForm):
    """A map to be proven."""

    place = InReach(label=_("Code of the place that the grid covers"))
    file = forms.FileField(
        label=_("Map of the cells"),
        help_text=_("GeoJSON, GeoPackage or zipped Shapefile: one area for each cell, with a code; at most 20 MB."),
    )
    layer = layer_field(_("Layer of the cells"))
    boundary = forms.FileField(
        required=False,
        label=_("Map of the boundary"),
        help_text=_("The area to be covered. Without it a gap that is open to the outside cannot be seen."),
    )
    boundary_layer = layer_field(_("Layer of the boundary"))
    datum = forms.ChoiceField(choices=(NOT_KNOWN, *DATUMS), required=False, label=_("Coordinates of the map"))
    tolerance = forms.DecimalField(
        min_value=0.01,
        max_value=MAX_TOLERANCE,
        decimal_places=2,
        initial=DEFAULT_TOLERANCE,
        label=_("Tolerance in metres"),
        help_text=_("A gap or overlap that is thinner counts as a sliver, which is a fault as well."),
    )
    identify = code_field()
    since = day_field(_("From"))

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].places = places  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        return small(self.cleaned_data["file"])

    def clean_boundary(self) -> Any:
        """Refuse what is too large."""
        given = self.cleaned_data["boundary"]
        return small(given) if given else None


class DatumForm(ActionForm):
    """In which coordinates a map was drawn."""

    datum = forms.ChoiceField(widget=forms.RadioSelect, label=_("Coordinates of the map"))

    def __init__(self, *args: Any, shares: Fits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["datum"].choices = [(value, _fitting(label, shares.get(Datum(value)))) for value, label in DATUMS]  # type: ignore[attr-defined]


def _fitting(label: Any, share: float | None) -> str:
    if share is None:
        return str(label)
    return _("%(datum)s: %(percent)s %% of the land agree") % {"datum": label, "percent": f"{100 * share:.1f}"}


class AdoptForm(ActionForm):
    """From when the map holds that was looked at with the last edit `seen`."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    since = day_field(_("From"))
    reason = forms.CharField(
        max_length=200,
        required=False,
        label=_("Why from a day in the past"),
        help_text=_("Only where the day above is before today. It stands in the history of the grid."),
    )


def small(file: Any) -> Any:
    """Return a map of a size that is read on a page; refuse a larger one."""
    if (file.size or 0) > MAX_FILE:
        raise forms.ValidationError(
            _("The file is larger than %(limit)s MB; a map of cells alone is smaller."),
            params={"limit": MAX_FILE // MEGABYTE},
        )
    return file
