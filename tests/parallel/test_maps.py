"""Maps, workers of cells and notices under many hands: no half, no lost edit, and a history without gap or overlap."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from linli.grid import services as grid
from linli.grid.models import CellWorker, GridNotice
from linli.grid.policy.workers import WorkerKind
from linli.lib.errors import Refusal, Repeated
from linli.places import queries, services
from linli.places.models import Cell, Grid, GridProposal, GridStep
from linli.places.policy import editing
from linli.places.policy.steps import EditAction
from tests.grid.making import ITEMS, TODAY, a_grid, cell_of, posted_notice, worker
from tests.parallel.test_races import told, until_another_waits
from tests.places.making import proven

LISTED = {"G00": ("Y1",), "G01": ("Y2",)}
CODES = ("G00", "G01", "G10", "G11")


def writes(town: Any, key: str = "") -> dict[str, Any]:
    return {"by": town.by, "now": town.now, "key": key or town.key()}


def drafted(town: Any) -> GridProposal:
    """A copy of the grid of E1 under the pen."""
    return services.draft_grid(Grid.objects.get(valid_to=None), since=TODAY, **writes(town))


def renamed(town: Any, found: GridProposal, name: str, key: str, code: str = "G00") -> GridStep:
    """Name a cell of the map as it is at the moment."""
    pen = queries.pen(found)
    changes = editing.rename(pen.draft, code, new=code, name=name, places=pen.draft.get(code).places)
    return services.edit_map(found, changes, action=EditAction.RENAME, seen=pen.seen, **writes(town, key))


def until_done(work: Any) -> Any:
    """Do what a person does who is told that the map was changed meanwhile: look again and do it again."""
    while True:
        try:
            return work()
        except Refusal as refusal:
            assert refusal.code == "grid.edit_seen"


def contiguous() -> bool:
    """Whether each grid of a place ends when the next begins, the last one never, and each has all its cells."""
    rows = list(Grid.objects.order_by("place", "valid_from"))
    assert {grid.cells.count() for grid in rows} == {4}
    ends = all(one.place_id != two.place_id or one.valid_to == two.valid_from for one, two in pairwise(rows))
    return ends and rows[-1].valid_to is None


def test_of_eight_edits_of_what_was_seen_one_is_made(town):
    a_grid(town)
    found = drafted(town)
    changes = editing.rename(queries.pen(found).draft, "G00", new="G00", name="新名", places=("Y1",))
    results = town.eight(
        lambda number: services.edit_map(
            found, changes, action=EditAction.RENAME, seen=0, **writes(town, f"edit-{number}")
        )
    )
    assert told(results) == ["grid.edit_seen"] * 7
    assert [step.number for step in found.steps.all()] == [1]


def test_no_edit_of_eight_is_lost(town):
    a_grid(town)
    found = drafted(town)
    town.eight(
        lambda number: until_done(lambda: renamed(town, found, f"{number}号", f"edit-{number}", CODES[number % 4]))
    )
    steps = list(found.steps.all())
    assert [step.number for step in steps] == list(range(1, 9))
    names = {code: queries.pen(found).draft.get(code).name for code in CODES}
    assert all(names[code] in {f"{at}号", f"{at + 4}号"} for at, code in enumerate(CODES))


@pytest.mark.parametrize("round_", range(3))
def test_who_undoes_and_who_edits_do_not_cross(town, round_):
    a_grid(town)
    found = drafted(town)
    renamed(town, found, "第一次", "first")
    seen = queries.pen(found).seen
    changes = editing.rename(queries.pen(found).draft, "G01", new="G01", name="第二次", places=("Y2",))

    def one(number: int) -> Any:
        given = writes(town, f"turn-{number}")
        if number % 2:
            return services.undo_edit(found, seen=seen, **given)
        return services.edit_map(found, changes, action=EditAction.RENAME, seen=seen, **given)

    results = town.eight(one)
    assert told(results) == ["grid.edit_seen"] * 7
    done = next(each for each in results if not isinstance(each, Refusal))
    assert found.steps.count() == (2 if isinstance(done, GridStep) else 0)


def test_eight_undo_one_edit_with_one_key(town):
    a_grid(town)
    found = drafted(town)
    renamed(town, found, "第一次", "first")
    seen = queries.pen(found).seen
    results = town.eight(lambda _number: services.undo_edit(found, seen=seen, **writes(town, "the-same")))
    assert sum(isinstance(each, Repeated) for each in results) == 7
    assert not found.steps.exists()


def test_eight_save_one_map_and_it_is_saved_once(town):
    a_grid(town)
    found = drafted(town)
    results = town.eight(
        lambda number: services.adopt_proposal(found, since=TODAY, seen=0, **writes(town, f"save-{number}"))
    )
    assert told(results) == ["grid.adopted"] * 7
    assert Grid.objects.count() == 2
    assert contiguous()


def test_of_eight_copies_one_is_saved(town):
    a_grid(town)
    copies = [drafted(town) for _ in range(8)]
    results = town.eight(
        lambda number: services.adopt_proposal(
            copies[number], since=TODAY + timedelta(days=number), seen=0, **writes(town, f"save-{number}")
        )
    )
    assert told(results) == ["grid.overtaken"] * 7
    assert Grid.objects.count() == 2
    assert contiguous()


def test_eight_maps_of_one_place_from_eight_days_leave_no_gap(town):
    a_grid(town)
    results = town.eight(
        lambda number: services.import_grid(
            town.places["E1"],
            proven(places=LISTED),
            since=TODAY + timedelta(days=number),
            **writes(town, f"map-{number}"),
        )
    )
    assert set(told(results)) <= {"grid.since_early"}
    assert Grid.objects.count() == 9 - len(told(results))
    assert contiguous()


def test_eight_maps_of_one_place_from_today_are_one_grid(town):
    results = town.eight(
        lambda number: services.import_grid(town.places["E1"], proven(places=LISTED), **writes(town, f"map-{number}"))
    )
    assert told(results) == []
    assert (Grid.objects.count(), Cell.objects.count()) == (1, 4)


@pytest.mark.parametrize("round_", range(3))
def test_what_is_saved_is_what_was_seen_while_others_edit(town, round_):
    a_grid(town)
    found = drafted(town)
    results = town.at_once(
        lambda: services.adopt_proposal(found, since=TODAY, seen=0, **writes(town, "save")),
        *(lambda number=number: renamed(town, found, f"{number}号", f"edit-{number}") for number in range(7)),
    )
    saved = not isinstance(results[0], Refusal)
    assert Grid.objects.count() == 1 + saved
    if saved:
        assert Cell.objects.get(grid=results[0], code="G00").name == "G00"
        assert not GridStep.objects.exists()
    assert set(told(results)) <= {"grid.edit_seen", "grid.adopted"}
    assert contiguous()


def test_an_edit_that_is_made_and_undone_while_a_map_is_saved_is_not_in_it(town):
    """The map is worked out before the lock: here the edit is there then, and gone when the lock is taken."""
    a_grid(town)
    found = drafted(town)
    step = renamed(town, found, "不该有", "edit")
    key, held, over = "save", Event(), Event()

    def undo_meanwhile() -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
            held.set()
            until_another_waits(over)
            services.undo_edit(found, seen=step.pk, **writes(town, "undo"))

    def save() -> Any:
        assert held.wait(30)
        try:
            return services.adopt_proposal(found, since=TODAY, seen=0, **writes(town, key))
        finally:
            over.set()

    _undone, saved = town.at_once(undo_meanwhile, save)
    assert told([saved]) == ["grid.edit_seen"]
    assert Grid.objects.count() == 1
    assert not found.steps.exists()
    assert services.adopt_proposal(found, since=TODAY, seen=0, **writes(town)).cells.get(code="G00").name == "G00"


@pytest.mark.parametrize("round_", range(3))
def test_a_map_is_thrown_away_while_it_is_edited_and_saved(town, round_):
    a_grid(town)
    found = drafted(town)
    results = town.at_once(
        lambda: services.discard_proposal(found, **writes(town, "discard")),
        lambda: services.adopt_proposal(found, since=TODAY, seen=0, **writes(town, "save")),
        *(lambda number=number: renamed(town, found, f"{number}号", f"edit-{number}") for number in range(6)),
    )
    assert set(told(results)) <= {"grid.edit_seen", "grid.adopted", "grid.discarded"}
    discarded, saved = (not isinstance(each, Refusal) for each in results[:2])
    assert not (discarded and saved)
    assert GridProposal.objects.exists() is not discarded
    assert Grid.objects.count() == 1 + saved
    assert contiguous()


def test_eight_enter_one_worker_at_one_cell(town):
    a_grid(town)
    cell = cell_of()
    results = town.eight(
        lambda number: grid.appoint(
            cell, name="赵小六", kind=WorkerKind.STAFF, since=TODAY, **writes(town, f"worker-{number}")
        )
    )
    assert told(results) == ["worker-twice"] * 7
    assert CellWorker.objects.count() == 1


def test_eight_end_one_duty(town):
    a_grid(town)
    duty = worker(town)
    results = town.eight(
        lambda number: grid.end(duty, on=TODAY - timedelta(days=number), **writes(town, f"end-{number}"))
    )
    assert told(results) == ["worker-over"] * 7
    duty.refresh_from_db()
    assert TODAY - timedelta(days=7) <= duty.valid_to <= TODAY


def test_eight_publish_the_notice_of_one_place(town):
    posted_notice(town)
    results = town.eight(
        lambda number: grid.publish_notice(
            town.places["C1"], supervision=f"0731-8888000{number}", items=ITEMS, since=TODAY,
            **writes(town, f"notice-{number}"),
        )
    )  # fmt: skip
    assert told(results) == []
    earlier, lasting = GridNotice.objects.order_by("valid_from")
    assert (earlier.valid_to, lasting.valid_to) == (TODAY, None)


@pytest.mark.parametrize("round_", range(3))
def test_a_notice_is_taken_back_while_others_publish(town, round_):
    held = posted_notice(town)

    def one(number: int) -> Any:
        given = writes(town, f"notice-{number}")
        if number % 2:
            return grid.take_back_notice(held, reason="写错了", **given)
        return grid.publish_notice(town.places["C1"], supervision="0731-88880009", items=ITEMS, since=TODAY, **given)

    results = town.eight(one)
    assert set(told(results)) <= {"notice-over"}
    held.refresh_from_db()
    assert held.valid_to == TODAY
    assert [row.valid_from for row in GridNotice.objects.filter(valid_to=None)] == [TODAY]
