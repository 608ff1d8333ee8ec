"""A member's code that the organiser scans: the member shows it, any camera opens it, one tap signs in.

The code says who, for ten minutes, and opens nothing to anybody without the right to record a roll.
"""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.activities import queries, services
from linli.activities.forms import ScanForm
from linli.activities.queries import scanning
from linli.lib.clock import now
from linli.web.access import Need, actor_of, page
from linli.web.acting import action_page

FRESH = 240
"""Seconds after which the page of the code shows a new one."""


@page(Need.MEMBER)
def my_code(request: HttpRequest) -> HttpResponse:
    """Show my code for the organiser's camera; the page loads itself again while it is open."""
    member = queries.me(actor_of(request))
    address = request.build_absolute_uri(reverse("scan", args=[scanning.code_of(member)]))
    context = {"member": member, "qr": segno.make(address, error="m").svg_data_uri(scale=8, border=4)}
    response = render(request, "activities/my_code.html", context)
    response["Refresh"], response["Cache-Control"] = str(FRESH), "no-store"
    return response


@page(Permission.ROLL_RECORD, "GET", "POST")
def scan(request: HttpRequest, token: str) -> HttpResponse:
    """Sign the member in whose code was scanned: at what is on now, chosen where there are several."""
    actor, moment = actor_of(request), now()
    member = scanning.member_of(token)
    if member is None:
        return render(request, "activities/scan.html", {"old": True}, status=410)
    offered = queries.open_now(actor, moment)
    name = scanning.name_for(actor, member, moment)
    return action_page(
        request,
        ScanForm(request.POST or None, offered=offered),
        lambda given: services.scan(given["activity"], member=member, by=actor, now=moment, key=given["key"]),
        to=reverse("activities"),
        done=_("%(name)s is signed in. Scan the next code.") % {"name": name},
        template="activities/scan.html",
        name=name,
        number=member.number,
        offered=offered,
    )
