"""One's own page: who I am here, my roles, and for members what they agree to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from linli.accounts import queries as accounts
from linli.home import queries
from linli.home.forms import ConsentForm
from linli.lib.clock import local_date, now
from linli.lib.words import gettext_noop
from linli.members import services as members
from linli.members.policy.kinds import Purpose
from linli.members.queries import checkins
from linli.web.access import Need, actor_of, page

OWN_PAGES = (
    ("my-points", gettext_noop("My points")),
    ("my-activities", gettext_noop("My activities")),
    ("my-identity", gettext_noop("My card and door plate")),
    ("my-doors", gettext_noop("My doors")),
    ("my-cells", gettext_noop("Cells that I work for")),
    ("my-data", gettext_noop("My data")),
)


@page(Need.SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    """Show my roles and links; if I am a member, my number, unit, class and consents."""
    return _page(request)


@page(Need.MEMBER, "POST")
def consent(request: HttpRequest) -> HttpResponse:
    """Give or withdraw one consent."""
    actor = actor_of(request)
    member = queries.member_of(actor)
    form = ConsentForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: members.set_consent(
                member,
                purpose=Purpose(given["purpose"]),
                given=given["given"] == "1",
                by=actor,
                now=now(),
                key=given["key"],
            )
        ):
            return HttpResponseRedirect(reverse("me") + "#consents")
    return _page(request, form)


def _page(request: HttpRequest, form: ConsentForm | None = None) -> HttpResponse:
    actor, today = actor_of(request), local_date(now())
    context: dict[str, object] = {"roles": accounts.own_roles(actor, today), "form": form}
    if actor.member_id is not None:
        member = queries.member_of(actor)
        context |= {
            "member": member,
            "unit": queries.unit_of(member, today),
            "switches": [(switch, ConsentForm()["key"].initial) for switch in queries.switches(member)],
            "check_ins": checkins.own(member.pk),
            "links": _links(),
        }
    return render(request, "home/me.html", context, status=422 if form else 200)


def _links() -> list[tuple[str, str]]:
    """Return address and words of the pages about oneself that other apps bring."""
    found = []
    for name, words in OWN_PAGES:
        try:
            found.append((reverse(name), gettext(words)))
        except NoReverseMatch:
            continue
    return found
