"""Cells are inert on the way out and read as meant on the way in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.lib.cells import clean, inert

TEXTS = st.text() | st.text(st.sampled_from("=+-@＝＋－＠\t\r\n \u3000\u200b'a１王"), max_size=8)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "﹣1", "−1",
        "  =1", "\u3000=1", "\xa0=1", "\u200b=1", "\ufeff=1", " \t x", "=", "\x00=1",
    ],
)  # fmt: skip
def test_what_begins_a_formula_becomes_inert(text: str) -> None:
    assert inert(text) == "'" + text
    assert inert(inert(text)) == inert(text)


@pytest.mark.parametrize(
    "value",
    ["", " ", "王小明", "a=b", "1-2", "3栋", "'=1", "—", 5, -5, -1.5, None, True, date(2026, 7, 1), Decimal(-1)],
)
def test_the_rest_passes_unchanged(value: object) -> None:
    assert inert(value) is value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("　王　小明 ", "王 小明"),
        ("１３８００１３８０００", "13800138000"),
        ("４３０１０２１９９００３０７１２３Ｘ", "430102199003071 23X".replace(" ", "")),
        ("０７３１－８８８８", "0731-8888"),
        ("ａ＠ｑｑ．ｃｏｍ", "a@qq.com"),
        ("王\u200b小\ufeff明", "王小明"),
        ("a \n\t b", "a b"),
        ("姓名（必填）：甲、乙", "姓名（必填）：甲、乙"),
        ("①㎡", "①㎡"),
        ("王\x00\x07明", "王明"),
        ("'=1", "=1"),
        ("'王", "'王"),
        ("", ""),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize("value", [None, 5, 1.5, date(2026, 7, 1)])
def test_clean_passes_what_is_not_text(value: object) -> None:
    assert clean(value) is value


@given(TEXTS)
def test_an_unedited_round_trip_reads_the_same(text: str) -> None:
    assert clean(inert(text)) == clean(text)


@given(TEXTS)
def test_what_goes_out_never_begins_a_formula(text: str) -> None:
    assert inert(text).lstrip()[:1] not in {*"=+-@＝＋－＠"}
    assert inert(text)[:1] not in {"\t", "\r"}


@given(TEXTS)
def test_clean_text_is_trimmed_and_single_spaced(text: str) -> None:
    result = clean(text)
    assert result == " ".join(result.split())
    assert not set("\u3000\u200b０Ａ") & set(result)
