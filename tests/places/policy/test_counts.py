"""Codes and households of cells as a file writes them, and what edits make of them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from linli.lib.errors import Refusal
from linli.places.policy import editing
from linli.places.policy.bricks import households_of
from linli.places.policy.draft import Draft
from linli.places.policy.features import Cells
from linli.places.policy.steps import pack, unpack
from linli.places.policy.titles import is_count, read_title

STEP = 0.001
HALVES = np.array(
    [shapely.box(113, 28, 113 + STEP, 28.001), shapely.box(113 + STEP, 28, 113.002, 28.001)], dtype=object
)


def draft():
    return Draft(Cells(("A", "B"), ("", ""), HALVES, households=("80", "70")))


def test_a_code_comes_before_the_number_that_a_program_gives():
    assert read_title({"id": "cells.1", "properties": {"code": "JM-1"}}, 1, None).identifier == "JM-1"
    assert read_title({"id": "cells.1", "properties": {}}, 1, None).identifier == "cells.1"


def test_a_whole_number_of_a_column_has_no_point():
    found = read_title({"properties": {"code": 1.0, "households": 240.0}}, 1, None)
    assert (found.identifier, found.households) == ("1", "240")


@pytest.mark.parametrize("text", ["9" * 5000, "20001", "-1", "1.5", "", "²", "٣"])
def test_what_counts_no_households_is_said(text):
    assert not is_count(text)
    with pytest.raises(Refusal) as told:
        households_of(Cells(("A",), ("",), HALVES[:1], households=(text,)))
    assert told.value.code == "grid.divide_households"


def test_households_stay_with_a_cell_that_is_renamed_and_are_added_where_two_are_joined():
    renamed = editing.rename(draft(), "A", new="C", name="新名", places=())
    assert draft().after(unpack(pack(renamed))).cells().households == ("70", "80")
    joined = editing.join(draft(), "A", "B")
    assert draft().after(unpack(pack(joined))).cells().households == ("150",)
