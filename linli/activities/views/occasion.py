"""The page of one activity for whoever may know of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.activities import queries
from linli.activities.policy import codes
from linli.activities.policy.states import State
from linli.activities.queries import minutes as reads
from linli.lib.clock import now
from linli.web.access import Need, actor_of, page


@page(Need.PUBLIC)
def occasion(request: HttpRequest, number: int) -> HttpResponse:
    """Show what, when, where and by whom; members find signing in, the desk its page of the roll."""
    actor, moment = actor_of(request), now()
    found = queries.shown(actor, number, moment)
    own = actor.member_id is not None
    context = {
        "activity": found,
        "open": own and found.state == State.PLANNED and codes.is_open(found.starts_at, found.ends_at, moment),
        "line": queries.my_line(actor.member_id or 0, found) if own else None,
        "desk": queries.may_see(actor, found),
        "agenda": reads.agenda(found),
        "over": found.ends_at < moment,
    }
    return render(request, "activities/occasion.html", context)
