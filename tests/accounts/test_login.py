"""Log-in, second factor, limits: the pages of the library as they are set up here."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from linli.access.roles import Role
from linli.accounts import services
from linli.accounts.models import User
from tests.catalogue.accounts import LIBRARY

PASSWORD = "春江潮水连海平，海上明月"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HIDDEN = [
    "account_signup",
    "account_email",
    "account_reset_password",
    "account_confirm_email",
    "account_request_login_code",
    "mfa_list_webauthn",
    "mfa_trust",
    "socialaccount_connections",
]


@pytest.fixture(autouse=True)
def _no_old_counts():
    cache.clear()


@pytest.fixture
def person(world):
    def made(role=None, body="BR1", totp=False):
        user = world.user(role, body, totp=totp)
        user.set_password(PASSWORD)
        user.save()
        return user

    return made


def log_in(client, user, password=PASSWORD, address="10.0.0.1"):
    data = {"login": user.username, "password": password}
    return client.post(reverse("account_login"), data, REMOTE_ADDR=address)


def sure(client):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def totp_now():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_not_needed_is_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/reset/", "confirm-email/", "login/code/", "2fa/webauthn/"]
)
def test_old_addresses_of_the_library_are_gone(path, world):
    assert Client().get(f"/accounts/{path}").status_code == 404


def test_log_in_leads_to_ones_own_page(person):
    client = Client()
    response = log_in(client, person())
    assert response.headers["Location"] == reverse("me")
    assert client.get(reverse("me")).status_code == 200


def test_staff_without_a_second_factor_are_sent_to_set_one_up(person):
    client = Client()
    log_in(client, person(Role.SECRETARY))
    assert client.get(reverse("organisations")).headers["Location"] == reverse("mfa_activate_totp")
    sure(client)
    response = client.get(reverse("mfa_activate_totp"))
    page = response.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert re.search(r'class="code">[A-Z2-7]{32}<', page)


def test_who_set_up_a_second_factor_gets_recovery_codes_and_then_the_desk(person):
    client = Client()
    log_in(client, person(Role.SECRETARY))
    sure(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="code">([A-Z2-7]{32})<', page)[1]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    response = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("organisations")).status_code == 200


def test_the_second_factor_is_asked_at_log_in(person):
    client = Client()
    response = log_in(client, person(Role.SECRETARY, totp=True))
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("organisations")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": totp_now()})
    assert client.get(reverse("organisations")).status_code == 200


def test_guessing_second_factor_codes_is_limited(person):
    client = Client()
    user = person(Role.SECRETARY, totp=True)
    log_in(client, user)
    wrong = f"{(int(totp_now()) + 1) % 10**6:06d}"
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": wrong})
    client.post(reverse("mfa_authenticate"), {"code": totp_now()})
    assert client.get(reverse("organisations")).status_code == 302


def test_a_stranger_who_guesses_does_not_lock_the_owner_out(person):
    user, stranger = person(), Client()
    for _ in range(8):
        response = log_in(stranger, user, "wrong", address="203.0.113.9")
    assert response.status_code == 429
    assert log_in(stranger, user, address="203.0.113.9").status_code == 429
    owner = Client()
    assert log_in(owner, user, address="10.0.0.7").headers["Location"] == reverse("me")


def test_behind_our_proxy_the_address_of_the_visitor_counts(person, settings):
    user, data = person(), {"password": "wrong"}
    for number in range(8):
        forged = f"198.51.100.{number}, 203.0.113.9"
        response = Client().post(
            reverse("account_login"), data | {"login": user.username}, headers={"x-forwarded-for": forged}
        )
    assert response.status_code == 429
    response = Client().post(
        reverse("account_login"),
        {"login": user.username, "password": PASSWORD},
        headers={"x-forwarded-for": "203.0.113.9, 10.0.0.7"},
    )
    assert response.status_code == 302


def test_a_role_is_gone_with_the_next_click(person, world, as_user):
    user = world.user(Role.SECRETARY, "BR1")
    client = as_user(user)
    assert client.get(reverse("organisations")).status_code == 200
    services.end_role(user.role_grants.get(), by=world.by, now=world.now, key=world.key())
    assert client.get(reverse("organisations")).status_code == 403


def test_a_new_password_ends_the_other_sessions(person):
    user, one, other = person(), Client(), Client()
    log_in(one, user)
    log_in(other, user)
    new = "滟滟随波千万里何处无月明"
    response = one.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response.status_code == 302
    assert one.get(reverse("me")).status_code == 200
    assert other.get(reverse("me")).status_code == 302


LOOK = [name for name in LIBRARY if name not in {"account_inactive", "mfa_download_recovery_codes"}]


@pytest.mark.parametrize("name", LOOK)
def test_every_page_of_the_library_looks_like_the_house(name, person, world):
    totp = name in {
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
    }
    user = person(Role.SECRETARY, totp=totp or name == "mfa_authenticate")
    client = Client()
    if name != "account_login":
        log_in(client, user)
        if totp:
            client.post(reverse("mfa_authenticate"), {"code": totp_now()})
        if name not in {"mfa_authenticate", "account_logout"}:
            sure(client)
        if name == "mfa_view_recovery_codes":
            client.post(reverse("mfa_generate_recovery_codes"))
    response = client.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200, response.headers
    assert '<link rel="stylesheet" href="/static/web/linli.css">' in page
    assert "<script" not in page
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    words = re.sub(r"<[^>]*>|[A-Z2-7]{32}|English|user-\d+", " ", page[page.index("<body") :])
    assert not re.search(r"[A-Za-z]{4,}", words), re.findall(r"[A-Za-z]{4,}", words)


def test_the_codes_can_be_downloaded(person):
    client, user = Client(), person(totp=True)
    log_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": totp_now()})
    sure(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    response = client.get(reverse("mfa_download_recovery_codes"))
    assert response.headers["Content-Type"].startswith("text/plain")
    assert len(response.content.split()) == 10


def test_no_count_of_log_ins_is_kept(person):
    from axes.models import AccessLog

    log_in(Client(), person())
    assert not AccessLog.objects.exists()
    assert User.objects.count()
