"""Pages about accounts: who has which role, new accounts, slips; and the public page where a slip is used."""

from __future__ import annotations

import segno
from allauth.core import ratelimit
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from linli.access.catalogue import Permission
from linli.access.decide import Actor, grantable_at
from linli.access.roles import Role
from linli.accounts import queries, services
from linli.accounts.forms import AccountForm, EndForm, GrantForm, InvitationForm, OutsideForm, SlipForm
from linli.accounts.models import User
from linli.accounts.policy import codes
from linli.lib.clock import local_date, now
from linli.organisations import queries as organisations
from linli.web.access import Need, actor_of, page

PER_PAGE = 50


def _roles(actor: Actor) -> frozenset[Role]:
    """Return the roles that `actor` may give anywhere; the service judges at which body."""
    return frozenset().union(*(grantable_at(actor, grant.path) for grant in actor.grants))


@page(Permission.GRANT_MANAGE)
def accounts(request: HttpRequest) -> HttpResponse:
    """List the people with roles where I give them."""
    words = request.GET.get("q", "").strip()[:40]
    people = queries.accounts(actor_of(request), local_date(now()), words)
    found = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/accounts.html", {"found": found, "words": words})


@page(Permission.GRANT_MANAGE, "GET", "POST")
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Make an account with its first role, and show its slip once."""
    actor, moment = actor_of(request), now()
    bodies = organisations.living(actor, Permission.GRANT_MANAGE, local_date(moment))
    form = AccountForm(request.POST or None, bodies=bodies, roles=_roles(actor))
    if form.is_valid():
        given = form.cleaned_data
        outcome = form.carry_out(
            lambda: services.open_account(
                username=given["username"],
                shown_name=given["shown_name"],
                role=Role(given["role"]),
                body=given["body"],
                outside_party=given["outside_party"],
                by=actor,
                now=moment,
                key=given["key"],
            )
        )
        if outcome and outcome.result:
            return _show(request, outcome.result)
        if outcome:
            person = queries.account(actor, int(outcome.repeated.removeprefix("user:")), local_date(moment))
            return _show_again(request, person, f"{given['key']}:slip")
    context = {
        "form": form,
        "heading": _("New account"),
        "explanation": _("Afterwards you print a slip with a one-time code; with it the person chooses a password."),
        "verb": _("Make it"),
        "back": reverse("accounts"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(Permission.GRANT_MANAGE)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: roles where I give them, second factor, slips."""
    today = local_date(now())
    person = queries.account(actor_of(request), pk, today)
    context = {"person": person, "unnamed_person": queries.actor_of_user(person, today).unnamed}
    return render(request, "accounts/account.html", context)


@page(Permission.GRANT_MANAGE, "GET", "POST")
def outside(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the person is no party member: the house must know who earns points before one confirms."""
    actor, moment = actor_of(request), now()
    person = queries.account(actor, pk, local_date(moment))
    form = OutsideForm(request.POST or None, initial={"outside_party": person.outside_party})
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: services.set_outside_party(
                person, outside=given["outside_party"], by=actor, now=moment, key=given["key"]
            )
        ):
            return HttpResponseRedirect(reverse("account", args=[pk]))
    context = {
        "form": form,
        "heading": _("Is %(name)s a party member?") % {"name": person},
        "explanation": _("Nobody confirms what brings points to oneself, so the house has to know."),
        "verb": _("Save"),
        "back": reverse("account", args=[pk]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(Permission.GRANT_MANAGE, "GET", "POST")
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role at one of my bodies."""
    actor, moment = actor_of(request), now()
    person = queries.account(actor, pk, local_date(moment))
    bodies = organisations.living(actor, Permission.GRANT_MANAGE, local_date(moment))
    form = GrantForm(request.POST or None, bodies=bodies, roles=_roles(actor))
    if form.is_valid():
        given = form.cleaned_data
        if form.carry_out(
            lambda: services.grant_role(
                person, role=Role(given["role"]), body=given["body"], by=actor, now=moment, key=given["key"]
            )
        ):
            return HttpResponseRedirect(reverse("account", args=[pk]))
    context = {
        "form": form,
        "heading": _("Give %(name)s a role") % {"name": person},
        "verb": _("Give it"),
        "back": reverse("account", args=[pk]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(Permission.GRANT_MANAGE, "GET", "POST")
def end(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """End a role; it is gone with the person's next click."""
    actor = actor_of(request)
    found = queries.grant(actor, pk, grant)
    form = EndForm(request.POST or None)
    if form.is_valid() and form.carry_out(
        lambda: services.end_role(found, by=actor, now=now(), key=form.cleaned_data["key"])
    ):
        return HttpResponseRedirect(reverse("account", args=[pk]))
    context = {
        "form": form,
        "heading": _("End a role of %(name)s") % {"name": found.user},
        "explanation": _("%(role)s at %(body)s ends at once: the person's next click shows it.")
        % {"role": found.get_role_display(), "body": found.body},
        "verb": _("End it"),
        "danger": True,
        "back": reverse("account", args=[pk]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@page(Permission.GRANT_MANAGE, "GET", "POST")
@never_cache
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a new slip: for a forgotten password or a lost phone."""
    actor, moment = actor_of(request), now()
    person = queries.account(actor, pk, local_date(moment))
    form = SlipForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        outcome = form.carry_out(
            lambda: services.invite(
                person, drop_second_factor=given["drop_second_factor"], by=actor, now=moment, key=given["key"]
            )
        )
        if outcome:
            return _show(request, outcome.result) if outcome.result else _show_again(request, person, given["key"])
    context = {
        "form": form,
        "heading": _("New slip for %(name)s") % {"name": person},
        "explanation": _("The old password, every open session and older slips stop working at once."),
        "verb": _("Make the slip"),
        "danger": True,
        "back": reverse("account", args=[pk]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _show(request: HttpRequest, made: services.Slip) -> HttpResponse:
    address = request.build_absolute_uri(reverse("invitation"))
    code = made.code.replace(" ", "")
    picture = segno.make(f"{address}?code={code}", error="m").svg_data_uri(scale=4, border=4)
    unnamed = queries.actor_of_user(made.user, local_date(now())).unnamed
    context = {"slip": made, "address": address, "picture": picture, "unnamed_person": unnamed}
    return render(request, "accounts/slip.html", context)


def _show_again(request: HttpRequest, person: User, key: str) -> HttpResponse:
    """Show the slip of a request that was sent twice, as long as it works."""
    code = codes.code_of(key, services.secret())
    found = queries.open_invitation(codes.digest(code, services.secret()), now())
    if found is None or found.user_id != person.pk:
        return HttpResponseRedirect(reverse("account", args=[person.pk]))
    return _show(request, services.Slip(person, code, found.dies_at))


@page(Need.PUBLIC)
def no_password(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes the request
    """Lead an account without a password to its slip; the library asks for this address."""
    return HttpResponseRedirect(reverse("invitation"))


@sensitive_post_parameters("password", "again", "code")
@page(Need.PUBLIC, "GET", "POST")
@never_cache
def invitation(request: HttpRequest) -> HttpResponse:
    """Choose a password with the code of a slip. Wrong codes are limited by address."""
    form = InvitationForm(request.POST or None, initial={"code": request.GET.get("code", "")[:60]})
    status = 422 if form.errors else 200
    if not ratelimit.consume(request, action="invitation", dry_run=True):
        form.add_error("code", _("Too many wrong codes from this device. Please try again in 10 minutes."))
        status = 429
    elif form.is_valid():
        given = form.cleaned_data
        outcome = form.carry_out(
            lambda: services.use_invitation(
                code=given["code"], password=given["password"], by=actor_of(request), now=now(), key=given["key"]
            )
        )
        if outcome:
            return render(request, "accounts/chosen.html", {"user": outcome.result})
        ratelimit.consume(request, action="invitation")
        status = 422
    context = {"form": form, "heading": _("Choose a password"), "verb": _("Set the password")}
    context["explanation"] = _("You were given a slip with a code. It works once, within 7 days.")
    return render(request, "web/form.html", context, status=status)
