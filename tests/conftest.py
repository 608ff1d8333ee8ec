"""One database per worker with the small subdistrict in it; each test is rolled back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import caches
from django.test import Client
from hypothesis import HealthCheck, settings

from linli.web.catalogue import compile_messages
from tests.sessions import session_of

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser driver leaves a loop running in the worker's thread
# a busy machine is no fault of the program: nothing here is judged by the clock
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
compile_messages()
django_settings.WHITENOISE_AUTOREFRESH = True  # static files are sought when asked for, not anew by every client
django_settings.SECURE_SSL_REDIRECT = False  # the test client speaks plainly; headers are tested with secure=True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from tests.world import build

    with django_db_blocker.unblock():
        build()


@pytest.fixture(autouse=True)
def _files(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    for cache in ("default", "maps", "pages"):
        caches[cache].clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db: None) -> Iterator[Any]:
    """The small subdistrict, on a Wednesday morning in March."""
    from tests.world import NOW, World

    with time_machine.travel(NOW, tick=False):
        yield World()


@pytest.fixture
def as_user(world: Any) -> Any:
    """Return a client signed in as a user."""

    def signed_in(user: Any) -> Client:
        client = Client()
        client.cookies[django_settings.SESSION_COOKIE_NAME] = session_of(user)
        return client

    return signed_in


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full-matrix", action="store_true", help="access matrix: the whole product")
