"""Pages of minutes: the desk writes, answers corrections and makes them final; members read and correct."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.activities import papers, queries
from linli.activities.forms_minutes import AnswerForm, CloseForm, CorrectionForm, HeadForm, ItemForm
from linli.activities.models import Activity
from linli.activities.policy.minutes import Action, Answer, State
from linli.activities.queries import minutes as reads
from linli.activities.services import minutes as services
from linli.lib.clock import local_date, now
from linli.lib.errors import Refusal
from linli.web.access import Need, actor_of, page
from linli.web.acting import action_page
from linli.web.downloads import download
from linli.web.forms import ActionForm, sentence

VIEW, WRITE, CLOSE = Permission.ACTIVITY_VIEW, Permission.ROLL_RECORD, Permission.ROLL_CONFIRM
FORMS = ("docx", "pdf")


@page(VIEW)
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """Show the minutes with what each vote decided, what the rules say, the corrections, what can be done now."""
    return _page(request, queries.activity(actor_of(request), VIEW, number))


def _page(request: HttpRequest, found: Activity, missing: str = "") -> HttpResponse:
    actor = actor_of(request)
    kept = reads.minutes_of(found)
    possible = reads.possible_now(actor, found, kept)
    title, findings = reads.chair_of(found, kept) if kept else (None, ())
    names = reads.names_of(found, actor, VIEW)
    context = {
        "activity": found,
        "minutes": kept,
        "points": reads.points(found, kept) if kept else [],
        "votes": reads.votes_then(found, kept) if kept else None,
        "names": names,
        "chair": names.get(kept.chair_id or 0, "") if kept else "",
        "title": _(title.label) if title else "",
        "chair_findings": findings,
        "corrections": [(row, names.get(row.member_id, row.member.number)) for row in reads.corrections(kept)]
        if kept
        else [],
        "may_write": Action.WRITE in possible,
        "may_circulate": Action.CIRCULATE in possible and kept is not None,
        "may_close": Action.CLOSE in possible and kept is not None and actor.ref not in kept.writers,
        "missing": missing,
    }
    return render(request, "activities/minutes.html", context, status=503 if missing else 200)


@page(WRITE, "GET", "POST")
def head(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the minutes, or change who chaired and how it opened."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, WRITE, number)
    kept, people = reads.minutes_of(found), reads.may_chair(found)
    initial = {"chair": kept.chair.number if kept.chair else "", "delegated": kept.delegated} if kept else {}
    names = reads.names_of(found, actor, WRITE)
    offered = [(member.number, names.get(member.pk, member.number)) for member in people]
    first = {**initial, "opening": kept.opening if kept else ""}
    form = HeadForm(request.POST or None, offered=offered, initial=first)
    by_number = {member.number: member for member in people}
    return action_page(
        request,
        form,
        lambda given: services.write_head(
            found,
            chair=by_number.get(given["chair"]),
            delegated=given["delegated"],
            opening=given["opening"],
            by=actor,
            now=moment,
            key=given["key"],
        ),
        to=_there(number),
        template="activities/form.html",
        heading=_("Minutes: chair and opening"),
        activity=found,
        verb=_("Save"),
    )


@page(WRITE, "GET", "POST")
def new_item(request: HttpRequest, number: int) -> HttpResponse:
    """Add a point to the agenda; before the meeting its title is enough."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, WRITE, number)
    form = ItemForm(request.POST or None)
    return action_page(
        request,
        form,
        lambda given: services.put_item(found, form.item, by=actor, now=moment, key=given["key"]),
        to=_there(number),
        template="activities/form.html",
        heading=_("New point of the agenda"),
        activity=found,
        verb=_("Add it"),
    )


@page(WRITE, "GET", "POST")
def item(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Write what was said and decided at a point."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, WRITE, number)
    row = reads.item(found, pk)
    form = ItemForm(request.POST or None, initial=ItemForm.initial_of(row))
    return action_page(
        request,
        form,
        lambda given: services.put_item(
            found, form.item, row=row, seen=given["seen"] or 0, by=actor, now=moment, key=given["key"]
        ),
        to=_there(number),
        template="activities/form.html",
        heading=row.title,
        activity=found,
        verb=_("Save"),
    )


@page(WRITE, "GET", "POST")
def remove_item(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Take a point off the agenda."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, WRITE, number)
    row = reads.item(found, pk)
    return action_page(
        request,
        ActionForm(request.POST or None),
        lambda given: services.remove_item(found, row, by=actor, now=moment, key=given["key"]),
        to=_there(number),
        heading=_("Take “%(title)s” off the agenda") % {"title": row.title},
        explanation=_("What was written at this point goes with it."),
        verb=_("Take it off"),
        danger=True,
    )


@page(WRITE, "GET", "POST")
def circulate(request: HttpRequest, number: int) -> HttpResponse:
    """Send the minutes to those who were present."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, WRITE, number)
    return action_page(
        request,
        ActionForm(request.POST or None),
        lambda given: services.circulate(found, by=actor, now=moment, key=given["key"]),
        to=_there(number),
        heading=_("Send the minutes to those present"),
        explanation=_(
            "They read them on their own page and can ask for corrections for some days; then they are final."
        ),
        verb=_("Send"),
    )


@page(CLOSE, "GET", "POST")
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Make the minutes final, as another person than who wrote them."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, CLOSE, number)
    kept = reads.minutes_of(found)
    form = CloseForm(request.POST or None, initial={"seen": kept.version if kept else 0})
    return action_page(
        request,
        form,
        lambda given: services.close(found, seen=given["seen"], by=actor, now=moment, key=given["key"]),
        to=_there(number),
        template="activities/minutes_final.html",
        points=reads.points(found, kept) if kept else [],
        minutes=kept,
        heading=_("Make the minutes final"),
        explanation=_("Read them once more: after this they change no more, and their mark (hash) proves it."),
        activity=found,
        verb=_("Make final"),
    )


@page(WRITE, "GET", "POST")
def answer(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Answer a correction."""
    actor, moment = actor_of(request), now()
    found = queries.activity(actor, WRITE, number)
    row = reads.correction(found, pk)
    name = reads.names_of(found, actor, WRITE).get(row.member_id, row.member.number)
    return action_page(
        request,
        AnswerForm(request.POST or None),
        lambda given: services.answer(
            row, answer=Answer(given["answer"]), words=given["words"], by=actor, now=moment, key=given["key"]
        ),
        to=_there(number),
        heading=_("Correction by %(name)s") % {"name": name},
        explanation=row.text,
        verb=_("Save"),
    )


@page(VIEW)
def file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Give the minutes as Word or PDF."""
    found = queries.activity(actor_of(request), VIEW, number)
    kept = reads.minutes_of(found)
    if kept is None or form not in FORMS:
        raise Http404
    try:
        names = reads.names_of(found, actor_of(request), VIEW)
        content = papers.word(found, kept, names, now=now()) if form == "docx" else papers.sheet(found, kept, names)
    except Refusal as refusal:
        return _page(request, found, sentence(refusal))
    return download(content, f"{found.body.name} {found.title} {local_date(found.starts_at)}.{form}")


@page(Need.MEMBER, "GET", "POST")
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Let who was present read the minutes, and ask for a correction while there is time."""
    actor, moment = actor_of(request), now()
    kept = reads.read_by_member(actor.member_id or 0, number)
    until = kept.corrections_until
    is_open = kept.state == State.CIRCULATED and until is not None and local_date(moment) <= until
    own = [row for row in reads.corrections(kept) if row.member_id == actor.member_id]
    chair = reads.names_for_members(kept.activity).get(kept.chair_id or 0, "")
    context: dict[str, Any] = {"minutes": kept, "activity": kept.activity, "own": own, "open": is_open, "chair": chair}
    return action_page(
        request,
        CorrectionForm(request.POST or None),
        lambda given: services.correct(
            kept, member=queries.me(actor), text=given["text"], by=actor, now=moment, key=given["key"]
        ),
        to=reverse("my-minutes", args=[number]),
        template="activities/my_minutes.html",
        done=_("Your correction was sent to whoever writes the minutes."),
        points=reads.points(kept.activity, kept),
        verb=_("Ask for a correction"),
        **context,
    )


def _there(number: int) -> str:
    return reverse("minutes", args=[number])
