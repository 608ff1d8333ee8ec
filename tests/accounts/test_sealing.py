"""Secrets of the second factor do not stand in the database, and a new secret of the server does not lock people out."""

from __future__ import annotations

import hmac
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection

from linli.accounts import jobs, queries, services
from linli.accounts.policy.sealing import seal, stale, unseal
from linli.demo.policy.logins import code_at
from linli.project import checks

SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"


def given(world, secret=SECRET):
    user = world.user(totp=False)
    services.give_totp(user, secret=secret, by=world.by, now=world.now, key=world.key())
    return user


def opens(user, secret=SECRET) -> bool:
    factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return TOTP(factor).validate_code(code_at(secret, int(time.time())))


def dump() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_dump_of_the_database_holds_a_secret(world):
    user = given(world)
    codes = RecoveryCodes.activate(user)
    seed = unseal(codes.instance.data["seed"], queries.sealing_secrets())
    assert seed and len(seed) == 80
    assert opens(user)
    text = dump()
    assert "user-" in text, "the dump is a dump"
    for hidden in (SECRET, seed):
        assert hidden not in text


def test_a_factor_from_before_opens_and_is_sealed_by_the_next_round(world):
    user = given(world)
    Authenticator.objects.filter(user=user).update(data={"secret": SECRET})
    assert SECRET in dump()
    assert opens(user)
    assert jobs.reseal(world.now) == 1
    assert SECRET not in dump()
    assert opens(user, SECRET) is False, "a code works once"
    assert jobs.reseal(world.now) == 0


def test_after_a_new_secret_the_old_factors_open_and_move_over(world, settings):
    user, codes = given(world), []
    codes = RecoveryCodes.activate(user).generate_codes()
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one" * 6, [old]
    assert opens(user)
    assert jobs.reseal(world.now) == 2
    settings.SECRET_KEY_FALLBACKS = []
    assert queries.unreadable_factors() == 0
    assert RecoveryCodes.activate(user).generate_codes() == codes


def test_without_the_old_secret_nobody_gets_in_and_check_says_so(world, settings):
    user = given(world)
    settings.SECRET_KEY = "the new one" * 6
    assert not opens(user)
    assert jobs.reseal(world.now) == 0
    assert queries.unreadable_factors() == 1
    assert [each.words for each in checks.findings() if "LINLI_SECRET_KEY_FALLBACKS" in each.words]
    Authenticator.objects.all().delete()
    assert not [each.words for each in checks.findings() if "LINLI_SECRET_KEY_FALLBACKS" in each.words]


def test_a_text_is_stale_unless_the_newest_secret_sealed_it():
    sealed = seal("x", ["old"])
    assert (unseal(sealed, ["new", "old"]), unseal(sealed, ["new"]), unseal("x", ["new"])) == ("x", None, "x")
    assert (stale(sealed, ["old", "new"]), stale(sealed, ["new", "old"]), stale("x", ["old"])) == (False, True, True)


@pytest.mark.parametrize("round_", range(20))
def test_no_secret_of_the_library_looks_sealed(round_):
    assert stale(generate_totp_secret(), ["any"])
    assert unseal(RecoveryCodes.generate_seed(), ["any"])


def test_the_key_is_not_the_secret_of_the_server_itself():
    sealed = seal("x", ["s" * 50])
    assert unseal(sealed, [hmac.digest(b"s" * 50, b"other", "sha256").hex()]) is None
