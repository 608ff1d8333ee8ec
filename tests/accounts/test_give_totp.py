"""A second factor given by those who answer for the house."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from linli.accounts.services import give_totp


def test_a_second_secret_takes_the_place_of_the_first(world):
    user = world.user(totp=False)
    assert not world.actor_of(user).second_factor
    for secret in ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"):
        give_totp(user, secret=secret, by=world.by, now=world.now, key=world.key())
    assert world.actor_of(user).second_factor
    assert Authenticator.objects.get(user=user).data["secret"] == "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
