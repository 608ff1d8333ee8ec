"""The log of what was done, for those who check it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from linli.access.catalogue import Permission
from linli.audit import queries as audit
from linli.audit.policy.actions import ACTIONS
from linli.home.forms import LogForm
from linli.organisations import queries as organisations
from linli.web.access import actor_of, page
from linli.web.paging import page_of


@page(Permission.AUDIT_VIEW)
def log(request: HttpRequest) -> HttpResponse:
    """List what was done, the latest first. It is of the whole house, for who may read it at the top of the tree."""
    whole = organisations.at_the_top(actor_of(request), Permission.AUDIT_VIEW)
    form = LogForm(request.GET)
    shown = page_of(request, audit.events(**form.given) if whole else audit.no_events(), 50)
    names = audit.people({event.actor for event in shown})
    asked = request.GET.copy()
    asked.pop("page", None)
    rows = [(event, gettext(ACTIONS.get(event.action, event.action)), names[event.actor]) for event in shown]
    context = {"form": form, "rows": rows, "page": shown, "whole": whole, "keep": asked.urlencode()}
    return render(request, "home/log.html", context)
