"""The outbox: the same cause is told once."""

from __future__ import annotations

from typing import Any

from linli.notify.models import Message
from linli.notify.services import post


def test_the_same_cause_is_told_once(world: Any):
    for subject in ("first", "second"):
        post(cause="issue:1:new", audience="body:BY1", subject=subject, body="…", now=world.now)
    assert [message.subject for message in Message.objects.filter(cause="issue:1:new")] == ["first"]


def test_a_long_subject_is_cut(world: Any):
    post(cause="issue:2:new", audience="body:BY1", subject="长" * 300, body="", now=world.now)
    assert len(Message.objects.get(cause="issue:2:new").subject) == 200
