"""Writes of posts: appointing for a term, ending, one committee after the other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import Member, Post
from linli.members.policy.kinds import SINGLE_TITLES, Title
from linli.organisations.models import Body


def appoint(
    member: Member,
    *,
    body: Body,
    title: Title,
    by: Actor,
    now: datetime,
    key: str,
    since: date | None = None,
    term_until: date | None = None,
    document: str = "",
) -> Post:
    """Appoint `member` to a post in `body` from `since` (default: today), for a term until `term_until`.

    Locks the body. Refused: a second holder of a single post, the same post twice, a term that ends before it begins.
    """
    day = since or local_date(now)
    with writing("member.appoint", by=by, now=now, key=key) as event:
        Body.objects.select_for_update(no_key=True).get(pk=body.pk)
        if term_until is not None and term_until <= day:
            raise Refusal(
                "post-term",
                gettext_noop("The term would end on %(until)s, not after it begins; give a later day."),
                field="term_until",
                until=term_until.isoformat(),
            )
        _free(member, body, title, day)
        post = Post.objects.create(
            member=member, body=body, title=title, valid_from=day, term_until=term_until, document=document
        )
        event.about(member.ref, body=body.code, title=title.value)
    return post


def end_post(post: Post, *, on: date, document: str = "", by: Actor, now: datetime, key: str) -> Post:
    """End a post on `on` (the first day without it). Refused: one that has ended, a day not after it began."""
    with writing("member.end_post", by=by, now=now, key=key) as event:
        found = Post.objects.select_for_update().select_related("member", "body").get(pk=post.pk)
        if found.valid_to is not None:
            raise Refusal(
                "post-ended", gettext_noop("The post ended on %(day)s already."), day=found.valid_to.isoformat()
            )
        if on <= found.valid_from:
            raise Refusal(
                "post-day",
                gettext_noop("The post began on %(since)s; it can end from the day after that on."),
                field="on",
                since=found.valid_from.isoformat(),
            )
        found.valid_to = on
        found.save(update_fields=["valid_to"])
        event.about(found.member.ref, body=found.body.code, title=found.title, on=on.isoformat(), document=document)
    return found


def end_posts(body: Body, titles: Collection[Title], day: date) -> None:
    """End on `day` whatever posts of `titles` are held in `body`; one begun that very day is taken back. In a write."""
    held = Post.objects.on(day).filter(body=body, title__in=[title.value for title in titles])
    held.filter(valid_from__gte=day).delete()
    held.update(valid_to=day)


def _free(member: Member, body: Body, title: Title, day: date) -> None:
    """Refuse a post that is held from `day` on: by anybody where it is single, else by the member."""
    held = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), body=body, title=title)
    if title not in SINGLE_TITLES:
        held = held.filter(member=member)
    holder = held.select_related("member").first()
    if holder is not None:
        raise Refusal(
            "post-held",
            gettext_noop(
                "%(holder)s has been %(title)s of %(body)s since %(since)s; end that post first, or choose a later day."
            ),
            field="title",
            holder=holder.member.name,
            title=title,
            body=body.name,
            since=holder.valid_from.isoformat(),
        )
