"""Desk pages of classified management: classes, who is without class or unit, reassignment by rule."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members import services
from linli.members.forms_classes import AssignForm, ClassForm, NewClassForm, OnForm, RemoveForm, RuleForm, UnifiedForm
from linli.members.models import ClassRule
from linli.members.policy.classes import MENDS
from linli.members.queries import classified as queries
from linli.web.access import actor_of, page
from linli.web.acting import action_page, tried

VIEW, EDIT, RULE = Permission.MEMBER_VIEW, Permission.MEMBER_EDIT, Permission.RULE_EDIT


@page(VIEW)
def classes(request: HttpRequest) -> HttpResponse:
    """Show the classes with their duty sets and how many members in reach are in each, and what is the same for all."""
    actor = actor_of(request)
    sizes = queries.sizes(actor, VIEW, local_date(now()))
    context = {
        "rows": [(each, sizes.get(each.pk, 0)) for each in queries.with_duties()],
        "unified": queries.unified(),
        "rule": actor.may(RULE),
        "edit": actor.may(EDIT),
    }
    return render(request, "members/classes.html", context)


@page(RULE, "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Add a class."""
    moment, actor = now(), actor_of(request)
    return action_page(
        request,
        NewClassForm(request.POST or None, initial={"scored": True}),
        lambda given: services.ensure_class(**given, by=actor, now=moment),
        to=reverse("classes"),
        heading=_("New class"),
        verb=_("Add it"),
    )


@page(RULE, "GET", "POST")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change the name, the duties and the points of a class."""
    moment, actor, found = now(), actor_of(request), queries.member_class(code)
    duties = "\n".join(duty.words for duty in found.duty_set.all())
    return action_page(
        request,
        ClassForm(request.POST or None, initial={"name": found.name, "duties": duties, "scored": found.scored}),
        lambda given: services.ensure_class(code=found.code, **given, by=actor, now=moment),
        to=reverse("classes"),
        heading=_("Class: %(name)s") % {"name": found.name},
        verb=_("Save"),
    )


@page(RULE, "GET", "POST")
def unified(request: HttpRequest) -> HttpResponse:
    """Change what is the same for every class."""
    moment, actor = now(), actor_of(request)
    return action_page(
        request,
        UnifiedForm(request.POST or None, initial={"lines": "\n".join(each.words for each in queries.unified())}),
        lambda given: services.set_unified(**given, by=actor, now=moment),
        to=reverse("classes"),
        heading=_("The same for every class"),
        verb=_("Save"),
    )


@page(EDIT)
def astray(request: HttpRequest) -> HttpResponse:
    """List who in reach does not have exactly one class and one unit today: each with the reasons and how to mend."""
    found = queries.astray_in_reach(actor_of(request), EDIT, local_date(now()))
    rows = [(each, [(flaw, MENDS[flaw]) for flaw in each.flaws]) for each in found]
    return render(request, "members/astray.html", {"rows": rows})


@page(EDIT, "GET", "POST")
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Give one member exactly one class and one unit."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    stand = queries.stand_in_reach(actor, EDIT, number, today)
    known = {"on": today, "member_class": stand.member.member_class, "unit": next(iter(stand.units), None)}
    form = AssignForm(
        request.POST or None,
        units=queries.units_on(actor, EDIT, today),
        classes=queries.with_duties(),
        initial=known,
    )
    return action_page(
        request,
        form,
        lambda given: services.assign(stand.member, **given, by=actor, now=moment),
        to=reverse("members-astray"),
        heading=_("%(name)s: class and unit") % {"name": stand.member.name},
        explanation=_("What held before ends on that day, and stays in the history."),
        verb=_("Save"),
    )


@page(EDIT, "GET", "POST")
def reassign(request: HttpRequest) -> HttpResponse:
    """Show the rules in reach and what they would change; do it when it is sent with the mark that was shown."""
    actor, moment = actor_of(request), now()
    rules = list(queries.rules(actor, EDIT))
    form = OnForm(request.POST or None, initial={"on": local_date(moment)})
    given: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    shown = request.POST.get("shown", "") if request.POST.get("step") == "save" else ""

    def done(mark: str) -> object:
        return services.reassign(rules, on=given["on"], shown=mark, by=actor, now=moment, key=given["key"])

    if given and shown and form.carry_out(lambda: done(shown)) is not None:
        return HttpResponseRedirect(reverse("classes"))
    context: dict[str, Any] = {"form": form, "rules": rules}
    if given:
        plan = context["plan"] = queries.reassignment(rules, given["on"])
        if not shown:
            form.carry_out(lambda: tried(lambda: done(plan.mark)))
    return render(request, "members/reassign.html", context, status=422 if form.errors else 200)


@page(EDIT, "GET", "POST")
def rule_new(request: HttpRequest) -> HttpResponse:
    """Add a rule."""
    actor, moment = actor_of(request), now()
    units = queries.units_on(actor, EDIT, local_date(moment))
    form = RuleForm(request.POST or None, bodies=units, units=units, classes=queries.with_duties())
    names = ("body", "flaw", "of_class", "age_from", "to_class", "to_unit")
    return action_page(
        request,
        form,
        lambda given: services.add_rule(
            ClassRule(**{name: given[name] for name in names}), by=actor, now=moment, key=given["key"]
        ),
        to=reverse("reassign"),
        heading=_("New rule"),
        explanation=_("It means who fulfils everything that you choose. Nothing moves before you have seen who."),
        verb=_("Add it"),
    )


@page(EDIT, "GET", "POST")
def rule_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a rule."""
    actor, moment = actor_of(request), now()
    found = queries.rule(actor, EDIT, pk)
    return action_page(
        request,
        RemoveForm(request.POST or None),
        lambda given: services.remove_rule(found, by=actor, now=moment, key=given["key"]),
        to=reverse("reassign"),
        heading=_("Remove the rule"),
        template="members/rule_remove.html",
        explanation=_("What it did stays as it is."),
        rule=found,
        verb=_("Remove"),
        danger=True,
    )
