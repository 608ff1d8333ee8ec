"""The form by which a community is divided anew."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.organisations.forms_places import DATUMS, LayeredForm, code_field, layer_field, small
from linli.places.policy.titles import MOST_HOUSEHOLDS
from linli.web.fields import day_field


class DivideForm(LayeredForm):
    """What is divided, and into how many households a cell."""

    least = forms.IntegerField(min_value=1, max_value=MOST_HOUSEHOLDS, label=_("Households of a cell, at least"))
    most = forms.IntegerField(min_value=1, max_value=MOST_HOUSEHOLDS, label=_("Households of a cell, at most"))
    file = forms.FileField(
        required=False,
        label=_("Map of the buildings"),
        help_text=_(
            "GeoJSON, GeoPackage or zipped Shapefile: one area for each building, with its code or the number of its "
            "households; at most 20 MB. Without it the cells of the present map are joined."
        ),
    )
    layer = layer_field(_("Layer of the buildings"))
    datum = forms.ChoiceField(choices=DATUMS, initial=DATUMS[0][0], label=_("Coordinates of the map"))
    households = forms.CharField(
        max_length=60,
        required=False,
        label=_("Property that counts households"),
        help_text=_("Empty: households or 户数; where there is none, the doors on the register below the code."),
    )
    identify = code_field()
    since = day_field(_("From"))

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        given = self.cleaned_data["file"]
        return small(given) if given else None
