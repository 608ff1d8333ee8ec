"""Desk pages about transfers and departures."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.access.decide import Actor
from linli.lib.clock import local_date, now
from linli.members import printing, queries, services
from linli.members.forms_life import AnnounceForm, DepartForm, EnrolForm, IssueForm, ReceiveForm, WithdrawForm
from linli.members.models import Transfer
from linli.members.policy.kinds import Direction, Ending, TransferState
from linli.members.policy.transfers import TransferAction
from linli.members.queries import transfers as reads
from linli.web.access import actor_of, page
from linli.web.acting import action_page
from linli.web.downloads import download
from linli.web.paging import page_of

EDIT = Permission.MEMBER_EDIT


@page(EDIT)
def transfers(request: HttpRequest) -> HttpResponse:
    """List the transfers from and to the units in reach; those under way first."""
    actor, today = actor_of(request), local_date(now())
    found = reads.transfers(actor, EDIT)
    under_way = found.filter(state=TransferState.ISSUED)
    rows = [(each, reads.has_lapsed(each, today), *_awaited(actor, each, today)) for each in under_way]
    ended = page_of(request, found.exclude(state=TransferState.ISSUED).order_by("-ended_on", "-pk"), 50)
    return render(request, "members/transfers.html", {"rows": rows, "page": ended})


def _awaited(actor: Actor, found: Transfer, today: date) -> tuple[str, bool]:
    """Return in words whom a slip under way waits for, and whether that is us."""
    if TransferAction.RECEIVE not in reads.possible(actor, found, today):
        return _("waits for the other branch"), False
    if found.direction == Direction.OUT:
        return _("waits for the receipt"), False
    return _("your turn"), True


@page(EDIT)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one transfer, and what can be done with its slip."""
    actor, today = actor_of(request), local_date(now())
    found = reads.transfer(actor, EDIT, pk)
    actions = reads.possible(actor, found, today)
    context = {
        "found": found,
        "lapsed": reads.has_lapsed(found, today),
        "may_receive": TransferAction.RECEIVE in actions,
        "may_withdraw": TransferAction.WITHDRAW in actions,
        "ours": found.direction != Direction.IN,
    }
    return render(request, "members/transfer.html", context)


@page(EDIT, "GET", "POST")
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """Issue the slip with which a member goes to another unit."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    member = queries.member(actor, EDIT, number, today)
    return action_page(
        request,
        IssueForm(request.POST or None, targets=reads.targets(today)),
        lambda given: services.issue(
            member,
            target=given["target"],
            target_name=given["target_name"],
            reason=given["reason"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("transfers"),
        then=lambda slip: reverse("transfer", args=[slip.pk]),
        done=_("The slip for %(name)s is issued. Print it here and give it to the member.") % {"name": member.name},
        heading=_("%(name)s: transfer") % {"name": member.name},
        explanation=_("The member stays here until the other side has received the slip."),
        verb=_("Issue the slip"),
    )


@page(EDIT, "GET", "POST")
def announce(request: HttpRequest) -> HttpResponse:
    """Enter the slip of somebody who comes from outside."""
    actor, moment = actor_of(request), now()
    return action_page(
        request,
        AnnounceForm(request.POST or None, targets=queries.units(actor, EDIT, local_date(moment))),
        lambda given: services.announce(
            **{name: given[name] for name in ("number", "name", "source_name", "target", "issued_on", "valid_until")},
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("transfers"),
        then=lambda slip: reverse("transfer", args=[slip.pk]),
        done=_("The slip is entered. Receive it here when the person reports."),
        heading=_("Somebody comes from outside"),
        explanation=_("As the slip says it. Received, it enters the person into the register."),
        verb=_("Enter the slip"),
    )


@page(EDIT, "GET", "POST")
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive a slip, or the receipt from outside."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    found = _mine(request, pk, TransferAction.RECEIVE)
    comes = found.direction == Direction.IN
    form = (EnrolForm if comes else ReceiveForm)(request.POST or None, initial={"on": today})
    explanation = {
        Direction.INSIDE.value: _("From this day the member belongs to %(target)s; posts in the old branch end."),
        Direction.OUT.value: _("%(target)s has received the member, who leaves the register on this day."),
        Direction.IN.value: _("The person is entered into the register of %(target)s from this day."),
    }[found.direction]
    done = {
        Direction.INSIDE.value: _("Received: %(name)s belongs to %(target)s."),
        Direction.OUT.value: _("The receipt is entered: %(name)s went to %(target)s and has left the register."),
        Direction.IN.value: _("Received: %(name)s is on the register of %(target)s."),
    }[found.direction]
    values = {"name": found.name, "target": found.target_name}
    return action_page(
        request,
        form,
        lambda given: services.receive(
            found,
            on=given["on"],
            person=form.person(found.name) if isinstance(form, EnrolForm) else None,
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("transfers"),
        done=done % values,
        heading=_("%(name)s: slip %(number)s received") % {"name": found.name, "number": found.number},
        explanation=explanation % values,
        verb=_("Receive"),
    )


@page(EDIT, "GET", "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a slip back."""
    actor, moment = actor_of(request), now()
    found = _mine(request, pk, TransferAction.WITHDRAW)
    return action_page(
        request,
        WithdrawForm(request.POST or None),
        lambda given: services.withdraw(found, reason=given["reason"], by=actor, now=moment, key=given["key"]),
        to=reverse("transfers"),
        done=_("The slip %(number)s is taken back.") % {"number": found.number},
        heading=_("Take the slip %(number)s back") % {"number": found.number},
        explanation=_("The member stays; another slip can be issued."),
        verb=_("Take back"),
    )


def _mine(request: HttpRequest, pk: int, action: TransferAction) -> Transfer:
    """Return a slip with which it is our turn; one that was dealt with already passes, for the service to say so.

    404 where another unit acts.
    """
    actor = actor_of(request)
    found = reads.transfer(actor, EDIT, pk)
    if not reads.our_turn(actor, found, action):
        raise Http404
    return found


@page(EDIT)
def slip(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give the slip to print, as PDF or Word; only slips of ours."""
    found = reads.transfer(actor_of(request), EDIT, pk)
    if found.direction == Direction.IN or form not in printing.FORMS:
        raise Http404
    name = _("Transfer slip %(number)s") % {"number": found.number} + f".{form}"
    return download(printing.slip(found, form, now=now()), name, shown=form == "pdf")


@page(EDIT, "GET", "POST")
def depart(request: HttpRequest, number: str) -> HttpResponse:
    """Enter that a member left: died, left the Party, was expelled, probation cancelled."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    member = queries.member(actor, EDIT, number, today)
    return action_page(
        request,
        DepartForm(request.POST or None, initial={"on": today}),
        lambda given: services.depart(
            member,
            ending=Ending(given["ending"]),
            on=given["on"],
            document=given["document"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=reverse("members"),
        template="members/depart.html",
        member=member,
        ends=queries.lasting(member, today),
        done=_("%(name)s has left the register. A mistake is taken back under “Who left the register”.")
        % {"name": member.name},
        heading=_("%(name)s leaves the register") % {"name": member.name},
        explanation=_(
            "Unit, class, posts and standings end on this day; the account has no rights of a member any more. "
            "What was earned stays in the ledger. It can be taken back until a bulletin without the member is out."
        ),
        verb=_("Enter it"),
        danger=True,
    )
