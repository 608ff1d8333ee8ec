"""Words that people typed can be erased; what was sealed of them still finds every change."""

from __future__ import annotations

from datetime import date

import pytest

from linli.audit import queries as audit
from linli.audit.proof_check import ACCEPTED, judge
from linli.lib.month import Month
from linli.points import queries, services
from linli.points.models import Deed, Entry
from linli.points.policy.words import digest
from linli.project.invariants import invariants
from tests.points import deeds, months

WORDS = "王小一与他人争执"


@pytest.fixture
def taken_back(world) -> Entry:
    """A reversing line in a published month."""
    first = deeds.entry(world, deed_on=date(2026, 1, 9))
    months.published(world, month=Month(2026, 1))
    by = {"by": world.by, "now": world.now}
    deed = services.reverse(first, reason=WORDS, recorder="user:900001", key=world.key(), **by)
    line = services.confirm_deed(deed, key=world.key(), **by)
    later = world.now.replace(month=4, day=2)
    draft = services.prepare_bulletin(
        world.bodies["BY1"], month=Month(2026, 3), by=months.PREPARER, now=later, key=world.key()
    )
    services.publish_bulletin(draft, by=months.PUBLISHER, now=later + months.WINDOW, key=world.key())
    return line


def broken() -> list[str]:
    return [truth.code for truth in invariants() if truth.find()]


def deed_of(line: Entry) -> Deed:
    found = queries.deed_of(line)
    assert found
    return found


def test_neither_the_ledger_nor_the_proof_holds_the_words(taken_back):
    deed = deed_of(taken_back)
    row = Entry.objects.filter(pk=taken_back.pk).values().get()
    proof = queries.proof_of(taken_back)
    assert proof
    assert WORDS not in str(row) + str(proof)
    assert proof["entry"]["reason"] == row["reason_digest"] == digest(WORDS, deed.salt)
    assert judge(audit.proof_file(proof))[0] == ACCEPTED
    assert queries.note_of(taken_back) == WORDS
    assert broken() == []


def test_the_digest_cannot_be_guessed_without_its_salt(taken_back):
    salt = deed_of(taken_back).salt
    assert len(salt) == 32
    assert taken_back.reason_digest != digest(WORDS, "")
    assert digest(WORDS, salt) != digest(WORDS, salt[::-1])


@pytest.mark.parametrize("changes", [{"note": "别的话"}, {"salt": "0" * 32}, {"note": ""}, {"salt": ""}])
def test_other_words_are_found_and_named(taken_back, changes):
    Deed.objects.filter(pk=deed_of(taken_back).pk).update(**changes)
    (truth,) = [each for each in invariants() if each.code == "points.words"]
    assert [line.split(":")[:2] for line in truth.find()] == [taken_back.ref.split(":")]


def test_a_deed_that_is_gone_is_found(taken_back):
    deed_of(taken_back).delete()
    assert "points.words" in broken()


def test_erased_words_leave_every_proof_true(taken_back):
    before = queries.proof_of(taken_back)
    Deed.objects.filter(pk=deed_of(taken_back).pk).update(note="", salt="")
    assert broken() == []
    assert queries.proof_of(taken_back) == before
    assert queries.note_of(taken_back) == ""


def test_a_line_from_before_the_digests_stays_sound(world):
    """Such a line holds the words themselves; it cannot be mended, and must not look broken."""
    first = deeds.entry(world)
    deed = services.reverse(first, reason=WORDS, recorder="user:900001", by=world.by, now=world.now, key=world.key())
    kept = {name: getattr(first, name) for name in ("member", "indicator", "body", "deed_on", "booked_at")}
    words = {"source": deed.source, "reason_digest": WORDS, "reverses": first, "month": date(2026, 3, 1)}
    Entry.objects.create(**kept, **words, tenths=-first.tenths, recorder="user:900001", confirmer="user:900002")
    assert broken() == []
