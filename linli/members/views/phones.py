"""A telephone number in clear, and a roster with them: by permission, for a reason, each look in the log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members import queries, services
from linli.members.forms_phones import ShowPhoneForm
from linli.members.policy.phones import ShowReason
from linli.members.queries import roster
from linli.members.views.register import roster_file
from linli.web.access import actor_of, page
from linli.web.forms import ActionForm

SHOW = Permission.PHONE_SHOW
# The keys of the two writes are derived: the key of another write, sent here, would count as done, without its event.


@page(SHOW, "GET", "POST")
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the reason, then show the number of a member, once."""
    actor, moment = actor_of(request), now()
    found = queries.member(actor, SHOW, number, local_date(moment))
    form = ShowPhoneForm(request.POST or None)
    context = {
        "form": form,
        "heading": _("Telephone of %(name)s") % {"name": found.name},
        "explanation": _("That you looked, at whose number and what for stands in the log; the number does not."),
        "verb": _("Show the number"),
        "back": reverse("member", args=[number]),
        "member": found,
    }
    if form.is_valid():
        given = form.cleaned_data
        reason = ShowReason(given["reason"])
        key = f"{given['key']}:phone"
        done = form.carry_out(lambda: services.show_phone(found, reason=reason, by=actor, now=moment, key=key))
        if done and (done.result or done.repeated == found.ref):
            response = render(request, "members/phone.html", context | {"phone": found.phone})
            response.headers["Cache-Control"] = "no-store"
            return response
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(SHOW, "POST")
def export(request: HttpRequest) -> HttpResponse:
    """Give the roster of an organisation with the telephone numbers in clear, after entering that in the log."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    scope = queries.units(actor, SHOW, today).filter(code=request.POST.get("organisation", "")).first()
    form = ActionForm(request.POST)
    if scope is None or not form.is_valid():
        return HttpResponseRedirect(reverse("members"))
    found = roster.register(scope, today)
    count = sum(bool(row.phone) for row in found.rows)
    key = f"{form.cleaned_data['key']}:phones"
    done = form.carry_out(lambda: services.note_phones_exported(scope, count=count, by=actor, now=moment, key=key))
    if done is None or done.repeated not in {"", scope.ref}:
        return HttpResponseRedirect(reverse("members"))
    return roster_file(found, scope, today)
