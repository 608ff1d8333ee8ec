"""Standings: entered between dates, ended, refused; and what is due of who lives elsewhere or stays away."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.lib.clock import CHINA
from linli.lib.errors import Refusal
from linli.members import queries, services
from linli.members.models import MemberStanding
from linli.members.policy.due import Occasion
from linli.members.policy.kinds import Standing
from linli.members.queries import life

DAY = date(2026, 3, 18)


def begin(world, since, until=None, *, kind=Standing.MOBILE, index=0, **more):
    member = world.members["BY1"][index]
    return services.begin_standing(
        member, kind=kind, since=since, until=until, by=world.by, now=world.now, key=world.key(), **more
    )


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as refusal:
        call(*args, **more)
    assert refusal.value.code == code
    return str(refusal.value)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 1, 1), None),
        (date(2025, 1, 1), date(2025, 6, 2)),
        (date(2025, 11, 30), date(2025, 12, 5)),
        (date(2025, 7, 1), date(2025, 7, 2)),
    ],
)
def test_the_same_standing_twice_is_refused_with_its_days(world, since, until):
    begin(world, date(2025, 6, 1), date(2025, 12, 1))
    begin(world, date(2025, 12, 31))
    words = refused("standing-overlap", begin, world, since, until)
    assert world.member.name in words
    assert "2025" in words


def test_touching_days_and_other_kinds_are_no_overlap(world):
    begin(world, date(2025, 6, 1), date(2025, 12, 1))
    begin(world, date(2025, 12, 1), date(2025, 12, 5))
    begin(world, date(2025, 6, 1), kind=Standing.EXCUSED)
    assert MemberStanding.objects.count() == 3


def test_impossible_days_are_refused(world):
    refused("standing-order", begin, world, DAY, DAY)
    refused("standing-joined", begin, world, date(2010, 6, 30))
    held = begin(world, date(2026, 1, 1), date(2026, 2, 1))
    write = {"by": world.by, "now": world.now}
    refused("standing-order", services.end_standing, held, on=date(2025, 12, 31), key=world.key(), **write)
    refused("standing-ended", services.end_standing, held, on=date(2026, 2, 1), key=world.key(), **write)
    tomorrow = DAY + timedelta(days=1)
    refused("contact-day", services.note_contact, world.member, on=tomorrow, words="", key=world.key(), **write)


def test_who_is_suspended_votes_again_from_the_day_of_the_end(world):
    held = begin(world, date(2026, 1, 1), kind=Standing.SUSPENDED)
    services.end_standing(held, on=DAY, by=world.by, now=world.now, key=world.key())

    def votes(day):
        due = queries.due_members(world.bodies["BY1"], day, Occasion.VOTE)
        return due.filter(pk=world.member.pk).exists()

    assert [votes(date(2025, 12, 31)), votes(date(2026, 1, 1)), votes(date(2026, 3, 17)), votes(DAY)] == [
        True, False, False, True,
    ]  # fmt: skip


def test_ended_on_its_first_day_it_never_held(world):
    services.end_standing(begin(world, DAY), on=DAY, by=world.by, now=world.now, key=world.key())
    assert not MemberStanding.objects.exists()


def due(world, body="BR1"):
    actor = world.actor(Role.SECRETARY, body)
    found = life.matters(actor, Permission.MEMBER_VIEW, DAY)
    return [(each.finding.rule.code, each.member.number if each.member else "") for each in found]


def test_what_is_due_names_the_rule_and_the_member(world):
    begin(world, date(2025, 1, 1), index=0, document="流1号", where="杭州")
    services.note_contact(
        world.members["BY1"][0], on=date(2026, 1, 5), words="电话", by=world.by, now=world.now, key=world.key()
    )
    begin(world, date(2025, 12, 1), index=1, where="杭州")
    begin(world, date(2026, 3, 1), index=2, where="杭州")
    begin(world, date(2024, 1, 1), index=3, kind=Standing.LOST)
    assert sorted(due(world)) == [("L1", "BY1-1"), ("L1", "BY1-2"), ("L4", ""), ("L5", "BY1-4")]
    assert due(world, "BR2") == []


def absent(world, *days, presences=(), due=True):
    from linli.activities.models import Activity, Attendance, Kind

    for place, day in enumerate(days):
        start = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
        held = Activity.objects.create(
            kind=Kind.objects.get(code="theme_day") if Kind.objects.filter(code="theme_day") else Kind.objects.first(),
            body=world.bodies["BY1"], title="主题党日", spot="活动室", starts_at=start,
            ends_at=start + timedelta(hours=1), state="confirmed", changed_at=start, recorded_by="a", confirmed_by="b",
        )  # fmt: skip
        presence = presences[place] if presences else "absent"
        Attendance.objects.create(activity=held, member=world.member, presence=presence, way="paper", due=due, at=start)


@pytest.mark.parametrize(
    ("presences", "codes"),
    [
        (("absent", "absent", "absent"), ["D6"]),
        (("present", "absent", "absent"), []),
        (("absent", "leave", "absent"), []),
        (("present", "present", "absent"), []),
    ],
)
def test_absence_since_last_seen_or_excused_is_what_counts(world, presences, codes):
    from linli.activities.queries import silent

    absent(world, date(2025, 12, 10), date(2026, 1, 10), date(2026, 2, 10), presences=presences)
    actor = world.actor(Role.SECRETARY, "BY1")
    found = silent(actor, Permission.MEMBER_VIEW, world.now)
    assert [each.finding.rule.code for each in found] == codes
    begin(world, date(2026, 3, 1), kind=Standing.EXCUSED)
    assert silent(actor, Permission.MEMBER_VIEW, world.now) == []


def test_absence_where_one_was_not_due_counts_for_nothing(world):
    from linli.activities.queries import silent

    absent(world, date(2025, 12, 10), date(2026, 1, 10), date(2026, 2, 10), due=False)
    assert silent(world.actor(Role.SECRETARY, "BY1"), Permission.MEMBER_VIEW, world.now) == []


def test_the_desk_counts_what_the_page_lists(world, as_user):
    begin(world, date(2025, 1, 1))
    absent(world, date(2025, 12, 10), date(2026, 1, 10))
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    page = client.get(reverse("members-due"))
    assert {row[2].code for row in page.context["rows"]} == {"L1", "L3"}
    assert page.text.count("提醒") == page.text.count("依据待核对") == len(page.context["rows"])
    assert not any(words in page.text for words in ("V-2nd", "L1", "应当：", "未核实", "条款未核对", "tag late"))
    counts = {line.address: line.count for line in client.get(reverse("desk")).context["due"]}
    assert counts[reverse("members-due")] == len(page.context["rows"]) == 2


def test_the_page_of_a_member_offers_changes_only_to_who_may_make_them(world, as_user):
    begin(world, date(2026, 1, 1), where="杭州")
    address = reverse("standing-begin", args=["BY1-1"])
    for role, offered in ((Role.SECRETARY, True), (Role.DEPUTY, False)):
        text = as_user(world.user(role, "BY1")).get(reverse("member", args=["BY1-1"])).text
        assert "杭州" in text
        assert (address in text) is offered


def test_nothing_is_chosen_for_the_secretary_and_who_lives_elsewhere_lives_somewhere(world, as_user):
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    key = {"key": world.key() + "-" * 8}
    for name, field in (("standing-begin", "kind"), ("post-new", "title")):
        address = reverse(name, args=["BY1-1"])
        asked = client.get(address).context["form"]
        assert '<option value="" selected>请选择</option>' in str(asked[field])
        answer = client.post(address, {"since": "2026-03-01", "body": "BY1"} | key)
        assert list(answer.context["form"].errors) == [field]
    nowhere = client.post(reverse("standing-begin", args=["BY1-1"]), {"kind": "mobile", "since": "2026-03-01"} | key)
    assert list(nowhere.context["form"].errors) == ["where"]
    assert not MemberStanding.objects.exists()
