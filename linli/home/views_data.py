"""What is kept about people: the notice for everybody, and for members their own data."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.home import queries
from linli.home.forms import AskForm
from linli.home.policy.sorts import SORTS
from linli.lib.clock import local_date, now
from linli.members import services as members
from linli.members.policy.requests import RequestKind
from linli.web.access import Need, actor_of, page


@page(Need.PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people, why, who sees it, and when it dies."""
    return render(request, "home/privacy.html", {"sorts": SORTS.values()})


@page(Need.MEMBER, "GET", "POST")
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what is kept about me, sort by sort; take a request to correct or erase something."""
    actor, moment = actor_of(request), now()
    member = queries.member_of(actor)
    form = AskForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: members.ask(
                member,
                kind=RequestKind(given["kind"]),
                text=given["text"],
                by=actor,
                now=moment,
                key=given["key"],
            )
        ):
            messages.success(request, _("Your request has arrived; the answer will stand on this page."))
            return HttpResponseRedirect(reverse("my-data"))
    context = {
        "form": form,
        "member": member,
        "unit": queries.unit_of(member, local_date(moment)),
        "kept": queries.kept(member),
        "asked": member.data_requests.all(),
    }
    return render(request, "home/my_data.html", context, status=422 if form.errors else 200)


@page(Need.MEMBER)
def my_data_file(request: HttpRequest) -> HttpResponse:
    """Give everything kept about me as a file."""
    member = queries.member_of(actor_of(request))
    response = JsonResponse(
        queries.own_file(member, localtime(now())), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response
