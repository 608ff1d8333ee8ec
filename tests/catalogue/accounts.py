from linli.access.roles import Role
from linli.accounts import services
from tests.catalogue import Example
from tests.sessions import halfway, sure


def plain(world):
    return sure(world.user())


def with_codes(world):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = world.user(Role.SECRETARY)
    RecoveryCodes.activate(user)
    return sure(user)


LIBRARY = {
    "account_login": None,
    "account_logout": plain,
    "account_inactive": None,
    "account_reauthenticate": plain,
    "account_change_password": plain,
    "mfa_index": with_codes,
    "mfa_authenticate": lambda w: halfway(w.user(Role.SECRETARY)),
    "mfa_reauthenticate": with_codes,
    "mfa_activate_totp": lambda w: sure(w.user(Role.SECRETARY, totp=False)),
    "mfa_deactivate_totp": with_codes,
    "mfa_view_recovery_codes": with_codes,
    "mfa_generate_recovery_codes": with_codes,
    "mfa_download_recovery_codes": None,
}
"""The pages of the log-in library, and who visits them."""
FILES = {"mfa_download_recovery_codes"}


def person(w, role=Role.GRID_WORKER, body="RC1"):
    return w.user(role, body, totp=False)


def granted(w):
    user = person(w)
    return {"pk": user.pk, "grant": user.role_grants.get().pk}


def code(w):
    return services.invite(w.user(totp=False), by=w.by, now=w.now, key=w.key()).code


EXAMPLES = [
    *[
        Example(
            name,
            elsewhere="a page of django-allauth; tests/accounts/test_login.py",
            visitor=visitor,
            html=name not in FILES,
        )
        for name, visitor in LIBRARY.items()
    ],
    Example("account_set_password", html=False),
    Example("accounts", role=Role.COMMUNITY_STAFF),
    Example(
        "account-new",
        chooses="RC1",
        role=Role.COMMUNITY_STAFF,
        data=lambda w: {"shown_name": "赵小六", "username": "zhao.xiaoliu", "body": "RC1", "role": "grid_worker"},
    ),
    Example(
        "account",
        kwargs=lambda w: {"pk": person(w).pk},
        at="RC1",
        role=Role.COMMUNITY_STAFF,
        states={"unnamed": lambda w: {"pk": w.user(Role.SECRETARY, "RC1", outside=False).pk}},
    ),
    Example(
        "account-member",
        kwargs=lambda w: {"pk": person(w).pk},
        at="RC1",
        role=Role.COMMUNITY_STAFF,
        data=lambda w: {"outside_party": "on"},
    ),
    Example(
        "account-grant",
        kwargs=lambda w: {"pk": person(w).pk},
        at="RC1",
        role=Role.COMMUNITY_STAFF,
        data=lambda w: {"body": "RC1", "role": "group_leader"},
    ),
    Example("account-grant-end", kwargs=granted, at="RC1", role=Role.COMMUNITY_STAFF, data=lambda w: {}),
    Example(
        "account-slip",
        kwargs=lambda w: {"pk": person(w).pk},
        at="RC1",
        role=Role.COMMUNITY_STAFF,
        data=lambda w: {"drop_second_factor": "on"},
    ),
    Example(
        "invitation",
        data=lambda w: {"code": code(w), "password": "春江潮水连海平，海上明月", "again": "春江潮水连海平，海上明月"},
    ),
]
