"""Telephone numbers: sealed at rest, masked on pages, shown for a reason that stands in the log."""

import importlib
import io
from datetime import timedelta
from urllib.parse import unquote

import openpyxl
import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection
from django.http import Http404
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import PERMISSIONS, Role
from linli.audit.models import Event
from linli.lib.errors import Refusal
from linli.lib.progress import finished
from linli.members import jobs, queries, services
from linli.members.models import Member, RosterUpload
from linli.members.policy.kinds import Purpose
from linli.members.policy.phones import ShowReason
from linli.members.queries import roster
from linli.project import checks
from linli.store.sealed import Unreadable
from tests.accounts.test_sealing import dump
from tests.catalogue.members import content, uploaded
from tests.members.test_pages import enrol

PHONE = "13812345678"


@pytest.fixture
def secretary(world, as_user):
    return as_user(world.user(Role.SECRETARY, "BR1"))


def raw(number="N1"):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM members_member WHERE number = %s", [number])
        return cursor.fetchone()[0]


def put(value, number="N1"):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_member SET phone = %s WHERE number = %s", [value, number])


def test_no_dump_of_the_database_holds_a_telephone(world, secretary):
    enrol(world, "N1", phone=PHONE)
    assert Member.objects.get(number="N1").phone == PHONE
    assert list(Member.objects.filter(number="N1").values_list("phone", flat=True)) == [PHONE]
    csv = "党员编号,姓名,入党日期,所在党组织,手机\nN1,赵新,2010-01-01,组织BY1,13987654321\n".encode()
    kept, _checked = services.keep_upload(
        csv, name="a.csv", scope=world.bodies["BR1"], by=world.by, now=world.now, key=world.key()
    )
    assert roster.content(kept) == csv
    services.show_phone(
        Member.objects.get(number="N1"), reason=ShowReason.CARE, by=world.by, now=world.now, key=world.key()
    )
    text = dump()
    assert "N1" in text, "the dump is a dump"
    assert PHONE not in text
    assert "13987654321" not in text
    finished(services.import_upload(
        kept.token, shown=roster.check(csv, "a.csv", scope=kept.body, day=world.now.date()).difference.mark,
        others=False, by=world.actor(Role.SECRETARY, "BR1"), now=world.now, key=world.key(),
    ))  # fmt: skip
    assert Member.objects.get(number="N1").phone == "13987654321"
    assert "13987654321" not in dump()


def test_a_roster_kept_from_before_is_read_and_one_under_a_lost_secret_is_gone(world, settings):
    token = uploaded(world)["token"]
    old, settings.SECRET_KEY = settings.SECRET_KEY, "the new one" * 6
    with pytest.raises(Http404):
        roster.content(RosterUpload.objects.get(token=token))
    settings.SECRET_KEY, before = old, content()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_rosterupload SET content = %s WHERE token = %s", [before, token])
    assert roster.content(RosterUpload.objects.get(token=token)) == before


def test_pages_show_the_number_masked_and_only_who_may_can_ask_for_it(world, secretary, as_user):
    enrol(world, "N1", phone=PHONE)
    page = secretary.get(reverse("member", args=["N1"]))
    ask = reverse("member-phone", args=["N1"])
    assert "138****5678" in page.text
    assert PHONE not in page.text
    assert ask in page.text
    deputy = as_user(world.user(Role.DEPUTY, "BR1"))
    page = deputy.get(reverse("member", args=["N1"]))
    assert "138****5678" in page.text
    assert ask not in page.text
    assert deputy.get(ask).status_code == 403


def test_a_look_has_a_reason_and_stands_in_the_log_without_the_number(world, secretary):
    enrol(world, "N1", phone=PHONE)
    ask = reverse("member-phone", args=["N1"])
    assert PHONE not in secretary.get(ask).text
    missing = secretary.post(ask, {"key": "0" * 16})
    assert (missing.status_code, PHONE in missing.text) == (422, False)
    for _twice in range(2):
        shown = secretary.post(ask, {"key": "1" * 16, "reason": "urgent"})
        assert PHONE in shown.text
        assert shown["Cache-Control"] == "no-store"
    event = Event.objects.get(action="member.show_phone")
    assert (event.ref, event.data) == ("member:N1", {"field": "phone", "reason": "urgent"})
    assert event.actor.startswith("user:")
    other = secretary.post(reverse("member-phone", args=["BY1-1"]), {"key": "1" * 16, "reason": "urgent"})
    assert other.status_code == 200
    assert "tel:" not in other.text
    none = secretary.post(reverse("member-phone", args=["BY1-1"]), {"key": "2" * 16, "reason": "urgent"})
    assert none.status_code == 422


def test_a_roster_has_numbers_only_when_that_was_entered_in_the_log(world, secretary, as_user):
    enrol(world, "N1", phone=PHONE)

    def cells(answer):
        return [cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active for cell in row]

    answer = secretary.get(reverse("members-export"))
    plain, named = cells(answer), answer.headers["Content-Disposition"]
    assert "手机" not in plain
    assert PHONE not in plain
    given = {"organisation": "BR1", "key": "3" * 16}
    answer = secretary.post(reverse("members-export-phones"), given)
    assert PHONE in cells(answer)
    assert "（含电话）.xlsx" in unquote(answer.headers["Content-Disposition"])
    assert "含电话" in cells(answer)[0]
    assert "含电话" not in f"{unquote(named)}{plain[0]}"
    event = Event.objects.get(action="roster.export_phones")
    assert (event.ref, event.data) == ("body:BR1", {"field": "phone", "count": 1})
    assert secretary.post(reverse("members-export-phones"), given | {"organisation": "BR2"}).status_code == 302
    assert secretary.post(reverse("members-export-phones"), {"organisation": "BR1"}).status_code == 302
    assert reverse("members-export-phones") in secretary.get(reverse("members")).text
    deputy = as_user(world.user(Role.DEPUTY, "BR1"))
    assert deputy.post(reverse("members-export-phones"), given).status_code == 403


def test_the_key_of_another_write_opens_no_number_without_its_own_line_in_the_log(world, secretary):
    enrol(world, "N1", phone=PHONE)
    member = Member.objects.get(number="N1")
    services.set_consent(member, purpose=Purpose.NAME_WALL, given=True, by=world.by, now=world.now, key="4" * 16)
    assert PHONE in secretary.post(reverse("member-phone", args=["N1"]), {"key": "4" * 16, "reason": "urgent"}).text
    assert Event.objects.filter(action="member.show_phone").count() == 1
    export = reverse("members-export-phones")
    assert secretary.post(export, {"organisation": "BY1", "key": "5" * 16}).status_code == 200
    assert secretary.post(export, {"organisation": "BR1", "key": "5" * 16}).status_code == 302
    assert Event.objects.filter(action="roster.export_phones").count() == 1


def test_an_export_without_numbers_read_again_leaves_the_numbers_alone(world, secretary):
    enrol(world, "N1", phone=PHONE)
    data = secretary.get(reverse("members-export")).content
    checked = roster.check(data, "a.xlsx", scope=world.bodies["BR1"], day=world.now.date())
    assert checked.read.sound
    assert checked.difference.empty


def test_what_stood_in_clear_is_sealed_by_the_migration(world):
    enrol(world, "N1", phone=PHONE)
    enrol(world, "N2", phone="010-62345678")
    put(PHONE)
    sealed = raw("N2")
    migration = importlib.import_module("linli.members.migrations.0016_sealed_phones")
    migration.seal_what_is_there(apps, None)
    assert PHONE not in raw()
    assert raw("N2") == sealed
    assert Member.objects.get(number="N1").phone == PHONE


def test_after_a_new_secret_the_numbers_open_and_move_over(world, settings):
    enrol(world, "N1", phone=PHONE)
    assert jobs.reseal(world.now) == 0
    old, before = settings.SECRET_KEY, raw()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one" * 6, [old]
    assert Member.objects.get(number="N1").phone == PHONE
    assert jobs.reseal(world.now) == 1
    assert jobs.reseal(world.now + timedelta(minutes=1)) == 0
    settings.SECRET_KEY_FALLBACKS = []
    assert (Member.objects.get(number="N1").phone, raw() == before) == (PHONE, False)


def test_without_the_old_secret_a_number_is_not_lost_and_check_says_so(world, settings):
    member = enrol(world, "N1", phone=PHONE)
    sealed, old = raw(), settings.SECRET_KEY
    settings.SECRET_KEY = "the new one" * 6
    found = Member.objects.get(pk=member.pk)
    assert (found.phone, type(found.phone)) == ("", Unreadable)
    with pytest.raises(Refusal):
        services.show_phone(found, reason=ShowReason.CARE, by=world.by, now=world.now, key=world.key())
    found.save()
    assert raw() == sealed
    assert queries.unreadable_phones() == 1
    assert jobs.reseal(world.now) == 0
    assert [each.words for each in checks.findings() if "LINLI_SECRET_KEY_FALLBACKS" in each.words]
    settings.SECRET_KEY = old
    assert Member.objects.get(pk=member.pk).phone == PHONE


def test_a_sealed_field_is_not_searched_and_the_empty_text_stays_empty(world):
    with pytest.raises(FieldError):
        Member.objects.filter(phone=PHONE)
    assert Member.objects.filter(phone__isnull=True).count() == 0
    assert raw("BY1-1") == ""
    Member.objects.filter(number="BY1-1").update(phone=PHONE)
    assert raw("BY1-1") != PHONE


def test_whoever_sees_numbers_sees_members():
    holders = [role for role in Role if Permission.PHONE_SHOW in PERMISSIONS[role]]
    assert holders == [Role.SECRETARY, Role.COMMUNITY_STAFF, Role.SUBDISTRICT_STAFF]
    assert all(Permission.MEMBER_EDIT in PERMISSIONS[role] for role in holders)
