"""Forms about activities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from linli.activities.models import Activity, Kind
from linli.activities.policy.rolls import CROWD, Line
from linli.activities.policy.states import Presence
from linli.activities.queries import Row
from linli.lib.clock import CHINA
from linli.organisations import queries as organisations
from linli.places import queries as places
from linli.store.choices import choices
from linli.web.fields import day_field
from linli.web.forms import NAMED, ActionForm

YEARS = (2000, 2100)
NAMES = ("presence", "minutes", "reason")


class ChangeForm(ActionForm):
    """What, when and where; an end that is earlier than the start is on the next morning (night patrols)."""

    title = forms.CharField(max_length=80, label=_("Title of the activity"))
    day = day_field(_("Day"))
    since = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    until = forms.TimeField(
        label=_("Ends at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Earlier than the start means the next morning."),
    )
    spot = forms.CharField(
        max_length=80, label=_("Venue"), help_text=_("As people would say it: hall, pavilion, gate.")
    )
    place = forms.CharField(
        max_length=40, required=False, label=_("Code of the place"), help_text=_("As printed on posters.")
    )

    def clean_place(self) -> Any:
        """Return the place with the code, or None."""
        code = self.cleaned_data["place"].strip()
        if not code:
            return None
        place = places.by_code(code)
        if place is None:
            raise forms.ValidationError(_("There is no place with this code; leave it empty if you do not know it."))
        return place

    def clean_day(self) -> date:
        """Refuse a year that was mistyped."""
        day: date = self.cleaned_data["day"]
        if not YEARS[0] <= day.year <= YEARS[1]:
            raise forms.ValidationError(_("Check the year."))
        return day

    @property
    def times(self) -> tuple[datetime, datetime]:
        """Start and end as moments in China; only on a valid form."""
        given = self.cleaned_data
        overnight = timedelta(days=int(given["until"] < given["since"]))
        starts = datetime.combine(given["day"], given["since"], CHINA)
        return starts, datetime.combine(given["day"] + overnight, given["until"], CHINA)

    @staticmethod
    def initial_of(activity: Activity) -> dict[str, Any]:
        """Return what the form shows for a planned activity."""
        starts, ends = activity.starts_at.astimezone(CHINA), activity.ends_at.astimezone(CHINA)
        return {
            "title": activity.title,
            "day": starts.date(),
            "since": starts.time(),
            "until": ends.time(),
            "spot": activity.spot,
            "place": activity.place.code if activity.place else "",
        }


class PlanForm(ChangeForm):
    """A new activity of a body for which the actor plans."""

    kind = forms.ModelChoiceField(Kind.objects.none(), to_field_name="code", label=_("Kind"), empty_label=_("Choose"))
    body = forms.ModelChoiceField(
        organisations.nothing(), to_field_name="code", label=_("Held by"), empty_label=_("Choose")
    )
    field_order = ("kind", "body", "title", "day", "since", "until", "spot", "place")

    def __init__(self, *args: Any, kinds: QuerySet[Kind], bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class ReasonForm(ActionForm):
    """A reason, for cancelling and for giving back."""

    reason = forms.CharField(max_length=120, label=_("Reason"))


class ConfirmForm(ActionForm):
    """Confirms the roll in the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class SignInForm(ActionForm):
    """The six digits on the organiser's screen."""

    code = forms.CharField(
        max_length=20,
        label=_("The six digits on the screen"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ScanForm(ActionForm):
    """At which activity that is on now the member is signed in; the first one unless chosen."""

    activity = forms.ChoiceField(label=_("At which activity"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(each.pk): each for each in offered}
        field: Any = self.fields["activity"]
        field.choices = [(key, f"{each.title} · {each.spot}") for key, each in self.offered.items()]
        field.initial = next(iter(self.offered), None)

    def clean_activity(self) -> Activity:
        """Return the activity itself."""
        return self.offered[self.cleaned_data["activity"]]


@dataclass(frozen=True, slots=True)
class RowFields:
    """A row of the roll page with its three fields."""

    row: Row
    presence: BoundField
    minutes: BoundField
    reason: BoundField


def _whole(name: str, duration: int) -> Callable[[int], None]:
    """Return the check that minutes lie within the length of the activity; the error names the member."""

    def check(minutes: int) -> None:
        if not 1 <= minutes <= duration:
            long = _("%(name)s: not more than the %(minutes)d minutes of the activity")
            words = long if minutes > duration else _("%(name)s: at least one minute")
            raise forms.ValidationError(words, NAMED, {"name": name, "minutes": duration})

    return check


class RollForm(ActionForm):
    """The roll: a row for each member due and each guest that stands, one answer for the rest, further guests."""

    others = forms.ChoiceField(
        required=False,
        label=_("Whoever is not marked"),
        choices=[("", _("I mark each one")), ("present", _("was present")), ("absent", _("was absent"))],
        widget=forms.RadioSelect,
    )
    walk_ins = forms.CharField(
        required=False,
        max_length=4000,
        label=_("Others who came"),
        help_text=_(
            "One member number a line; behind it the minutes where they were not the whole time. "
            "Of guests from other branches the page shows the surname only: compare number and surname."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    residents = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=CROWD,
        label=_("Residents who came"),
        help_text=_("How many, no names: who is no member of the branches stands on no roll."),
    )

    def __init__(self, *args: Any, rows: Sequence[Row], duration: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.duration = rows, duration
        for row in rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        number, line = row.member.number, row.line
        offered = choices(Presence) if row.due else [*choices(Presence)[:1], ("", _("Did not come"))]
        self.fields[f"presence-{number}"] = forms.ChoiceField(
            required=False,
            label=row.name,
            choices=offered,
            widget=forms.RadioSelect,
            initial=line.presence if line else None,
        )
        self.fields[f"minutes-{number}"] = forms.IntegerField(
            required=False,
            validators=[_whole(row.name, self.duration)],
            widget=forms.NumberInput(attrs={"min": 1, "max": self.duration}),
            label=_("Minutes"),
            initial=(line.minutes if line else 0) or self.duration,
        )
        self.fields[f"reason-{number}"] = forms.CharField(
            required=False, max_length=120, label=_("Reason of the leave"), initial=line.reason if line else ""
        )

    @property
    def row_fields(self) -> list[RowFields]:
        """The rows with their fields, for the page."""
        return [RowFields(row, *(self[f"{name}-{row.member.number}"] for name in NAMES)) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        """Gather the lines; a row without a mark takes the answer for the rest."""
        given = super().clean() or self.cleaned_data
        self.lines = [line for row in self.rows if (line := self._line(row, given))] + self._walk_ins(given)
        return given

    def _line(self, row: Row, given: dict[str, Any]) -> Line | None:
        number = row.member.number
        marked = given.get(f"presence-{number}") or (given.get("others") if row.due else "")
        if not marked:
            if row.due and f"presence-{number}" not in self.errors:
                self.add_error(f"presence-{number}", _("Mark present, on leave or absent."))
            return None
        minutes, reason = given.get(f"minutes-{number}") or 0, given.get(f"reason-{number}") or ""
        return Line(number, Presence(marked), minutes, reason)

    def _walk_ins(self, given: dict[str, Any]) -> list[Line]:
        lines = []
        for text in (given.get("walk_ins") or "").splitlines():
            number, *more = text.replace("，", " ").replace(",", " ").split() or [""]
            if number and (more[1:] or not all(part.isdecimal() for part in more)):
                words = _("“%(line)s”: write a member number, then perhaps the minutes.")
                self.add_error("walk_ins", words % {"line": text.strip()})
            elif number:
                lines.append(Line(number, Presence.PRESENT, int(more[0]) if more else 0))
        return lines
