from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.organisations import queries


def test_a_role_at_a_body_covers_its_subtree(world):
    actor = world.actor(Role.SECRETARY, "BR1")
    found = queries.bodies(actor, Permission.MEMBER_VIEW).values_list("code", flat=True)
    assert sorted(found) == ["BG1", "BR1", "BY1", "BY2"]


def test_a_role_that_ended_reaches_nothing(world):
    actor = world.actor_of(world.user(Role.SECRETARY, "BR1", ended=True))
    assert not queries.bodies(actor, Permission.MEMBER_VIEW).exists()
