import pytest

from linli.access.catalogue import Permission
from linli.access.roles import PERMISSIONS, Role, grantable


@pytest.mark.parametrize("granter", Role)
def test_nobody_gives_more_than_the_own_rights(granter):
    given = grantable(granter)
    if granter is Role.OPERATOR:
        assert given == set(Role)
    elif Permission.GRANT_MANAGE in PERMISSIONS[granter]:
        assert Role.OPERATOR not in given
        assert all(PERMISSIONS[role] <= PERMISSIONS[granter] for role in given)
    else:
        assert not given
