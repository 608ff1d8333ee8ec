"""Members who were entered twice: who may be, and making one of two records, shown before it is done."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.home import queries, services
from linli.home.forms import JoinForm
from linli.lib.clock import local_date, now
from linli.members import queries as members
from linli.members.policy.merging import Fact
from linli.members.policy.wording import mask_phone, say_field, say_value
from linli.members.queries import duplicates
from linli.members.queries.duplicates import Joining
from linli.web.access import actor_of, page
from linli.web.acting import tried
from linli.web.paging import page_of
from linli.web.templatetags.linli import day

EDIT = Permission.MEMBER_EDIT


@page(EDIT)
def twice(request: HttpRequest) -> HttpResponse:
    """List pairs of members in reach who may be one person."""
    shown = page_of(request, duplicates.pairs(actor_of(request), EDIT, local_date(now())), 50)
    rows = [(pair, [(each, members.unit_of(each)) for each in (pair.one, pair.two)]) for pair in shown]
    return render(request, "home/twice.html", {"rows": rows, "page": shown})


@page(EDIT, "GET", "POST")
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Make another record one with that of the member `number`: shown first, done when what was shown is confirmed."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    kept = members.member(actor, EDIT, number, today)
    form = JoinForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    asked = form.asked
    other = duplicates.person(actor, EDIT, asked, today) if asked else None
    if form.is_valid() and kept.others.filter(number=asked).exists():
        return _done(request, kept.name, asked, number)
    if form.is_valid() and other is None:
        form.add_error("number", _("No member in your reach has this number; look it up in the list of members."))
    plan = duplicates.joining(kept, other, today) if other else None
    if form.is_valid() and other and plan and _carried_out(request, form, actor, plan, moment):
        return _done(request, kept.name, asked, number)
    context = {
        "form": form,
        "member": kept,
        "plan": plan,
        "facts": _facts(plan.facts) if plan else [],
        "bears": queries.bearing(other) if other else [],
    }
    return render(request, "home/join.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, name: str, second: str, number: str) -> HttpResponse:
    words = _("%(number)s is now the second number of %(name)s.")
    messages.success(request, words % {"number": second, "name": name})
    return HttpResponseRedirect(reverse("member", args=[number]))


def _carried_out(request: HttpRequest, form: JoinForm, actor: Actor, plan: Joining, moment: datetime) -> bool:
    """Do it when it is sent with `step=save` and the mark shown; else only try it, so that a refusal is said early."""
    shown = request.POST.get("shown", "") if request.POST.get("step") == "save" else ""

    def action() -> object:
        return services.join(
            plan.other.member,
            into=plan.kept.member,
            shown=shown or plan.mark,
            by=actor,
            now=moment,
            key=form.cleaned_data["key"],
        )

    return form.carry_out(action if shown else lambda: tried(action)) is not None and bool(shown)


def _facts(found: tuple[Fact, ...]) -> list[tuple[str, str, str, bool, bool]]:
    """Return each fact that is known in words: its name, the result, the other's; whether that fills in, or is lost."""
    return [
        (
            say_field(each.field, _),
            _said(each.field, each.result),
            _said(each.field, each.other),
            not each.kept,
            each.differs,
        )
        for each in found
        if each.result
    ]


def _said(field: str, value: object) -> str:
    if isinstance(value, date):
        return day(value)
    return mask_phone(str(value)) if field == "phone" and value else say_value(field, value, {}, _)
