from datetime import timedelta

import pytest

from linli.notify import jobs, services
from linli.notify.models import Message
from linli.notify.policy.retries import ATTEMPTS


class Post:
    def __init__(self, works):
        self.works, self.sent = works, []

    def notify(self, title, body):
        self.sent.append((title, body))
        return self.works


@pytest.fixture
def outbox(world, settings, monkeypatch):
    settings.NOTIFY_URLS = ["json://example.invalid"]

    def with_post(works):
        post = Post(works)
        monkeypatch.setattr(jobs, "_sender", lambda: post)
        return post

    services.post(cause="issue:1:late", audience="body:BY1", subject="超期", body="/issues/1/", now=world.now)
    return with_post


def test_a_message_is_sent_once(world, outbox):
    post = outbox(works=True)
    assert jobs.deliver(world.now) == 1
    assert jobs.deliver(world.now + timedelta(days=1)) == 0
    assert post.sent == [("超期", "/issues/1/\nBY1")]


def test_a_failure_is_tried_again_later_and_later_then_parked(world, outbox):
    post, at, gaps = outbox(works=False), world.now, []
    while Message.objects.get().state == Message.State.WAITING:
        assert jobs.deliver(at) == 0
        message = Message.objects.get()
        if message.state == Message.State.WAITING:
            assert jobs.deliver(message.next_try - timedelta(seconds=1)) == 0
            gaps.append((message.next_try - at) / timedelta(minutes=1))
            at = message.next_try
    assert gaps == [1, 5, 30, 120, 480]
    assert len(post.sent) == ATTEMPTS == Message.objects.get().attempts
    assert Message.objects.get().state == Message.State.PARKED


def test_another_worker_that_claimed_it_first_sends_it(world, outbox):
    post = outbox(works=True)
    message = Message.objects.get()
    Message.objects.update(attempts=1)
    assert services._send(message, lambda subject, body: post.notify(subject, body), world.now) is False
    assert post.sent == []


def test_without_an_address_messages_wait_a_week(world, outbox, settings):
    settings.NOTIFY_URLS = []
    jobs.deliver(world.now + timedelta(days=6))
    assert Message.objects.get().state == Message.State.WAITING
    jobs.deliver(world.now + timedelta(days=8))
    assert Message.objects.get().state == Message.State.PARKED


def test_an_address_that_cannot_be_read_is_named_by_its_number_only(settings, caplog):
    settings.NOTIFY_URLS = ["nonsense://secret-token"]
    assert len(jobs._sender()) == 0
    assert "address 1" in caplog.text
    assert "secret-token" not in caplog.text
