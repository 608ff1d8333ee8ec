"""What the figures are asked for: which unit, which day, which two dimensions, which year."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.members.policy.dimensions import Dimension
from linli.store.choices import choices
from linli.web.fields import day_field

FIRST_YEAR = 1921
FIRST = {"rows": Dimension.AGE.value, "columns": Dimension.SEX.value}
"""What is crossed before anybody chooses."""


class FiguresForm(forms.Form):
    """A unit, a day and two dimensions; what is not offered is as if it were not asked for."""

    unit = forms.ChoiceField(required=False, label=_("Branch"))
    on = day_field(_("As of"), required=False)
    rows = forms.ChoiceField(required=False, label=_("Rows"), choices=choices(Dimension))
    columns = forms.ChoiceField(required=False, label=_("Columns"), choices=choices(Dimension))

    def __init__(self, given: Any, *, units: list[Any], today: date) -> None:
        self.units, self.today = {body.code: body for body in units}, today
        super().__init__({"on": today} | FIRST | {name: value for name, value in given.items() if value})
        names = [(body.code, body.name) for body in units]
        self.fields["unit"].choices = [("", _("All")), *names]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def unit_asked(self) -> Any:
        """The unit asked for; None: all in reach."""
        return self.units.get(self.cleaned_data.get("unit") or "")

    @property
    def day(self) -> date:
        """The day asked for."""
        return self.cleaned_data.get("on") or self.today

    @property
    def crossed(self) -> tuple[Dimension, Dimension]:
        """The dimensions of the rows and of the columns, never the same one twice."""
        given = self.cleaned_data
        rows, columns = (Dimension(given.get(name) or first) for name, first in FIRST.items())
        if rows is columns:
            columns = Dimension.SEX if rows is not Dimension.SEX else Dimension.AGE
        return rows, columns


class AnnualForm(forms.Form):
    """A unit and a year."""

    unit = forms.ChoiceField(required=False, label=_("Branch"))
    year = forms.IntegerField(required=False, label=_("Year"))

    def __init__(self, given: Any, *, units: list[Any], today: date) -> None:
        self.units, self.today = {body.code: body for body in units}, today
        start = {"year": today.year, "unit": next(iter(self.units), "")}
        super().__init__(start | {name: value for name, value in given.items() if value})
        self.fields["unit"].choices = [(body.code, body.name) for body in units]  # type: ignore[attr-defined]
        self.fields["year"] = forms.IntegerField(
            required=False, label=_("Year"), min_value=FIRST_YEAR, max_value=today.year
        )
        self.is_valid()

    @property
    def unit_asked(self) -> Any:
        """The unit asked for, else the first; None where the actor has none."""
        asked = self.cleaned_data.get("unit") or next(iter(self.units), "")
        return self.units.get(asked)

    @property
    def day(self) -> date:
        """The last day of the year asked for, or today where the year goes on."""
        return min(date(self.cleaned_data.get("year") or self.today.year, 12, 31), self.today)
