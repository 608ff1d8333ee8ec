"""Pages that change the tree: from a day, with a document; both bodies above must be the actor's; nothing is lost."""

import pytest
from django.urls import reverse

from linli.access.roles import Role
from linli.organisations import services
from linli.organisations.models import Body, BodyChange

DATED = {"on": "2026-03-18", "document": "〔2026〕9号"}


def send(client, world, page, code, **given):
    return client.post(reverse(page, args=[code]), DATED | {"key": world.key() + "-" * 8} | given)


def test_a_rename_holds_from_its_day_with_its_document(world, as_user):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    done = send(client, world, "body-rename", "BY1", name="新院党支部")
    assert done.headers["Location"] == reverse("body", args=["BY1"])
    change = BodyChange.objects.get(body=world.bodies["BY1"], kind="rename")
    assert (str(change.on), change.document, change.was) == ("2026-03-18", "〔2026〕9号", "组织BY1")


@pytest.mark.parametrize(("missing", "id"), [("document", "id_document"), ("on", "id_on"), ("name", "id_name")])
def test_what_is_missing_is_named_and_what_was_typed_stays(world, as_user, missing, id):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    answer = send(client, world, "body-rename", "BY1", **({"name": "新院党支部"} | {missing: ""}))
    page = answer.content.decode()
    assert answer.status_code == 422 and f'href="#{id}"' in page
    kept = {"document": "〔2026〕9号", "on": "2026-03-18", "name": "新院党支部"}
    assert all(f'value="{value}"' in page for name, value in kept.items() if name != missing)


def test_a_day_before_the_last_change_is_refused_in_words_and_kept(world, as_user):
    services.rename_body(world.bodies["BY1"], name="另名", by=world.by, now=world.now, key=world.key())
    client = as_user(world.user(Role.SUBDISTRICT_STAFF))
    answer = send(client, world, "body-rename", "BY1", name="新院党支部", on="2026-03-01")
    page = answer.content.decode()
    assert answer.status_code == 422 and "2026-03-18" in page and 'value="2026-03-01"' in page


@pytest.mark.parametrize(
    ("role_at", "code", "parent", "status"),
    [
        ("W", "BY1", "BR2", 302),
        ("G1", "BY1", "BR1", 302),
        ("G1", "BY1", "BR2", 422),
        ("BR1", "BR1", "G1", 404),
        ("BR1", "BR1", "BY1", 404),
        ("G2", "BY1", "BR2", 404),
        ("W", "W", "G1", 404),
    ],
)
def test_who_moves_a_body_answers_for_both_bodies_above(world, as_user, role_at, code, parent, status):
    client = as_user(world.user(Role.SUBDISTRICT_STAFF, role_at))
    assert send(client, world, "body-move", code, parent=parent).status_code == status
    moved = Body.objects.get(code="BY1").path.startswith(world.bodies["BR2"].path)
    assert moved is (status == 302 and parent == "BR2")


def test_the_page_of_a_body_offers_only_what_may_be_done(world, as_user):
    address = reverse("body", args=["BR1"])
    office = as_user(world.user(Role.SUBDISTRICT_STAFF)).get(address).content.decode()
    own = as_user(world.user(Role.SUBDISTRICT_STAFF, "BR1")).get(address).content.decode()
    reader = as_user(world.user(Role.SECRETARY, "BR1")).get(address).content.decode()
    rename, move = reverse("body-rename", args=["BR1"]), reverse("body-move", args=["BR1"])
    assert [(rename in page, move in page) for page in (office, own, reader)] == [
        (True, True),
        (True, False),
        (False, False),
    ]
