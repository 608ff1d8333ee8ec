"""Writes of requests of members about their data."""

from __future__ import annotations

from datetime import datetime

from linli.access.decide import Actor
from linli.audit.services import writing
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.models import DataRequest, Member
from linli.members.policy.requests import OPTIONAL, RequestKind, RequestState

NO_TEXT = gettext_noop("Write what is wrong, and how it should be.")
ANSWERED = gettext_noop("This request was answered already.")
OWN = gettext_noop("You cannot answer your own request; ask a colleague.")


def ask(member: Member, *, kind: RequestKind, text: str, by: Actor, now: datetime, key: str) -> DataRequest:
    """Ask to correct or erase something kept about `member`. Refused: a correction without words."""
    with writing("data.ask", by=by, now=now, key=key) as event:
        if kind is RequestKind.CORRECT and not text.strip():
            raise Refusal("request-text", NO_TEXT, field="text")
        request = DataRequest.objects.create(member=member, kind=kind, text=text.strip(), asked_at=now)
        event.about(member.ref, kind=kind.value)
    return request


def answer(request: DataRequest, *, state: RequestState, words: str, by: Actor, now: datetime, key: str) -> DataRequest:
    """Answer a request; where an erasure is done, what is optional is erased with it.

    Locks the request. Refused: one that was answered, one's own.
    """
    with writing("data.answer", by=by, now=now, key=key) as event:
        found = DataRequest.objects.select_for_update().get(pk=request.pk)
        if found.state != RequestState.OPEN:
            raise Refusal("request-answered", ANSWERED)
        if by.member_id == found.member_id:
            raise Refusal("request-own", OWN)
        found.state, found.answer = state, words.strip()
        found.answered_at, found.answered_by = now, by.ref
        found.save(update_fields=["state", "answer", "answered_at", "answered_by"])
        if found.kind == RequestKind.ERASE and state is RequestState.DONE:
            Member.objects.filter(pk=found.member_id).update(**dict.fromkeys(OPTIONAL, ""))
        event.about(f"member:{found.member.number}", kind=found.kind, state=state.value)
    return found
