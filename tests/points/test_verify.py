"""Raw SQL with the triggers gone: what `linli verify` finds, and what only a printed checkpoint finds."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import connection

from linli.audit import verify as audit_verify
from linli.audit.models import Checkpoint
from linli.lib.errors import Refusal
from linli.lib.merkle import canonical, leaf_hash, root, short_code
from linli.lib.month import Month
from linli.points import queries, verify
from linli.points.models import Bulletin, Entry
from tests.points import deeds, months


@pytest.fixture
def sealed(world):
    """Two published months of two branches, 12 lines."""
    for month in (1, 2):
        for code in ("BY1", "BY2"):
            deeds.award(world, *world.members[code][:3], deed_on=date(2026, month, 9), indicator="LIFE-ZT")
            months.published(world, code, Month(2026, month))
    assert broken() == {}
    return world


def broken(*witness: str) -> dict[str, list[str]]:
    truths = [*audit_verify.invariants(), *verify.invariants()]
    if witness:
        truths.append(audit_verify.witnessed(list(witness)))
    return {truth.code: lines for truth in truths if (lines := truth.find())}


def run(statement: str, *values: object) -> None:
    """Run SQL as one who owns the database: all guards off."""
    tables = ("points_entry", "points_bulletin", "audit_leaf", "audit_node", "audit_checkpoint")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)


EDITS = {
    "tenths": "tenths + 10",
    "deed_on": "'2026-01-05'",
    "source": "'activity:forged'",
    "recorder": "'user:77'",
    "confirmer": "'user:78'",
    "reason": "'forged'",
    "booked_at": "'2026-01-31 10:00:00+00:00'",
}


@pytest.mark.parametrize("column", EDITS)
def test_an_edited_line_is_found_and_named(sealed, column):
    entry = Entry.objects.order_by("pk")[4]
    run(f"UPDATE points_entry SET {column} = {EDITS[column]} WHERE id = %s", entry.pk)
    assert any(entry.ref in line for line in broken()["points.sealed"])


@pytest.mark.parametrize(
    ("column", "value"), [("member_id", "BR2"), ("indicator_id", "VOL"), ("body_id", "BR2"), ("month", "2026-03-01")]
)
def test_a_line_given_to_another_is_found(sealed, column, value):
    entry = Entry.objects.order_by("pk")[4]
    other = {
        "member_id": lambda: sealed.members["BR2"][0].pk,
        "indicator_id": lambda: entry.indicator.sheet.indicators.get(code="VOL").pk,
        "body_id": lambda: sealed.bodies["BR2"].pk,
        "month": lambda: value,
    }[column]()
    run(f"UPDATE points_entry SET {column} = %s WHERE id = %s", other, entry.pk)
    assert any(entry.ref in line for line in broken()["points.sealed"])


def test_a_deleted_line_is_found_and_named(sealed):
    entry = Entry.objects.order_by("pk")[4]
    ref = entry.ref
    run("DELETE FROM points_entry WHERE id = %s", entry.pk)
    found = broken()
    assert any(ref in line for line in found["points.sealed"])
    assert found["points.frozen"]


def test_an_inserted_line_is_found_and_named(sealed):
    entry = Entry.objects.order_by("pk")[4]
    columns = "member_id, indicator_id, body_id, tenths, deed_on, month, recorder, confirmer, reason, booked_at"
    run(
        f"INSERT INTO points_entry ({columns}, source) SELECT {columns}, 'activity:forged' FROM points_entry WHERE id = %s",
        entry.pk,
    )
    forged = Entry.objects.latest("pk")
    found = broken()
    assert any(forged.ref in line for line in found["points.sealed"])
    assert found["points.frozen"]


def test_two_swapped_lines_are_found_and_named(sealed):
    first, second = Entry.objects.order_by("pk")[3:5]
    run(
        "UPDATE points_entry SET member_id = CASE id WHEN %s THEN %s ELSE %s END, source = source || id WHERE id IN (%s, %s)",
        first.pk, second.member_id, first.member_id, first.pk, second.pk,
    )  # fmt: skip
    assert all(any(one.ref in line for line in broken()["points.sealed"]) for one in (first, second))


def test_swapped_places_in_the_log_are_found(sealed):
    first, second = Entry.objects.order_by("pk")[3:5]
    run("UPDATE audit_leaf SET ref = CASE ref WHEN %s THEN 'x' ELSE ref END WHERE ref = %s", first.ref, first.ref)
    run("UPDATE audit_leaf SET ref = %s WHERE ref = %s", first.ref, second.ref)
    run("UPDATE audit_leaf SET ref = %s WHERE ref = 'x'", second.ref)
    assert len(broken()["points.sealed"]) == 2


@pytest.mark.parametrize("change", ["total", "lines", "member"])
def test_an_edited_bulletin_is_found_and_named(sealed, change):
    bulletin = Bulletin.objects.order_by("pk")[1]
    rows = json.loads(json.dumps(bulletin.frozen))
    if change == "total":
        rows[0]["total"] += 10
    elif change == "lines":
        rows[0]["lines"] = []
    else:
        rows[0]["member"], rows[1]["member"] = rows[1]["member"], rows[0]["member"]
    run("UPDATE points_bulletin SET frozen = %s WHERE id = %s", json.dumps(rows), bulletin.pk)
    found = broken()
    assert any(bulletin.ref in line for line in found["points.sealed"])
    assert found["points.frozen"]


def test_a_bulletin_that_is_gone_is_found(sealed):
    ref = Bulletin.objects.order_by("pk")[1].ref
    run("DELETE FROM points_bulletin WHERE id = %s", int(ref.split(":")[1]))
    assert any(ref in line for line in broken()["points.sealed"])


def test_a_bulletin_taken_back_to_draft_is_found(sealed):
    bulletin = Bulletin.objects.order_by("pk")[1]
    run("UPDATE points_bulletin SET state = 'draft' WHERE id = %s", bulletin.pk)
    assert any(bulletin.ref in line for line in broken()["points.sealed"])


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ('DELETE FROM audit_leaf WHERE "index" = 5', "audit.tree"),
        ('DELETE FROM audit_node WHERE level = 0 AND "index" = 5', "audit.tree"),
        ('DELETE FROM audit_node WHERE level = 1 AND "index" = 1', "audit.tree"),
        ('INSERT INTO audit_node (level, "index", hash) SELECT 1, 99, hash FROM audit_node WHERE level = 1 AND "index" = 0', "audit.tree"),
        ('UPDATE audit_node SET hash = (SELECT hash FROM audit_node WHERE level = 0 AND "index" = 2) WHERE level = 2 AND "index" = 1', "audit.tree"),
        ("UPDATE audit_checkpoint SET root = REPLACE(root, SUBSTR(root, 1, 8), '00000000')", "audit.checkpoints"),
        ("UPDATE audit_checkpoint SET size = size + 100", "audit.checkpoints"),
    ],
)  # fmt: skip
def test_a_log_that_was_touched_is_found(sealed, statement, code):
    run(statement)
    assert code in broken()


def rewrite(keep: int, refs: list[str]) -> None:
    """Rebuild the log from the rows as they stand, as a forger with the whole database would."""
    rows = {entry.ref: queries.entry_content(entry) for entry in queries.entries()}
    rows |= {bulletin.ref: queries.bulletin_content(bulletin) for bulletin in queries.published()}
    hashes = [leaf_hash(canonical(rows[ref])) for ref in refs]
    from linli.lib.merkle import extend

    for table in ("audit_node", "audit_leaf"):
        run(f"DELETE FROM {table}")
    nodes: dict[tuple[int, int], bytes] = {}
    for level, index, digest in extend(0, hashes, lambda level, index: nodes[level, index]):
        nodes[level, index] = digest
        run('INSERT INTO audit_node (level, "index", hash) VALUES (%s, %s, %s)', level, index, digest)
    for index, ref in enumerate(refs):
        run('INSERT INTO audit_leaf ("index", ref) VALUES (%s, %s)', index, ref)
    run("DELETE FROM audit_checkpoint WHERE size > %s", keep)
    for point in Checkpoint.objects.all():
        run("UPDATE audit_checkpoint SET root = %s WHERE id = %s", root(hashes[: point.size]).hex(), point.pk)


def printed(bulletin: Bulletin) -> tuple[str, str]:
    """The checkpoint as on paper, in full and as the short code."""
    point = queries.checkpoint_of(bulletin)
    assert point
    return f"{point.size}:{point.root}", f"{point.size}:{point.code}"


def test_a_tail_cut_off_is_found_by_a_printed_checkpoint(sealed):
    last = Bulletin.objects.latest("pk")
    papers = printed(last)
    assert broken(*papers) == {}
    keep = Bulletin.objects.order_by("-pk")[1].checkpoint_size
    refs = list(queries_refs())[:keep]
    pks = queries.entries_of(last.frozen)
    run("DELETE FROM points_bulletin WHERE id = %s", last.pk)
    for pk in pks:
        run("DELETE FROM points_entry WHERE id = %s", pk)
    rewrite(keep, refs)
    assert broken() == {}, "nothing inside the database shows it"
    for paper in papers:
        assert list(broken(paper)) == ["audit.witness"]


def test_a_rebuilt_log_is_found_by_a_printed_checkpoint(sealed):
    first = Bulletin.objects.order_by("pk")[0]
    papers = printed(first)
    refs = list(queries_refs())
    entry = Entry.objects.order_by("pk")[0]
    run("UPDATE points_entry SET source = 'activity:forged' WHERE id = %s", entry.pk)
    for bulletin in Bulletin.objects.all():
        rows = json.loads(json.dumps(bulletin.frozen).replace(json.dumps(entry.source), '"activity:forged"'))
        rows = [
            {
                **row,
                "lines": [
                    {**ln, "source": "activity:forged"} if ln["entry"] == entry.pk else ln for ln in row["lines"]
                ],
            }
            for row in bulletin.frozen
        ]
        run("UPDATE points_bulletin SET frozen = %s WHERE id = %s", json.dumps(rows), bulletin.pk)
    rewrite(len(refs), refs)
    assert broken() == {}, "nothing inside the database shows it"
    for paper in papers:
        assert list(broken(paper)) == ["audit.witness"]


def queries_refs():
    from linli.audit.models import Leaf

    return Leaf.objects.order_by("index").values_list("ref", flat=True)


@pytest.mark.parametrize("text", ["", "12", "12:xyz", "a:" + "0" * 64, "-1:" + "0" * 64])
def test_a_witness_that_cannot_be_read_is_refused(text):
    with pytest.raises(Refusal) as refused:
        audit_verify.witnessed([text])
    assert refused.value.code == "witness"
    assert text in str(refused.value)


def test_the_short_code_is_read_without_hyphens_and_in_small_letters(sealed):
    point = Checkpoint.objects.latest("size")
    code = short_code(bytes.fromhex(point.root))
    assert broken(f"{point.size}:{code.replace('-', '').lower()}") == {}


def test_a_line_after_closing_is_found(world):
    entry = deeds.entry(world)
    months.drafted(world, now=world.now + timedelta(days=1))
    assert broken() == {}
    when = world.now + timedelta(days=2)
    run(
        "UPDATE points_entry SET booked_at = %s WHERE id = %s",
        when if connection.vendor != "sqlite" else str(when.replace(tzinfo=None)),
        entry.pk,
    )
    assert broken()["points.closed"] == [entry.ref]


def test_one_who_earns_by_the_own_confirmation_is_found(world):
    entry = deeds.entry(world)
    run("UPDATE points_entry SET confirmer = %s WHERE id = %s", f"user:{world.member.user_id}", entry.pk)
    assert broken()["points.second_person"] == [entry.ref]
