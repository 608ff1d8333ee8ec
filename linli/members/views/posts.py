"""Pages of posts: appointing a member by hand, ending a post."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.access.catalogue import Permission
from linli.lib.clock import local_date, now
from linli.members import queries, services
from linli.members.forms_elections import EndPostForm, PostForm
from linli.members.models import Post
from linli.members.policy.election_rules import B7
from linli.members.policy.elections import Elects, Term
from linli.members.policy.kinds import BRANCH_TITLES, Title
from linli.members.queries import elections
from linli.organisations import queries as organisations
from linli.web.access import actor_of, page
from linli.web.acting import action_page
from linli.web.forms import said

EDIT = Permission.MEMBER_EDIT


@page(EDIT, "GET", "POST")
def appoint(request: HttpRequest, number: str) -> HttpResponse:
    """Appoint a member to a post, for a term; one that is longer than usual gets a warning."""
    actor, moment = actor_of(request), now()
    today = local_date(moment)
    found = queries.member(actor, EDIT, number, today)
    bodies = organisations.living(actor, EDIT, today)

    def carry(given: dict[str, object]) -> Post:
        post = services.appoint(found, title=Title(str(given.pop("title"))), by=actor, now=moment, **given)  # type: ignore[arg-type]
        _warn(request, post)
        return post

    return action_page(
        request,
        PostForm(request.POST or None, bodies=bodies, initial={"since": today}),
        carry,
        to=reverse("member", args=[number]),
        heading=_("New post of %(name)s") % {"name": found.name},
        explanation=_("What was elected comes here by itself, once the body above has approved it."),
        verb=_("Appoint"),
    )


def _warn(request: HttpRequest, post: Post) -> None:
    if post.term_until is None or Title(post.title) not in BRANCH_TITLES:
        return
    numbers = elections.numbers(post.body, post.valid_from)
    years = elections.term_years(post.body, Elects.COMMITTEE, post.valid_from, numbers)
    long = B7.check(Term(post.valid_from, post.term_until, years))
    if long is not None:
        messages.warning(request, said(long.mend, long.values))


@page(EDIT, "GET", "POST")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post."""
    actor, moment = actor_of(request), now()
    found = queries.post(actor, EDIT, pk)
    return action_page(
        request,
        EndPostForm(request.POST or None, initial={"on": local_date(moment)}),
        lambda given: services.end_post(
            found, on=given["on"], document=given["document"], by=actor, now=moment, key=given["key"]
        ),
        to=reverse("member", args=[found.member.number]),
        heading=_("End the post “%(title)s” of %(name)s")
        % {"title": found.get_title_display(), "name": found.member.name},
        verb=_("End the post"),
    )
