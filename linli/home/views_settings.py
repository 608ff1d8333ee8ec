"""Settings: values of rules, dated and with their source; the working calendar, day by day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.home import queries
from linli.home.forms import DayForm, RuleForm, YearForm
from linli.lib.clock import local_date, now
from linli.places import queries as places
from linli.rules import queries as rules
from linli.rules import services
from linli.rules.policy.defaults import DEFAULTS
from linli.web.access import actor_of, page

FIRST_YEAR, LAST_YEAR = 2020, 2050
WORKING = {"holiday": False, "working": True, "week": None}


@page(Permission.RULE_EDIT)
def settings(request: HttpRequest) -> HttpResponse:
    """Show the rules that hold today at one of my places."""
    actor, today = actor_of(request), local_date(now())
    choices = queries.settled_places(actor, today)
    wanted = request.GET.get("place")
    place = queries.settled_place(actor, wanted, today) if wanted else next(iter(choices), None)
    codes = [above.code for above in places.line(place)] if place else []
    context = {
        "places": choices,
        "place": place,
        "rows": rules.settings_of(codes, today) if place else [],
        "year": today.year,
        "provisional": rules.calendar().provisional(today),
    }
    return render(request, "home/settings.html", context)


@page(Permission.RULE_EDIT, "GET", "POST")
def rule(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Let a new value of a rule hold from a day on."""
    actor, moment = actor_of(request), now()
    found = queries.settled_place(actor, place, local_date(moment))
    default = DEFAULTS.get(code)
    if default is None:
        raise Http404
    current = rules.value(code, [above.code for above in places.line(found)], local_date(moment))
    form = RuleForm(request.POST or None, default=default, initial={"value": current, "since": local_date(moment)})
    back = f"{reverse('settings')}?place={found.code}"
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: services.set_value(
                code,
                place_code=found.code,
                value=given["value"],
                since=given["since"],
                source=given["source"],
                by=actor,
                now=moment,
                key=given["key"],
            )
        ):
            return HttpResponseRedirect(back)
    context = {
        "form": form,
        "heading": f"{_(default.words)} ({_(default.unit)})",
        "explanation": _("For %(place)s and everything below it. Deadlines already promised do not change.")
        % {"place": found.name},
        "verb": _("Set it"),
        "back": back,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(Permission.RULE_EDIT, "GET", "POST")
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """Show the days of a year that differ from the week; enter them from the package, or confirm them."""
    _check(year)
    actor, moment = actor_of(request), now()
    form = YearForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        act = services.seed_year if given["what"] == "seed" else services.confirm_year
        if form.carry_out(lambda: act(year, by=actor, now=moment, key=given["key"])):
            return HttpResponseRedirect(reverse("calendar-year", args=[year]))
    days = rules.days(year)
    context = {
        "form": form,
        "year": year,
        "days": days,
        "provisional": any(day.provisional for day in days),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "keys": [YearForm()["key"].initial for _number in range(2)],
    }
    return render(request, "home/calendar.html", context, status=422 if form.errors else 200)


@page(Permission.RULE_EDIT, "GET", "POST")
def day(request: HttpRequest, year: int) -> HttpResponse:
    """Change one day of the calendar."""
    _check(year)
    actor, moment = actor_of(request), now()
    form = DayForm(request.POST or None, initial={"day": request.GET.get("day", "")[:10], "kind": "holiday"})
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: services.set_day(
                given["day"],
                working=WORKING[given["kind"]],
                name=given["name"],
                by=actor,
                now=moment,
                key=given["key"],
            )
        ):
            return HttpResponseRedirect(reverse("calendar-year", args=[given["day"].year]))
    context = {
        "form": form,
        "heading": _("Change one day of the calendar"),
        "explanation": _("Deadlines in working days that are set from now on follow the change."),
        "verb": _("Save the day"),
        "back": reverse("calendar-year", args=[year]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
