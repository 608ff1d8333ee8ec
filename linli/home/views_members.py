"""What is due of members, gathered from the apps that know of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.access.catalogue import Permission
from linli.home import overview
from linli.lib.clock import now
from linli.web.access import actor_of, page
from linli.web.forms import said


@page(Permission.MEMBER_VIEW)
def due(request: HttpRequest) -> HttpResponse:
    """List what is due of members in reach: the finding, how to mend it, the rule with its source."""
    found = overview.matters(actor_of(request), Permission.MEMBER_VIEW, now())
    rows = [(each, said(each.finding.mend, each.finding.values), each.finding.rule) for each in found]
    return render(request, "home/members_due.html", {"rows": rows})
