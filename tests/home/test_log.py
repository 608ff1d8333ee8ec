"""The log of what was done: whose it is, what it is narrowed by, and a word for every action."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import gettext

import linli
from linli.access.roles import Role
from linli.audit import queries
from linli.audit.models import Event
from linli.audit.policy.actions import ACTIONS
from linli.demo.services.loading import LOADED
from linli.members import services
from linli.members.models import Member
from linli.members.policy.phones import ShowReason


def shown(world, by, reason=ShowReason.CARE):
    Member.objects.filter(pk=world.member.pk).update(phone="13800000001")
    services.show_phone(Member.objects.get(pk=world.member.pk), reason=reason, by=by, now=world.now, key=world.key())


def test_the_auditor_reads_who_looked_at_a_telephone_and_why(world, as_user):
    looked = world.user(Role.SECRETARY, "BY1")
    shown(world, world.actor_of(looked))
    page = as_user(world.user(Role.AUDITOR)).get(reverse("log"), {"about": "BY1-1"}).content.decode()
    for words in ("查看了党员电话号码", "member:BY1-1", str(looked), "care"):
        assert words in page


def test_who_may_read_it_below_the_top_gets_nothing_of_it(world, as_user):
    shown(world, world.by)
    page = as_user(world.user(Role.AUDITOR, "G1")).get(reverse("log")).content.decode()
    assert "只对授予在最上级组织的角色开放" in page
    assert "member:BY1-1" not in page


def test_it_is_narrowed_by_thing_action_and_day(world):
    shown(world, world.by)
    day = date(2026, 3, 18)
    found = {
        "about": queries.events(about="BY1-1", action="member.show_phone"),
        "ref": queries.events(about="member:BY1-1", action="member.show_phone"),
        "day": queries.events(since=day, until=day, action="member.show_phone"),
    }
    for each in found.values():
        assert each.get().data["reason"] == "care"
    assert not queries.events(until=day - timedelta(days=1), action="member.show_phone").exists()
    assert not queries.events(since=day + timedelta(days=1)).exists()
    assert not queries.events(about="Y1-1", action="member.show_phone").exists()


@pytest.mark.parametrize("asked", [{"since": "x"}, {"action": "nothing"}, {"about": "\0"}, {"since": "0001-01-01"}])
def test_what_cannot_be_read_narrows_nothing(world, as_user, asked):
    shown(world, world.by)
    answer = as_user(world.user(Role.AUDITOR)).get(reverse("log"), asked)
    assert answer.status_code == 200
    assert "member:BY1-1" in answer.content.decode()


def written():
    """Every action that a service of the house writes."""
    for file in Path(linli.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            name = getattr(getattr(node, "func", None), "id", getattr(getattr(node, "func", None), "attr", ""))
            if name in {"writing", "also"} and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_action_has_a_word(world):
    actions = {*written(), LOADED}
    assert len(actions) > 100
    assert actions - ACTIONS.keys() == set()
    assert ACTIONS.keys() - actions == set(), "gone, or written by another way"


def test_the_words_are_of_the_language(world):
    assert gettext(ACTIONS["member.show_phone"]) == "查看了党员电话号码"
    assert Event.objects.count()
