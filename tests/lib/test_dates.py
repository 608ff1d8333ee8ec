"""Dates of messy rosters are read, or refused with a way to mend them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.lib.dates import Precision, ReadDate, read_date
from linli.lib.errors import Refusal

TODAY = date(2026, 7, 1)
DAY = ReadDate(date(2021, 7, 9), Precision.DAY)
MONTH = ReadDate(date(2021, 7, 1), Precision.MONTH)


@pytest.mark.parametrize(
    "value",
    [
        date(2021, 7, 9), datetime(2021, 7, 9, 23, 59), datetime(2021, 7, 9, 1, tzinfo=UTC), 44386, 44386.0, 44386.75, "44386",
        "2021-07-09", "2021-7-9", "2021/7/9", "2021/07/09", "2021.7.9", "2021.07.09", "2021年7月9日", "2021年07月09日",
        "2021年7月9号", "2021年7月9", "20210709", 20210709, 20210709.0, "２０２１－０７－０９", "２０２１年７月９日", "２０２１０７０９",
        " 2021-07-09 ", "2021 年 7 月 9 日", "2021 - 7 - 9", "2021．7．9", "2021-07-09 00:00:00", "2021/7/9 0:00",
        "2021-07-09T08:30:00.123", "2021年7月9日 8:30", "2021 年 7 月 9 日 8:30", "\u200b2021-07-09\n", "2021–07–09",
    ],
)  # fmt: skip
def test_days(value: object) -> None:
    assert read_date(value, TODAY) == DAY


@pytest.mark.parametrize(
    "value", ["2021年7月", "2021.07", "2021.7", "2021-07", "2021/7", "２０２１年７月", "2021 年 7 月"]
)
def test_months(value: object) -> None:
    assert read_date(value, TODAY) == MONTH


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "date.empty"), ("", "date.empty"), (" \u3000", "date.empty"),
        ("21-07-09", "date.short_year"), ("21.7.9", "date.short_year"), ("21年7月9日", "date.short_year"),
        ("7/9", "date.short_year"), ("21.7", "date.short_year"), ("12021-7-9", "date.short_year"),
        ("9.7.21", "date.short_year"),
        ("2021-02-30", "date.impossible"), ("2021-02-29", "date.impossible"), ("2021-13-01", "date.impossible"),
        ("20210230", "date.impossible"), (20211301, "date.impossible"), ("2021年13月", "date.impossible"),
        ("2021-00-10", "date.impossible"), ("2021-1-0", "date.impossible"), ("0021-07-09", "date.impossible"),
        ("0000-07-09", "date.impossible"), ("2900-07-09", "date.impossible"),
        ("2021", "date.unreadable"), (2021, "date.unreadable"), (2021.7, "date.unreadable"), (3, "date.unreadable"),
        (-5, "date.unreadable"), (99_999, "date.unreadable"), ("99999", "date.unreadable"), ("00012", "date.unreadable"),
        (float("nan"), "date.unreadable"), (float("inf"), "date.unreadable"), (True, "date.unreadable"),
        ("202107", "date.unreadable"), ("210709", "date.unreadable"), ("2021-7/9", "date.unreadable"),
        ("9/7/2021", "date.unreadable"), ("不详", "date.unreadable"), ("二〇二一年七月", "date.unreadable"),
        ("2021-07-09 至今", "date.unreadable"), ("2021年", "date.unreadable"), ([], "date.unreadable"),
    ],
)  # fmt: skip
def test_refusals(value: object, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_date(value, TODAY)
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".") or str(refusal.value).endswith(").")
    assert code == "date.empty" or refusal.value.values["value"]


def test_the_message_names_the_value_and_the_way_to_mend() -> None:
    with pytest.raises(Refusal) as refusal:
        read_date("2021-02-30", TODAY)
    assert str(refusal.value) == 'There is no such day as "2021-02-30". Please check year, month and day.'


def test_the_range_of_serial_numbers() -> None:
    assert read_date(3654, TODAY).day == date(1910, 1, 1)
    assert read_date(60_000, TODAY).day == date(2064, 4, 8)
    with pytest.raises(Refusal):
        read_date(60_000, date(1990, 1, 1))


@given(st.dates(date(1910, 1, 1), date(2070, 1, 1)))
def test_every_way_of_writing_gives_the_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    ways = [
        serial,
        float(serial),
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
    ]
    ways += [f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day} 00:00:00"]
    assert {read_date(way, TODAY) for way in ways} == {ReadDate(day, Precision.DAY)}


@given(st.one_of(st.text(), st.integers(), st.floats(), st.text(st.sampled_from("0129-/.年月日 :"), max_size=12)))
def test_anything_is_read_or_refused(value: object) -> None:
    try:
        assert 1900 <= read_date(value, TODAY).day.year < 2200
    except Refusal as refusal:
        assert refusal.code.startswith("date.")
