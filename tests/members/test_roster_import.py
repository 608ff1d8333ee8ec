"""An import is all or nothing, set-based, and touches only what is in reach."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from linli.access.decide import SYSTEM
from linli.access.roles import Role
from linli.audit.models import Event
from linli.lib.clock import local_date
from linli.lib.errors import Refusal, Repeated
from linli.lib.progress import finished
from linli.members import services
from linli.members.models import Member, Membership, Post, RosterUpload
from linli.members.policy.export import write_roster
from linli.members.policy.kinds import Ending, Title
from linli.members.queries import roster
from linli.members.verify import invariants

from .policy.books import book

HEADER = ["党员编号", "姓名", "出生日期", "入党日期", "所在党组织", "管理类别", "职务"]
ROW = ["N1", "赵新一", date(1970, 1, 2), date(1999, 7, 1), "组织BY2", "社区直管", "书记"]


def checked(world, rows, scope="W", header=HEADER):
    day = local_date(world.now)
    return roster.check(book([header, *rows]), "a.xlsx", scope=scope and world.bodies[scope], day=day)


def imported(world, rows, scope="W", header=HEADER, **more):
    found = checked(world, rows, scope, header)
    return save(world, found, scope, **more)


def save(world, found, scope="W", **more):
    options = {"by": world.by, "now": world.now, "key": world.key()} | more
    return services.import_roster(found.read, found.difference, scope=scope and world.bodies[scope], **options)


def codes(found):
    return [(problem.cell, problem.code) for problem in found.read.problems]


def line(member, unit, **more):
    cells = {
        "党员编号": member.number, "姓名": member.name, "出生日期": member.born_on, "入党日期": member.joined_on,
        "所在党组织": f"组织{unit}", "管理类别": "社区直管", "职务": None,
    }  # fmt: skip
    return list((cells | more).values())


def exported(world, scope):
    found = roster.register(scope and world.bodies[scope], local_date(world.now))
    return write_roster(
        roster.in_tree_order(found), title="名册", organisations=found.unit_names, classes=found.classes
    )


def test_a_new_member_gets_unit_class_post_and_event(world):
    done = imported(world, [ROW])
    assert done == services.Imported(added=1)
    member = Member.objects.get(number="N1")
    assert (member.name_key, member.stage, member.member_class.code) == ("zhao xin yi zxy", "full", "direct")
    today = local_date(world.now)
    assert list(member.memberships.values_list("body__code", "valid_from", "valid_to")) == [("BY2", today, None)]
    assert list(member.posts.values_list("body__code", "title", "valid_from")) == [("BY2", "secretary", today)]
    events = Event.objects.filter(at=world.now, action__in=["roster.import", "member.enrol"]).order_by("-pk")[:2]
    assert [event.ref for event in events] == ["member:N1", "body:W"]
    assert events[1].data == {"added": 1, "changed": 0, "moved": 0, "unchanged": 0, "absent": 20}
    assert "赵新一" not in str([event.data for event in events])


def test_a_member_without_number_or_class_gets_them_and_is_known_again(world):
    header = ["姓名", "出生日期", "入党日期", "所在党组织"]
    rows = [["赵新一", date(1970, 1, 2), date(1999, 7, 1), "组织BY2"], ["赵新二", None, date(2025, 9, 1), "组织BY2"]]
    imported(world, rows, header=header)
    made = Member.objects.filter(number__startswith="M0").order_by("number")
    assert list(made.values_list("number", "stage", "member_class__code")) == [
        ("M000001", "full", "direct"),
        ("M000002", "probationary", "direct"),
    ]
    again = checked(world, rows[:1], header=header)
    assert again.difference.empty
    imported(world, [["赵新三", None, None, "组织BY2"]], header=header)
    assert Member.objects.filter(number="M000003").exists()


def test_a_move_ends_the_old_membership_and_begins_the_new_one(world):
    member = world.members["BY1"][1]
    post = services.appoint(
        member, body=world.bodies["BY1"], title=Title.PUBLICITY, by=world.by, now=world.now, key=world.key(),
        since=date(2024, 1, 1),
    )  # fmt: skip
    done = imported(world, [line(member, "BY2", 职务="宣传委员")])
    assert (done.changed, done.moved) == (1, 1)
    today = local_date(world.now)
    assert list(member.memberships.order_by("valid_from").values_list("body__code", "valid_from", "valid_to")) == [
        ("BY1", date(2020, 1, 1), today),
        ("BY2", today, None),
    ]
    post.refresh_from_db()
    assert post.valid_to == today
    assert list(Post.objects.on(today).filter(member=member).values_list("body__code", "valid_from")) == [
        ("BY2", today)
    ]
    back = imported(world, [line(member, "BY1", 职务="宣传委员")])
    assert back.moved == 1
    assert list(member.memberships.order_by("valid_from").values_list("body__code", "valid_to")) == [
        ("BY1", today),
        ("BY1", None),
    ]


def test_open_slips_of_who_moves_go_along(world):
    first, second = world.members["BY1"][:2]
    given = {"by": world.by, "now": world.now}
    slips = [services.issue(each, target=world.bodies["BY2"], **given, key=world.key()) for each in (first, second)]
    imported(world, [line(first, "BR1"), line(second, "BY2")])
    for slip in slips:
        slip.refresh_from_db()
    assert [(slip.source.code, slip.state) for slip in slips] == [("BR1", "issued"), ("BY1", "withdrawn")]
    assert slips[1].ended_on == local_date(world.now)
    assert all(not truth.find() for truth in invariants())


def test_posts_end_begin_and_take_another_date(world):
    member = world.members["BY1"][1]
    today = local_date(world.now)
    imported(world, [line(member, "BY1", 职务="书记、组织委员")])
    assert set(Post.objects.on(today).filter(member=member).values_list("title", flat=True)) == {
        "secretary",
        "organisation",
    }
    header = [*HEADER, "任职日期"]
    imported(world, [[*line(member, "BY1", 职务="书记"), date(2025, 5, 1)]], header=header)
    assert list(member.posts.values_list("title", "valid_from", "valid_to")) == [("secretary", date(2025, 5, 1), None)]
    imported(world, [line(member, "BY1", 职务="无")])
    assert list(member.posts.values_list("title", "valid_to")) == [("secretary", today)]


def test_a_post_that_begins_after_its_term_has_no_known_term(world):
    members, header = world.members["BY1"][1:3], [*HEADER, "任职日期"]
    for member, title in zip(members, (Title.SECRETARY, Title.DEPUTY), strict=True):
        services.appoint(
            member, body=world.bodies["BY1"], title=title, since=date(2022, 1, 1), term_until=date(2025, 1, 1),
            by=world.by, now=world.now, key=world.key(),
        )  # fmt: skip
    days = (date(2025, 1, 1), date(2024, 12, 31))
    rows = zip(members, ("书记", "副书记"), days, strict=True)
    imported(world, [[*line(member, "BY1", 职务=title), day] for member, title, day in rows], header=header)
    posts = Post.objects.order_by("title").values_list("title", "valid_from", "term_until")
    assert list(posts) == [("deputy", days[1], date(2025, 1, 1)), ("secretary", days[0], None)]


def test_a_post_lies_where_its_title_belongs(world):
    rows = [
        ["N1", "赵新一", None, date(1999, 7, 1), "组织BY1", "社区直管", "居委会主任"],
        ["N2", "赵新二", None, date(1999, 7, 1), "组织BY1", "社区直管", "党小组长、支部委员"],
        ["N3", "赵新三", None, date(1999, 7, 1), "组织W", "社区直管", "居委会委员"],
    ]
    imported(world, rows)
    posts = set(Post.objects.values_list("member__number", "title", "body__code"))
    assert posts == {
        ("N1", "director", "RC1"),
        ("N2", "group_leader", "BG1"),
        ("N2", "committee_member", "BY1"),
        ("N3", "committee", "W"),
    }
    refused = checked(world, [["N4", "赵新四", None, None, "组织BY1", None, "居委会主任"]], scope="BY1")
    assert ("G2", "roster.post_reach") in codes(refused)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["N1", "赵新一", None, date(1999, 7, 1), "组织BY2", None, None], ("E2", "roster.out_of_reach")),
        (["BR2-1", "王小一", None, date(1999, 7, 1), "组织BY1", None, None], ("A2", "roster.number_elsewhere")),
        (["BY1-1", "王小一", None, date(1999, 7, 1), "组织BR2", None, None], ("E2", "roster.out_of_reach")),
    ],
)
def test_what_is_out_of_reach_is_refused_at_its_cell(world, row, problem):
    before = list(Membership.objects.order_by("pk").values_list())
    found = checked(world, [row], scope="BY1")
    assert problem in codes(found)
    assert "组织BY1" in str(found.read.problems[-1])
    assert found.difference.empty
    with pytest.raises(Refusal) as refused:
        save(world, found, "BY1")
    assert refused.value.code == "roster.unsound"
    assert list(Membership.objects.order_by("pk").values_list()) == before
    assert problem not in codes(checked(world, [row], scope=None))


def test_a_class_that_nobody_can_work_out_is_asked_for(world):
    Member.objects.all().update(member_class=services.ensure_class(
        code="other", name="其他", duties="", scored=True, by=world.by, now=world.now, key=world.key()
    ))  # fmt: skip
    from linli.members.models import Classification, MemberClass

    Classification.objects.all().delete()
    MemberClass.objects.filter(code="direct").delete()
    assert ("F2", "roster.class_missing") in codes(checked(world, [[*ROW[:5], None, None]]))


def test_an_unedited_round_trip_changes_nothing(world):
    both = zip(world.members["BY1"], ("书记、支部委员", "支部委员"), strict=False)
    imported(world, [ROW, *(line(m, "BY1", 职务=posts) for m, posts in both)])
    for scope in (None, "W", "BY1"):
        data = exported(world, scope)
        found = roster.check(data, "a.xlsx", scope=scope and world.bodies[scope], day=local_date(world.now))
        assert {problem.code for problem in found.read.problems} <= {"roster.person_twice"}
        assert found.difference.empty
        assert found.difference.absent == ()
        assert found.difference.unchanged == len(found.register.rows) > 0


def test_who_has_left_stands_in_no_roster(world):
    services.depart(world.member, ending=Ending.DIED, on=local_date(world.now), by=SYSTEM, now=world.now, key="d1")
    data = exported(world, None)
    found = roster.check(data, "a.xlsx", scope=None, day=local_date(world.now))
    assert found.read.sound
    assert found.difference.empty
    assert world.member.number not in {row.number for row in found.register.rows}
    again = checked(world, [line(world.member, "BY1")], scope=None)
    assert [problem.message for problem in again.read.problems] == [roster.DEPARTED]


def test_members_of_other_units_are_not_even_read(world):
    sheet = openpyxl.load_workbook(io.BytesIO(exported(world, "BY1"))).active
    assert sheet.max_row == 2 + len(world.members["BY1"])


def test_a_post_of_one_holder_goes_to_one(world):
    first, second, third = world.members["BY1"][:3]
    both = [line(first, "BY1", 职务="书记"), line(second, "BY1", 职务="书记")]
    assert [code for _cell, code in codes(checked(world, both))] == ["roster.post_taken", "roster.post_taken"]
    imported(world, both[:1])
    assert [code for _cell, code in codes(checked(world, [line(third, "BY1", 职务="书记")]))] == ["roster.post_taken"]
    assert codes(checked(world, [line(first, "BY1", 职务="支部委员"), line(third, "BY1", 职务="书记")])) == []
    new = [["N8", "新来", date(1970, 1, 2), date(1999, 7, 1), "组织BY1", None, "书记"]]
    assert "roster.post_taken" in {code for _cell, code in codes(checked(world, new))}


def test_who_is_absent_is_listed_and_stays(world):
    found = checked(world, [line(world.members["BY1"][0], "BY1")], scope="BY1")
    assert {row.number for row in found.difference.absent} == {"BY1-2", "BY1-3", "BY1-4", "BY1-5"}
    save(world, found, "BY1")
    assert Member.objects.filter(number__startswith="BY1").count() == 5


def test_a_doubtful_person_must_be_confirmed(world):
    known = world.members["BY1"][0]
    row = line(known, "BY1", 党员编号="N9")
    with pytest.raises(Refusal) as refused:
        imported(world, [row])
    assert (refused.value.code, refused.value.field) == ("roster.doubtful", "others")
    assert imported(world, [row], others=True).added == 1


def test_a_difference_that_is_no_longer_true_is_not_saved(world):
    found = checked(world, [ROW])
    imported(world, [["N1", "钱新一", None, date(1999, 7, 1), "组织BY2", "社区直管", None]])
    with pytest.raises(Refusal) as refused:
        save(world, found)
    assert refused.value.code == "roster.changed_meanwhile"
    assert Member.objects.get(number="N1").name == "钱新一"


def test_the_same_key_saves_once(world):
    found, key = checked(world, [ROW]), world.key()
    save(world, found, key=key)
    with pytest.raises(Repeated):
        save(world, found, key=key)
    assert Member.objects.filter(name="赵新一").count() == 1


def test_the_queries_do_not_grow_with_the_rows(world):
    def queries(first, last):
        rows = [[f"N{n}", "赵新", None, date(1999, 7, 1), "组织BY2", None, "支部委员"] for n in range(first, last)]
        found = checked(world, rows)
        with CaptureQueriesContext(connection) as made:
            save(world, found)
        moved = checked(world, [[*row[:4], "组织BY1", None, None] for row in rows])
        with CaptureQueriesContext(connection) as changed:
            save(world, moved)
        return len(made), len(changed)

    assert queries(1, 2) == queries(100, 130)


def test_an_upload_is_kept_found_in_reach_imported_and_gone(world):
    actor = world.actor(Role.SECRETARY, "BR1")
    kept, found = services.keep_upload(
        book([HEADER, ROW]), name="名册.xlsx", scope=world.bodies["BR1"], by=actor, now=world.now, key=world.key()
    )
    for stranger in (world.actor(Role.SECRETARY, "BY1"), world.actor(Role.DEPUTY, "BR1")):
        with pytest.raises(Http404):
            roster.upload(stranger, kept.token)
    options = {"others": False, "by": actor, "now": world.now}
    with pytest.raises(Refusal):
        finished(services.import_upload(kept.token, shown="other", key=world.key(), **options))
    assert RosterUpload.objects.exists()
    key = world.key()
    assert finished(services.import_upload(kept.token, shown=found.difference.mark, key=key, **options)).added == 1
    assert not RosterUpload.objects.exists()
    with pytest.raises(Repeated):
        finished(services.import_upload(kept.token, shown=found.difference.mark, key=key, **options))
    with pytest.raises(Http404):
        finished(services.import_upload(kept.token, shown=found.difference.mark, key=world.key(), **options))


def test_what_cannot_be_read_is_not_kept(world):
    with pytest.raises(Refusal):
        services.keep_upload(b"x", name="a.xlsx", scope=world.bodies["W"], by=world.by, now=world.now, key=world.key())
    assert not RosterUpload.objects.exists()


def test_an_upload_is_forgotten_by_hand_and_after_a_day(world):
    actor = world.actor(Role.SECRETARY, "BR1")

    def keep(now):
        options = {"by": actor, "now": now, "key": world.key()}
        return services.keep_upload(book([HEADER, ROW]), name="a.xlsx", scope=world.bodies["BR1"], **options)[0]

    first, old = keep(world.now), keep(world.now - timedelta(days=1))
    services.forget_upload(first.token, by=actor, now=world.now, key=world.key())
    assert services.forget_old_uploads(by=world.by, now=world.now - timedelta(hours=1), key=world.key()) == 0
    assert RosterUpload.objects.get() == old
    assert services.forget_old_uploads(by=world.by, now=world.now, key=world.key()) == 1
