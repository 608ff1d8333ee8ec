"""One's own duties at cells: what everybody reads there, and the own telephone taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.audit.models import Event
from linli.grid import services
from linli.grid.models import CellWorker
from linli.grid.policy.workers import PhoneUse
from linli.lib.errors import Refusal
from tests.grid.making import TODAY, a_grid, cell_of, worker
from tests.places.making import box

NUMBER = "13800000001"


@pytest.fixture
def duty(world):
    a_grid(world)
    return worker(world, member=world.member, phone=NUMBER, phone_use=PhoneUse.AGREED)


def public():
    return Client().get(reverse("cell", args=["E1", "G00"])).text


def test_the_own_telephone_taken_back_is_gone_at_once(world, duty, as_user):
    client = as_user(world.member.user)
    assert NUMBER in public()
    address = reverse("my-cell-phone", args=[duty.pk])
    page = client.get(reverse("my-cells")).text
    assert NUMBER in page and address in page
    assert reverse("my-cells") in client.get(reverse("me")).text
    assert NUMBER in public(), "a look changes nothing"
    client.get(address)
    done = client.post(address, {"key": world.key() + "-" * 8}, follow=True)
    assert done.redirect_chain == [(reverse("my-cells"), 302)]
    assert NUMBER not in public() and NUMBER not in done.text and address not in done.text
    kept = CellWorker.objects.get(pk=duty.pk)
    assert (kept.phone, kept.phone_use, kept.valid_to) == ("", "", None), "the duty goes on"
    event = Event.objects.get(action="worker.withdraw")
    assert NUMBER not in str(event.data)


def test_a_second_time_there_is_nothing_to_take_back(world, duty, as_user):
    address, client = reverse("my-cell-phone", args=[duty.pk]), as_user(world.member.user)
    client.post(address, {"key": world.key() + "-" * 8})
    again = client.post(address, {"key": world.key() + "-" * 8})
    assert again.status_code == 422 and "不用收回" in again.text


@pytest.mark.parametrize("use", [PhoneUse.WORK, PhoneUse.INSIDE])
def test_a_work_telephone_stays_with_the_unit(world, as_user, use):
    a_grid(world)
    held = worker(world, member=world.member, phone="0731-88880001", phone_use=use)
    assert reverse("my-cell-phone", args=[held.pk]) not in as_user(world.member.user).get(reverse("my-cells")).text
    with pytest.raises(Refusal) as refused:
        services.withdraw_phone(held, by=world.by, now=world.now, key=world.key())
    assert refused.value.code == "worker-not-agreed"
    assert CellWorker.objects.get().phone == "0731-88880001"


def test_what_is_over_or_somebody_elses_is_not_there(world, duty, as_user):
    other = worker(world, cell_of(code="G01"), member=world.members["BY1"][1], phone=NUMBER, phone_use=PhoneUse.AGREED)
    client = as_user(world.member.user)
    assert client.post(reverse("my-cell-phone", args=[other.pk]), {"key": "k" * 12}).status_code == 404
    services.end(duty, on=TODAY, by=world.by, now=world.now, key=world.key())
    assert client.get(reverse("my-cell-phone", args=[duty.pk])).status_code == 404
    assert "没有负责网格" in client.get(reverse("my-cells")).text
    with pytest.raises(Refusal) as refused:
        services.withdraw_phone(CellWorker.objects.get(pk=duty.pk), by=world.by, now=world.now, key=world.key())
    assert refused.value.code == "worker-over"


def test_a_cell_that_the_map_has_no_more_is_named_by_its_code(world, duty, as_user):
    a_grid(world, since=TODAY, places_of={"G01": ("Y1", "Y2")}, shapes={"G01": box(0, 0, 2, 2)})
    page = as_user(world.member.user).get(reverse("my-cells"))
    assert page.status_code == 200 and "G00" in page.text
