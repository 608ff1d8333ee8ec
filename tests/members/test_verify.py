"""Each truth about members fails once it is broken."""

from datetime import timedelta

import pytest

from linli.lib.clock import local_date
from linli.members import services
from linli.members.models import Member, Membership, Post, RosterUpload
from linli.members.policy.kinds import Title
from linli.members.verify import invariants
from linli.organisations.models import Body
from tests.catalogue.members import uploaded


def broken():
    return {truth.code: found for truth in invariants() if (found := truth.find())}


def no_unit(world):
    Membership.objects.filter(member=world.member).update(valid_to=local_date(world.now))
    return {"members.one_unit": ["member:BY1-1"]}


def dead_body(world):
    post = {"title": Title.COMMITTEE, "by": world.by, "now": world.now, "key": world.key()}
    services.appoint(world.member, body=world.bodies["RC2"], **post)
    Body.objects.filter(code="RC2").update(valid_to=local_date(world.now))
    return {"members.living_bodies": ["member:BY1-1 body:RC2"]}


def no_key(world):
    Member.objects.filter(pk=world.member.pk).update(name_key="")
    return {"members.name_key": ["member:BY1-1"]}


def old_upload(world):
    uploaded(world)
    RosterUpload.objects.update(uploaded_at=world.now - timedelta(days=2))
    return {"members.uploads": ["body:BR1 2026-03-16"]}


@pytest.mark.parametrize("break_it", [no_unit, dead_body, no_key, old_upload])
def test_a_broken_truth_is_found(world, break_it):
    assert broken() == {}
    expected = break_it(world)
    assert expected == broken()


def test_nothing_is_broken_after_an_import(world):
    assert Post.objects.count() == 0
    uploaded(world)
    assert broken() == {}
