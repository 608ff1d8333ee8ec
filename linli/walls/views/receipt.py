"""What the holder of a receipt can do: see where the issue stands, be satisfied, open it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.lib.clock import now
from linli.lib.errors import Refusal
from linli.walls import services
from linli.walls.forms import ReceiptForm, ReopenForm, SatisfiedForm
from linli.walls.models import Issue
from linli.walls.policy.states import Action, actions
from linli.walls.queries import public
from linli.walls.services.following import HOLDER
from linli.walls.slips import COOKIE, NOTE, hand_over, looked_up, note_of, secret_of
from linli.web.access import Need, page
from linli.web.forms import sentence


@page(Need.PUBLIC, "GET", "POST")
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt number and open the issue that it belongs to."""
    return _ask(request)


@page(Need.PUBLIC, "GET", "POST")
def issue_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show the issue to the holder of its receipt; ask for it where the device does not hold it."""
    public.issue_page(number, now())
    if request.method == "POST":
        return _ask(request)
    held = _held(request, number)
    if held is None:
        return _ask(request)
    return _show(request, held[0], held[1])


@page(Need.PUBLIC, "POST")
def satisfied(request: HttpRequest, number: str) -> HttpResponse:
    """Close the issue: the reporter is satisfied."""

    def act(issue: Issue, form: SatisfiedForm, moment: datetime) -> Issue:
        return services.satisfied(issue, by=HOLDER, now=moment, key=form.cleaned_data["key"])

    return _act(request, number, SatisfiedForm(request.POST, auto_id="satisfied-%s"), act)


@page(Need.PUBLIC, "POST")
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Open the issue again: the reporter is not satisfied."""

    def act(issue: Issue, form: SatisfiedForm, moment: datetime) -> Issue:
        reason = form.cleaned_data["reason"]
        return services.reopen(issue, reason=reason, by=HOLDER, now=moment, key=form.cleaned_data["key"])

    return _act(request, number, ReopenForm(request.POST, auto_id="reopen-%s"), act)


@page(Need.PUBLIC, "POST")
def forget(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes the request
    """Take the receipt off this device."""
    response = redirect("receipt")
    response.delete_cookie(COOKIE)
    response.delete_cookie(NOTE)
    return response


def _ask(request: HttpRequest) -> HttpResponse:
    sent = request.method == "POST"
    form = ReceiptForm(request.POST if sent else None)
    if sent and form.is_valid():
        try:
            secret = form.cleaned_data["secret"]
            return hand_over(redirect("issue-receipt", number=looked_up(request, secret).number), secret)
        except Refusal as refusal:
            form.add_error("secret", sentence(refusal))
    return render(request, "walls/receipt_form.html", {"form": form}, status=422 if sent else 200)


def _held(request: HttpRequest, number: str) -> tuple[Issue, str] | None:
    secret = secret_of(request)
    if not secret:
        return None
    try:
        issue = looked_up(request, secret)
    except Refusal:
        return None
    return (issue, secret) if issue.number == number else None


def _act(
    request: HttpRequest,
    number: str,
    form: SatisfiedForm,
    act: Callable[[Issue, SatisfiedForm, datetime], Issue],
) -> HttpResponse:
    try:
        issue = looked_up(request, request.POST.get("secret", ""))
    except Refusal as refusal:
        raise Http404 from refusal
    if issue.number != number:
        raise Http404
    if form.is_valid() and form.carry_out(lambda: act(issue, form, now())) is not None:
        return redirect("issue-receipt", number=number)
    return _show(request, issue, request.POST["secret"], failed=form)


def _show(request: HttpRequest, issue: Issue, secret: str, failed: SatisfiedForm | None = None) -> HttpResponse:
    possible = actions(issue.state)
    in_time = issue.settles_at is not None and now() <= issue.settles_at
    forms = {
        "satisfied": SatisfiedForm(initial={"secret": secret}, auto_id="satisfied-%s")
        if Action.SATISFIED in possible
        else None,
        "reopen": ReopenForm(initial={"secret": secret}, auto_id="reopen-%s")
        if Action.REOPEN in possible and in_time
        else None,
    }
    if failed is not None:
        forms["reopen" if isinstance(failed, ReopenForm) else "satisfied"] = failed
    context = {
        "found": public.issue_page(issue.number, now()),
        "issue": issue,
        "secret": secret,
        "note": note_of(request),
        **forms,
    }
    response = render(request, "walls/receipt.html", context, status=422 if failed else 200)
    response["Cache-Control"] = "private, no-store"
    return response
