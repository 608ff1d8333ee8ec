"""Workers of cells: by place and code over every map, more than one, vacancies, what is posted; and the guards."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from linli.access.catalogue import Permission
from linli.access.roles import Role
from linli.audit.models import Event
from linli.grid import jobs, queries, services, verify
from linli.grid.models import CellWorker, GridNotice
from linli.grid.policy.workers import PhoneUse, WorkerKind
from linli.grid.queries import phones
from linli.lib.errors import Refusal, Repeated
from linli.lib.sealing import MARK
from linli.members import services as members
from linli.members.policy.kinds import Ending
from tests.grid.making import ITEMS, LAST_MONTH, TODAY, a_grid, cell_of, posted_notice, worker
from tests.places.making import squares

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def writes(world):
    return {"by": world.by, "now": world.now, "key": world.key()}


@pytest.fixture
def staff(world):
    return world.actor(Role.COMMUNITY_STAFF, "G1")


def who(day=TODAY, code="G00"):
    cell = cell_of(code=code, day=day)
    return [one.called for one in queries.held([cell], day)[cell.grid.place_id, code]]


def lines(actor, day=TODAY):
    return {line.cell.code: line for line in queries.cells(actor, Permission.MEMBER_VIEW, day)}


def codes(line):
    return [finding.rule.code for finding in line.findings if finding.rule.code[:2] in {"G5", "G6", "G8"}]


def test_a_cell_has_several_workers_and_keeps_its_history(world):
    a_grid(world)
    first = worker(world)
    worker(world, name="钱小七", since=TODAY)
    services.end(first, on=TODAY, **writes(world))
    assert (who(YESTERDAY), who(TODAY)) == (["赵小六"], ["钱小七"])
    assert CellWorker.objects.get(name="赵小六").ended == "by_hand"


def test_a_duty_goes_on_over_a_new_map_and_ends_where_its_code_goes(world):
    a_grid(world)
    worker(world)
    worker(world, cell_of(code="G11"), name="钱小七")
    fewer = squares()
    fewer["G10"] = fewer["G10"].union(fewer.pop("G11"))
    a_grid(world, since=YESTERDAY, shapes=fewer)
    assert who() == ["赵小六"]
    assert [one.code for one in verify.invariants() if one.find()] == []
    assert jobs.end_over(world.now) == 1
    assert jobs.end_over(world.now) == 0
    gone = CellWorker.objects.get(name="钱小七")
    assert (gone.valid_to, gone.ended) == (YESTERDAY, "cell_gone")
    assert who(YESTERDAY - timedelta(days=1), "G11") == ["钱小七"], "history before the new map stays"


def test_who_has_died_is_posted_no_more(world):
    a_grid(world)
    worker(world, member=world.members["BY1"][1], phone="13800000001", phone_use=PhoneUse.AGREED)
    members.depart(world.members["BY1"][1], ending=Ending.DIED, on=YESTERDAY, **writes(world))
    assert jobs.end_over(world.now) == 1
    row = CellWorker.objects.get()
    assert (row.valid_to, row.ended, row.phone, who()) == (YESTERDAY, "died", "", [])


def test_verify_names_a_duty_at_a_cell_that_never_was(world):
    a_grid(world)
    CellWorker.objects.create(place=world.places["E1"], cell_code="XX", name="甲", kind="staff", valid_from=LAST_MONTH)
    assert [one.code for one in verify.invariants() if one.find()] == ["grid.cells"]
    assert jobs.end_over(world.now) == 1
    assert not CellWorker.objects.exists(), "it never held"


def test_the_vacant_cells_and_what_is_not_posted_are_findings(world, staff):
    a_grid(world)
    worker(world)
    found = lines(staff)
    assert {code: codes(line) for code, line in found.items()} == {
        "G00": ["G5", "G8"],
        "G01": ["G6", "G5", "G8"],
        "G10": ["G6", "G5", "G6-party", "G8"],
        "G11": ["G6", "G5", "G6-party", "G8"],
    }
    assert queries.vacant(staff, Permission.GRID_STAFF, TODAY) == 3
    posted_notice(world)
    services.change(
        CellWorker.objects.get(), kind=WorkerKind.STAFF, full_name=True, phone="0731-8888001",
        phone_use=PhoneUse.WORK, **writes(world),
    )  # fmt: skip
    assert codes(lines(staff)["G00"]) == []
    assert codes(lines(staff)["G01"]) == ["G6"]


def test_a_member_who_works_there_is_somebody_who_answers(world, staff):
    a_grid(world)
    worker(world, cell_of(code="G11"), member=world.member, kind=WorkerKind.MEMBER)
    assert "G6-party" not in codes(lines(staff)["G11"])


def test_a_cell_that_a_finer_grid_divides_wants_no_worker(world, staff):
    a_grid(world)
    a_grid(world, place="C1", shapes={"C1-WG": squares()["G00"]}, places_of={"C1-WG": ("E1",)})
    assert "C1-WG" not in lines(staff)


def test_lists_take_the_same_queries_however_many_workers(world, staff, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    a_grid(world)
    worker(world)
    with CaptureQueriesContext(connection) as few:
        lines(staff)
    for number in range(10):
        worker(world, cell_of(code="G01"), name=f"工{number}")
    with CaptureQueriesContext(connection) as many:
        lines(staff)
    assert len(few) == len(many)


def test_the_telephone_is_sealed_and_goes_with_the_duty(world):
    a_grid(world)
    made = worker(world, phone="13800000001", phone_use=PhoneUse.AGREED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM grid_cellworker")
        assert cursor.fetchone()[0].startswith(MARK)
    services.end(made, on=TODAY, **writes(world))
    row = CellWorker.objects.get()
    assert (row.phone, row.phone_use, row.name) == ("", "", "赵小六")


def test_who_reads_what(world):
    a_grid(world)
    rows = [
        worker(world, name="赵小六"),
        worker(world, name="钱小七", full_name=True, phone="0731-8888001", phone_use=PhoneUse.WORK),
        worker(world, name="孙小八", phone="0731-8888002", phone_use=PhoneUse.INSIDE),
        worker(world, name="周小九", phone="13800000001", phone_use=PhoneUse.AGREED),
    ]
    assert [(row.shown_name, row.shown_phone) for row in rows] == [
        ("赵某某", ""), ("钱小七", "0731-8888001"), ("孙某某", ""), ("周某某", "13800000001"),
    ]  # fmt: skip


def test_a_member_is_called_as_the_register_says(world):
    a_grid(world)
    made = worker(world, member=world.member, name="")
    assert (made.name, made.called) == ("王小一", "王小一")
    made.member.name = "王大一"
    assert made.called == "王大一"


def test_after_a_change_of_secret_the_telephones_are_sealed_anew(world, settings):
    a_grid(world)
    worker(world, phone="13800000001", phone_use=PhoneUse.AGREED)
    assert jobs.reseal(world.now) == 0
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret of the house" * 2
    assert phones.unreadable() == 0
    assert jobs.reseal(world.now) == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert CellWorker.objects.get().phone == "13800000001"
    settings.SECRET_KEY = "a third secret of the house, without the second" * 2
    assert (phones.unreadable(), phones.stale()) == (1, [])


def again(world):
    given = {"name": "赵小六", "kind": WorkerKind.STAFF, "since": TODAY, **writes(world)}
    services.appoint(cell_of(), **given)
    services.appoint(cell_of(), **given)


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("worker-ahead", lambda w: worker(w, since=TOMORROW)),
        ("worker-twice", lambda w: (worker(w), worker(w, since=TODAY))),
        ("worker-twice", lambda w: (worker(w, member=w.member), worker(w, member=w.member, since=TODAY))),
        ("worker-twice", lambda w: (worker(w, name="王小一"), worker(w, member=w.member, since=TODAY))),
        ("worker-whose", lambda w: worker(w, phone="13800000001")),
        ("worker-number", lambda w: worker(w, phone_use=PhoneUse.WORK)),
        ("worker-ahead", lambda w: services.end(worker(w), on=TOMORROW, **writes(w))),
        ("worker-early", lambda w: services.end(worker(w), on=LAST_MONTH - timedelta(days=1), **writes(w))),
        ("worker-over", lambda w: [services.end(m, on=TODAY, **writes(w)) for m in [worker(w)] * 2]),
        ("notice-early", lambda w: (posted_notice(w), posted_notice(w, since=LAST_MONTH - timedelta(days=1)))),
        ("worker-ahead", lambda w: posted_notice(w, since=TOMORROW)),
    ],
)
def test_refusals_save_nothing(world, code, act):
    a_grid(world)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        act(world)
    assert refused.value.code == code


def test_a_request_sent_twice_has_one_effect(world):
    a_grid(world)
    with pytest.raises(Repeated):
        again(world)
    assert CellWorker.objects.count() == 1


def test_a_duty_ended_on_its_first_day_is_taken_back(world):
    a_grid(world)
    services.end(worker(world, since=TODAY), on=TODAY, **writes(world))
    assert not CellWorker.objects.exists()


def test_the_database_refuses_one_person_twice_and_two_notices_at_once(world):
    a_grid(world)
    worker(world)
    posted_notice(world)
    again_ = {"place": world.places["E1"], "cell_code": "G00", "name": "赵小六", "kind": "staff", "valid_from": TODAY}
    for attempt in (
        lambda: CellWorker.objects.create(**again_),
        lambda: GridNotice.objects.create(place=world.places["C1"], supervision="1", valid_from=TODAY),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_notice_holds_for_what_is_below_until_the_next(world):
    posted_notice(world)
    posted_notice(world, "E1", supervision="0731-77770000", items=ITEMS[:1])
    posted_notice(world, since=TODAY, supervision="12345")
    posted_notice(world, since=TODAY, supervision="0731-12345")
    found = {code: queries.notice(world.places[code], TODAY).supervision for code in ("C1", "E1", "Y1")}
    assert found == {"C1": "0731-12345", "E1": "0731-77770000", "Y1": "0731-77770000"}
    assert queries.notice(world.places["C1"], YESTERDAY).supervision == "0731-88880000"
    assert queries.notice(world.places["C1"], date(2020, 1, 1)) is None
    assert queries.notice(world.places["E1"], TODAY).listed == ITEMS[:1]
    assert GridNotice.objects.filter(place__code="C1").count() == 2


def test_the_log_names_no_person(world):
    a_grid(world)
    made = worker(world, phone="13800000001", phone_use=PhoneUse.AGREED)
    services.end(made, on=TODAY, **writes(world))
    said = "".join(f"{event.ref}{event.data}" for event in Event.objects.filter(action__startswith="worker."))
    assert "赵" not in said and "138" not in said
