"""A second factor given by those who answer for the house."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from linli.accounts import queries
from linli.accounts.policy.sealing import unseal
from linli.accounts.services import give_totp


def test_a_second_secret_takes_the_place_of_the_first(world):
    user = world.user(totp=False)
    assert not world.actor_of(user).second_factor
    for secret in ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"):
        give_totp(user, secret=secret, by=world.by, now=world.now, key=world.key())
    assert world.actor_of(user).second_factor
    kept = Authenticator.objects.get(user=user).data["secret"]
    assert unseal(kept, queries.sealing_secrets()) == "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
