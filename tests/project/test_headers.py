"""Security headers on every answer: pages, errors, redirects, downloads, static files."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from linli.access.roles import Role


def page(world, as_user):
    return Client().get("/", secure=True)


def redirect(world, as_user):
    return Client().get(reverse("desk"), secure=True)


def static_file(world, as_user):
    return Client().get("/static/web/linli.css", secure=True)


def health(world, as_user):
    return Client().get(reverse("healthz"), secure=True)


def bad_host(world, as_user):
    return Client().get("/", secure=True, headers={"host": "evil.example"})


def stale_form(world, as_user):
    return Client(enforce_csrf_checks=True).post(reverse("invitation"), secure=True)


def forbidden(world, as_user):
    return as_user(world.user(Role.SECRETARY, "BR1")).get(reverse("settings"), secure=True)


def missing(world, as_user):
    return Client().get("/nothing/", secure=True)


def wrong_method(world, as_user):
    return Client().put("/", secure=True)


def broken(world, as_user):
    client = Client(raise_request_exception=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("linli.accounts.views.InvitationForm", None)
        return client.get(reverse("invitation"), secure=True)


def refused_page(world, as_user):
    return Client().post(reverse("invitation"), {"code": "1"}, secure=True)


def download(world, as_user):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = world.user(Role.SECRETARY, "BR1")
    user.set_password("春江潮水连海平，海上明月")
    user.save()
    RecoveryCodes.activate(user)
    client = as_user(user)
    client.post(reverse("account_reauthenticate"), {"password": "春江潮水连海平，海上明月"}, secure=True)
    return client.get(reverse("mfa_download_recovery_codes"), secure=True)


ANSWERS = {
    page: 200,
    redirect: 302,
    static_file: 200,
    health: 200,
    bad_host: 400,
    stale_form: 403,
    forbidden: 403,
    missing: 404,
    wrong_method: 405,
    refused_page: 422,
    broken: 500,
    download: 200,
}


@pytest.mark.parametrize("ask", ANSWERS, ids=lambda ask: ask.__name__)
def test_every_answer_carries_the_headers(ask, world, as_user, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    response = ask(world, as_user)
    assert response.status_code == ANSWERS[ask]
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_plain_http_is_sent_to_https(world, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/")
    assert response.status_code == 301
    assert response.headers["Location"].startswith("https://")


def test_cookies_are_for_https_and_not_for_scripts(world):
    user = world.user()
    user.set_password("春江潮水连海平，海上明月")
    user.save()
    client = Client()
    response = client.post(
        reverse("account_login"), {"login": user.username, "password": "春江潮水连海平，海上明月"}, secure=True
    )
    cookie = response.cookies["sessionid"]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
