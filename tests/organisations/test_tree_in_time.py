"""The tree valid between dates: every change from a day on, and the tree as of any day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.lib.clock import local_date
from linli.lib.errors import Refusal
from linli.organisations import queries, services
from linli.organisations.models import Body, BodyChange, BodyName, BodyParent
from linli.organisations.policy.kinds import BodyKind
from tests.world import SINCE

DAY = date(2026, 3, 18)


def change(world, verb, code, **given):
    return getattr(services, verb)(world.bodies[code], by=world.by, now=world.now, key=world.key(), **given)


def test_a_move_takes_everything_below_along(world):
    change(world, "move_body", "BR1", parent=world.bodies["G2"], document="〔2026〕3号")
    paths = dict(Body.objects.values_list("code", "path"))
    assert paths["BR1"] == f"{paths['G2']}{world.bodies['BR1'].pk}."
    assert paths["BG1"].startswith(paths["BR1"])
    assert BodyChange.objects.get(body=world.bodies["BR1"], kind="move").document == "〔2026〕3号"


def test_the_tree_of_a_past_day_stays_what_it_was(world):
    before = Body.objects.filter(queries.below_on(world.bodies["G1"], DAY - timedelta(days=1))).count()
    change(world, "move_body", "BY1", parent=world.bodies["BR2"])
    change(world, "rename_body", "BY2", name="新名")
    office = world.actor(Role.SUBDISTRICT_STAFF)
    then = {n.body.code: n for n in queries.tree_on(office, Permission.ORGANISATION_VIEW, DAY - timedelta(days=1))}
    now = {n.body.code: n for n in queries.tree_on(office, Permission.ORGANISATION_VIEW, DAY)}
    assert (then["BY2"].name, now["BY2"].name) == ("组织BY2", "新名")
    order_then, order_now = list(then), list(now)
    assert order_then.index("BY1") < order_then.index("G2")
    assert order_now.index("BY1") > order_now.index("BR2")
    assert Body.objects.filter(queries.below_on(world.bodies["G1"], DAY - timedelta(days=1))).count() == before
    assert Body.objects.filter(queries.below_on(world.bodies["G1"], DAY)).count() == before - 2


def test_a_change_entered_ahead_begins_on_its_day(world):
    ahead = DAY + timedelta(days=10)
    change(world, "rename_body", "BY1", name="明日院", on=ahead)
    change(world, "move_body", "BY2", parent=world.bodies["BR2"], on=ahead)
    assert Body.objects.get(code="BY1").name == "组织BY1"
    later = world.now + timedelta(days=10)
    assert services.refresh_tree(by=world.by, now=later, key=world.key()) == 2
    assert Body.objects.get(code="BY1").name == "明日院"
    assert Body.objects.get(code="BY2").path.startswith(world.bodies["BR2"].path)
    assert services.refresh_tree(by=world.by, now=later, key=world.key()) == 0


def test_a_change_of_the_same_day_corrects(world):
    change(world, "rename_body", "BY1", name="错名")
    change(world, "rename_body", "BY1", name="对名")
    assert list(
        BodyName.objects.filter(body=world.bodies["BY1"]).order_by("valid_from").values_list("name", flat=True)
    ) == [
        "组织BY1",
        "对名",
    ]
    change(world, "move_body", "BY1", parent=world.bodies["BR2"])
    change(world, "move_body", "BY1", parent=world.bodies["G1"])
    assert BodyParent.objects.filter(body=world.bodies["BY1"]).count() == 2


def test_dissolving_ends_all_that_the_body_had(world):
    for code in ("BG1", "BY1", "BY2"):
        change(world, "dissolve_body", code)
    ended = change(world, "dissolve_body", "BR1", document="撤销")
    assert ended.valid_to == local_date(world.now)
    for rows in (ended.names, ended.parents, ended.served):
        assert not rows.filter(valid_to=None).exists()
    office = world.actor(Role.SUBDISTRICT_STAFF)
    assert "BR1" not in {n.body.code for n in queries.tree_on(office, Permission.ORGANISATION_VIEW, DAY)}
    assert "BR1" in {
        n.body.code for n in queries.tree_on(office, Permission.ORGANISATION_VIEW, DAY - timedelta(days=1))
    }


@pytest.mark.parametrize(
    ("verb", "code", "given", "refusal"),
    [
        ("move_body", "BR1", {"parent": "BY1"}, "body-cycle"),
        ("move_body", "BR1", {"parent": "BR1"}, "body-cycle"),
        ("move_body", "BR1", {"parent": "BG1"}, "body-parent"),
        ("move_body", "BR1", {"parent": "G2", "on": SINCE - timedelta(days=1)}, "body-parent-day"),
        ("move_body", "BR1", {"parent": "G2", "on": DAY + timedelta(days=401)}, "change-far"),
        ("rename_body", "BR1", {"name": "早", "on": SINCE - timedelta(days=1)}, "change-early"),
        ("dissolve_body", "BR1", {}, "body-parents-others"),
        ("dissolve_body", "BG1", {"on": SINCE}, "body-same-day"),
    ],
)
def test_what_cannot_be(world, verb, code, given, refusal):
    given = {name: world.bodies.get(value, value) for name, value in given.items()}
    before = BodyChange.objects.count()
    with pytest.raises(Refusal) as refused:
        change(world, verb, code, **given)
    assert refused.value.code == refusal
    assert BodyChange.objects.count() == before


def test_a_root_stays(world):
    upper = services.found_body(
        kind=BodyKind.DISTRICT_COMMITTEE,
        code="D",
        name="区委",
        parent=None,
        by=world.by,
        now=world.now,
        key=world.key(),
    )
    with pytest.raises(Refusal) as refused:
        change(world, "move_body", "W", parent=upper)
    assert refused.value.code == "body-root"


def test_what_has_ended_does_not_change(world):
    change(world, "dissolve_body", "BG1")
    for verb, given in (
        ("rename_body", {"name": "x"}),
        ("move_body", {"parent": world.bodies["BY2"]}),
        ("dissolve_body", {}),
    ):
        with pytest.raises(Refusal) as refused:
            change(world, verb, "BG1", **given)
        assert refused.value.code == "body-ended"


@pytest.mark.parametrize("model", [BodyName, BodyParent])
def test_the_database_refuses_two_at_once(world, model):
    held = model.objects.filter(body=world.bodies["BY1"]).get()
    held.pk = None
    held.valid_from = DAY
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save(force_insert=True)
