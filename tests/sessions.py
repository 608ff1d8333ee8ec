"""Sessions of people, for pages that a browser visits."""

from __future__ import annotations

import time
from typing import Any

PASSWORD = "春江潮水连海平，海上明月"
LATER = 24 * 3600


def session_of(user: Any, **more: Any) -> str:
    """The key of a session in which `user` is logged in; `more` is put into it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.update(more)
    store.save()
    return store.session_key


def sure(user: Any) -> str:
    """A session of somebody who has just entered the password again, until tomorrow."""
    user.set_password(PASSWORD)
    user.save()
    records = [{"method": "password", "at": time.time() + LATER, "reauthenticated": True}]
    return session_of(user, account_authentication_methods=records, account_authentication_methods_user=str(user.pk))


def halfway(user: Any) -> str:
    """A session of somebody who gave the password and is asked for the second factor; it waits for two hours.

    The library forgets it after a quarter of an hour; on a busy machine the page is visited later.
    """
    from django.test import Client
    from django.urls import reverse

    user.set_password(PASSWORD)
    user.save()
    client = Client(headers={"host": "localhost"})
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    session = client.session
    session["account_login"]["initiated_at"] += 2 * 3600
    session.modified = True
    session.save()
    return client.cookies["sessionid"].value
