"""The outbox: the same cause is told once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from linli.notify import jobs
from linli.notify.models import Message
from linli.notify.services import TRIES, post, send_due


def test_the_same_cause_is_told_once(world: Any):
    for subject in ("first", "second"):
        post(cause="issue:1:new", audience="body:BY1", subject=subject, body="…", now=world.now)
    assert [message.subject for message in Message.objects.filter(cause="issue:1:new")] == ["first"]


def test_a_long_subject_is_cut(world: Any):
    post(cause="issue:2:new", audience="body:BY1", subject="长" * 300, body="", now=world.now)
    assert len(Message.objects.get(cause="issue:2:new").subject) == 200


def waiting(world: Any) -> Message:
    post(cause="issue:3:new", audience="body:BY1", subject="新问题", body="/desk/issues/3/", now=world.now)
    return Message.objects.get()


def test_a_message_is_sent_once(world: Any):
    waiting(world)
    sent: list[tuple[str, str]] = []

    def send(subject: str, body: str) -> bool:
        sent.append((subject, body))
        return True

    assert [send_due(world.now, send), send_due(world.now, send)] == [1, 0]
    assert sent == [("新问题", "/desk/issues/3/")]


def test_a_message_that_fails_waits_longer_each_time_and_is_parked(world: Any):
    message = waiting(world)
    now, pauses = world.now, []
    for _ in range(TRIES):
        assert send_due(now, lambda _s, _b: False) == 0
        assert send_due(now, lambda _s, _b: False) == 0  # not before its time
        message.refresh_from_db()
        pauses.append(message.next_try - now)
        now = max(now, message.next_try)
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=3), timedelta(minutes=9)]
    assert (message.state, message.attempts) == ("parked", TRIES)


def test_old_news_is_parked(world: Any):
    message = waiting(world)
    assert send_due(world.now + timedelta(days=8), lambda _s, _b: True) == 0
    message.refresh_from_db()
    assert message.state == "parked"


def test_the_job_without_and_with_a_channel(world: Any, settings: Any, tmp_path: Any, monkeypatch: Any):
    import apprise

    message = waiting(world)
    assert jobs.send_messages(world.now) == 0
    told: list[str] = []
    monkeypatch.setattr(apprise.Apprise, "notify", lambda self, title, body: told.append(title) or True)
    settings.NOTIFY_URLS = ["json://localhost"]
    assert jobs.send_messages(world.now) == 1
    message.refresh_from_db()
    assert (message.state, told) == ("sent", ["新问题"])
