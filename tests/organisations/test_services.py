import pytest

from linli.lib.errors import Refusal, Repeated
from linli.organisations import services
from linli.organisations.policy.kinds import BodyKind


def found(world, **changes):
    given = {
        "kind": BodyKind.BRANCH,
        "code": "NEW",
        "name": "新支部",
        "parent": world.bodies["G1"],
        "by": world.by,
        "now": world.now,
        "key": world.key(),
    } | changes
    return services.found_body(**given)


def test_a_body_stands_below_its_parent(world):
    body = found(world)
    assert body.path == f"{world.bodies['G1'].path}{body.pk}."


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": BodyKind.WORKING_COMMITTEE}, "body-parent"),
        ({"code": "BR1"}, "body-code"),
        ({"parent": None}, "body-parent"),
    ],
)
def test_what_is_refused(world, changes, code):
    with pytest.raises(Refusal) as refused:
        found(world, **changes)
    assert refused.value.code == code
    assert str(refused.value)


def test_the_same_key_founds_once(world):
    key = world.key()
    found(world, key=key)
    with pytest.raises(Repeated):
        found(world, key=key, code="OTHER")


def test_another_name_leaves_the_code(world):
    services.rename_body(world.bodies["BR1"], name="新名", by=world.by, now=world.now, key=world.key())
    body = world.bodies["BR1"]
    body.refresh_from_db()
    assert (body.code, body.name) == ("BR1", "新名")
