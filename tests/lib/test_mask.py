"""The gate: full recall on identifiers however they are written, hardly a mark in ordinary sentences."""

from __future__ import annotations

import random
import time
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from linli.lib.mask import MARK, Kind, Masked, mask_name, mask_text

REGIONS = ["110101", "120103", "310104", "430102", "430103", "430111", "430121", "441900", "510107", "650102", "710000"]
SEPARATORS = [
    " ",
    "\u3000",
    ".",
    "．",
    "。",
    "·",
    "・",
    "•",
    "-",
    "－",
    "—",
    "–",
    "‑",
    "_",
    "\u200b",
    "\xa0",
    " - ",
    "--",
]


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def birth(rng: random.Random) -> date:
    return date(1900, 1, 1) + timedelta(days=rng.randrange(46_000))


def new_id(rng: random.Random) -> str:
    body = rng.choice(REGIONS) + f"{birth(rng):%Y%m%d}" + digits(rng, 3)
    number = body + str(ric.calc_check_digit(body + "0"))
    assert number[-1] == ric.calc_check_digit(number)
    return number if rng.random() < 0.5 else number.lower()


def old_id(rng: random.Random) -> str:
    return rng.choice(REGIONS) + f"{birth(rng):%y%m%d}" + digits(rng, 3)


def mobile(rng: random.Random) -> str:
    return "1" + rng.choice("3456789") + digits(rng, 9)


def bank(rng: random.Random) -> str:
    body = digits(rng, rng.randrange(15, 19))
    return body + luhn.calc_check_digit(body)


def landline(rng: random.Random) -> str:
    area = rng.choice(["010", "021", "0731", "0745", "0558"])
    return area + rng.choice("2345678") + digits(rng, 7)


MAKERS: dict[Kind, list[Callable[[random.Random], str]]] = {
    Kind.ID: [new_id, old_id],
    Kind.MOBILE: [mobile],
    Kind.BANK: [bank],
    Kind.LANDLINE: [landline],
}
PREFIXES = ["", "+86", "86 ", "+86-", "0086", "０", "＋８６ "]


def disguise(rng: random.Random, number: str) -> str:
    """Write a number in any width, with separators at some or all places."""
    share = rng.choice([0, 0, 0.15, 0.5, 1])
    few = rng.sample(SEPARATORS, rng.choice([1, 1, 3]))
    wide = rng.choice([0, 0, 0.5, 1])
    written = [chr(ord(char) + 0xFEE0) if rng.random() < wide else char for char in number]
    return "".join(char + (rng.choice(few) if rng.random() < share else "") for char in written[:-1]) + written[-1]


@pytest.mark.parametrize("kind", MAKERS)
def test_full_recall_and_nothing_else_is_touched(kind: Kind) -> None:
    rng = random.Random(kind)
    before = ["", "电话", "联系人王某：", "住3栋2单元，", "tel:", "编号（", "第2次，\n", "ＱＱ／", "2026年7月1日，"]
    after = ["", "。", "，谢谢！", "\n12345", "）", "元", "号楼", "/", "、２０２６年"]
    for _ in range(8_000):
        number = disguise(rng, rng.choice(MAKERS[kind])(rng))
        number = rng.choice(PREFIXES) + number if kind is Kind.MOBILE else number
        first, last = rng.choice(before), rng.choice(after)
        masked = mask_text(first + number + last)
        assert masked.text == first + MARK + last, number
        assert len(masked.found) == 1
        assert masked.found[0] <= kind  # a bank card can also be a valid ID number


@pytest.mark.parametrize("kind", [Kind.ID, Kind.MOBILE, Kind.BANK])
def test_full_recall_between_other_numbers(kind: Kind) -> None:
    rng = random.Random(kind + 100)
    near = ["2026-03-01 ", "3-2-501 ", "410000 ", "1. ", "08:30 ", "(1)", "0012-", "5·", "20260301 "]
    for _ in range(4_000):
        number = disguise(rng, rng.choice(MAKERS[kind])(rng))
        first, last = rng.choice(near), rng.choice(near)
        text = mask_text(f"{first}{number} {last}").text
        assert MARK in text
        assert number not in text
        assert sum(map(str.isdigit, text)) <= sum(map(str.isdigit, first + last)), number


def test_two_numbers_side_by_side() -> None:
    rng = random.Random(5)
    for _ in range(2_000):
        one, two = (rng.choice(MAKERS[rng.choice([Kind.ID, Kind.MOBILE, Kind.BANK])])(rng) for _ in range(2))
        for between in (" ", "、", "/", "，", "\n", "-", "——"):
            assert not any(map(str.isdigit, mask_text(one + between + two).text))


KEPT_OUT = (Kind.ID, Kind.BANK)


@given(st.randoms(use_true_random=False), st.sampled_from(KEPT_OUT), st.sampled_from([Kind.MOBILE, Kind.LANDLINE]))
def test_only_the_named_kinds_are_masked(rng: random.Random, kind: Kind, other: Kind) -> None:
    number, stays = rng.choice(MAKERS[kind])(rng), rng.choice(MAKERS[other])(rng)
    text = f"卡号：{number}，联系：{stays}，谢谢"
    assert mask_text(text, only=KEPT_OUT) == Masked(f"卡号：{MARK}，联系：{stays}，谢谢", (kind,))


@given(st.text(st.sampled_from("0123456789Xx１９ .-·()@a.湘A年+cq\n"), max_size=80))
def test_what_only_some_kinds_leave_is_masked_by_all_the_same(text: str) -> None:
    some = mask_text(text, only=KEPT_OUT)
    assert set(some.found) <= set(KEPT_OUT)
    assert mask_text(some.text, only=KEPT_OUT) == Masked(some.text, ())
    parts = some.text.split(MARK)
    assert len(parts) == len(some.found) + 1
    at = 0
    for part in parts:  # every other character stays, in order
        at = text.index(part, at) + len(part)


@given(st.randoms(use_true_random=False), st.sampled_from([Kind.ID, Kind.MOBILE, Kind.BANK]))
def test_recall_by_hypothesis(rng: random.Random, kind: Kind) -> None:
    number = disguise(rng, rng.choice(MAKERS[kind])(rng))
    assert mask_text(f"请记：{number}；").text == f"请记：{MARK}；"


@given(st.text(st.sampled_from("0123456789Xx１９ .-·()@a.湘A年+cq\n"), max_size=80))
def test_masking_twice_changes_nothing_and_keeps_the_rest(text: str) -> None:
    masked = mask_text(text)
    assert mask_text(masked.text) == Masked(masked.text, ())
    kept = masked.text.split(MARK)
    assert len(kept) == len(masked.found) + 1
    assert text.startswith(kept[0])
    assert text.endswith(kept[-1])
    if len(kept) == 1:
        assert masked.text == text


@given(st.text(max_size=50))
def test_text_without_digits_and_at_signs_passes_byte_for_byte(text: str) -> None:
    calm = "".join(char for char in text if unicodedata.digit(char, None) is None and char not in "@＠﹫")
    assert mask_text(calm) == Masked(calm, ())


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("座机（0731）8888 8888。", f"座机{MARK}。", Kind.LANDLINE),
        ("(+86) 138-0013-8000", MARK, Kind.MOBILE),
        ("+86 731 8888 8888", MARK, Kind.LANDLINE),
        ("①③⑧⓪⓪①③⑧⓪⓪⓪", MARK, Kind.MOBILE),
        ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣!", f"{MARK}\ufe0f\u20e3!", Kind.MOBILE),
        ("430102-1990-03-071233", "430102-1990-03-071233", None),  # wrong check digit, written in parts
        ("430102199003071233", MARK, Kind.ID),  # wrong check digit, written whole
        ("430102 1990 03 07 123 4", MARK, Kind.ID),
        ("990102199003071234号", "990102199003071234号", None),
        ("车牌湘A12345停在", f"车牌{MARK}停在", Kind.PLATE),
        ("湘AD12345", MARK, Kind.PLATE),
        ("湘Ａ·１２３４５", MARK, Kind.PLATE),
        ("粤 b 1 2 3 4 5 d", MARK, Kind.PLATE),
        ("京A1234警", MARK, Kind.PLATE),
        ("新A款SUV", "新A款SUV", None),
        ("新GHJKLMN", "新GHJKLMN", None),
        ("湘A123456789", "湘A123456789", None),
        ("写信到zhang.san+1@mail.qq.com。", f"写信到{MARK}。", Kind.EMAIL),
        ("ｚｈａｎｇ＠ｑｑ．ｃｏｍ", MARK, Kind.EMAIL),
        ("z h a n g @ q q . c o m 收", f"{MARK} 收", Kind.EMAIL),
        ("mail bob @ qq . com", f"mail {MARK}", Kind.EMAIL),
        ("bob@qq.com. Then", f"{MARK}. Then", Kind.EMAIL),
        ("苹果3@5.20元", "苹果3@5.20元", None),
        ("@全体成员 a@ @b.com x@y", "@全体成员 a@ @b.com x@y", None),
        ("SN13800138000X", f"SN{MARK}X", Kind.MOBILE),
        ("13 360 1913.7.9", MARK, Kind.MOBILE),  # a number cut so that a day seems to be in it
        ("约13.5 2026-03-01", "约13.5 2026-03-01", None),
        ("2026-03-01-2026-03-31", "2026-03-01-2026-03-31", None),
        ("", "", None),
    ],
)
def test_examples(text: str, expected: str, kind: Kind | None) -> None:
    assert mask_text(text) == Masked(expected, (kind,) if kind else ())


def test_kinds_are_listed_in_order() -> None:
    masked = mask_text("湘A12345的车主13800138000，卡6222020200112230000？a@b.cn")
    assert masked.text == f"{MARK}的车主{MARK}，卡6222020200112230000？{MARK}"
    assert masked.found == (Kind.PLATE, Kind.MOBILE, Kind.EMAIL)


# --- ordinary sentences ----------------------------------------------------------------------------


def ordinary_part(rng: random.Random) -> str:
    """Return a piece of a sentence with figures as the neighbourhood writes them."""
    day = date(2015, 1, 1) + timedelta(days=rng.randrange(6_000))
    end = day + timedelta(days=rng.randrange(60))
    n = rng.randrange
    sep = rng.choice("-./")
    pieces = [
        f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y.%m.%d}", f"{day:%Y/%m/%d}",
        f"{day.year}{sep}{day.month}{sep}{day.day}-{end.year}{sep}{end.month}{sep}{end.day}",
        f"{day:%Y.%m.%d}—{end:%Y.%m.%d}", f"{day:%Y%m%d}-{end:%Y%m%d}", f"{day:%Y-%m-%d} 至 {end:%Y-%m-%d}",
        f"{day:%Y-%m-%d} {n(24):02}:{n(60):02}:{n(60):02}", f"{day:%Y-%m}", f"{day.month}.{day.day}-{end.month}.{end.day}",
        f"{n(24)}:{n(60):02}-{n(24)}:{n(60):02}", f"{n(24):02}:{n(60):02}", f"{n(24)}.{n(6)}0-{n(24)}.30",
        f"{day.year}-{day.year + 1}学年", f"{day:%Y%m%d%H%M%S}批次", f"{day.year}届",
        f"￥{n(10**7):,}.{n(100):02}", f"{n(100_000)}.{n(100):02}元", f"{n(2_000) / 10}万元", f"{n(10**9)}元",
        f"{n(20)}栋{n(5)}单元{n(3_000)}室", f"{n(20)}-{n(5)}-{n(3_000)}", f"湘府路{n(900)}号", f"{n(300)}㎡",
        f"JM-{day.year}-{n(10_000):04}", f"编号ZB{day:%Y%m}{n(1_000):03}", f"LL{day:%Y%m%d}{n(10_000):04}",
        f"（{day.year}）湘0102民初{n(10_000)}号", f"国发〔{day.year}〕{n(100)}号", f"第{n(100)}条第{n(9)}款",
        "12345热线", "拨打110、119、120", "96110", "400-820-8820", "邮编410011", "邮政编码 410000",
        f"{n(100)}.{n(10)}%", f"{n(50)}人次", f"{n(12)}个积分", f"{n(30)}/{n(30)}", f"{n(100)}-{n(100)}岁",
        f"社区代码430102{n(10**6):06}", f"GB/T {n(40_000)}-{day.year}", f"ISBN 978-7-{n(1000):03}-{n(10**5):05}-{n(10)}",
        f"北纬28.{n(10**4):04}，东经112.{n(10**4):04}", f"电表{n(10**10):010}", f"V{n(9)}.{n(20)}.{n(20)}",
        f"{n(9)}、{n(9)}、{n(9)}号楼", f"{n(50)} {n(50)} {n(50)} {n(50)}", f"1. {n(20)}  2. {n(20)}  3. {n(20)}",
        f"统一社会信用代码91430100MA4L{n(10)}{n(10)}JQ{n(10)}B", "新Python3课", "A栋B座", f"群@{n(30)}人", "5G 4K",
    ]  # fmt: skip
    return rng.choice(pieces)


def ordinary_sentence(rng: random.Random) -> str:
    words = [
        "本月楼栋长共走访",
        "活动时间：",
        "议事会定于",
        "共收到",
        "地点在",
        "请居民于",
        "报修单",
        "志愿服务",
        "党支部",
    ]
    links = ["，", "。", "；", "（", "）", "、", "的", "为", " ", "\n", "：", "和"]
    return "".join(rng.choice(words) + ordinary_part(rng) + rng.choice(links) for _ in range(rng.randrange(1, 4)))


def test_precision_on_ordinary_sentences() -> None:
    rng = random.Random(26)
    sentences = [ordinary_sentence(rng) for _ in range(20_000)]
    touched = [sentence for sentence in sentences if mask_text(sentence).found]
    assert len(touched) <= len(sentences) // 100, touched[:20]


def test_precision_of_neighbouring_figures_joined_by_spaces() -> None:
    """Two figures with nothing but a space between can look like one number: the price of full recall."""
    rng = random.Random(27)
    sentences = [f"{ordinary_part(rng)} {ordinary_part(rng)}" for _ in range(20_000)]
    touched = [sentence for sentence in sentences if mask_text(sentence).found]
    assert len(touched) <= len(sentences) * 3 // 100, touched[:20]


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1     ",
        "a@",
        "@",
        "a.",
        "a@b.",
        "湘A1 ",
        "2026-03-01 ",
        "a @ ",
        "@a a .",
        "6222021001112345678 ",
        "( ",
        "+1",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """A megabyte of the worst that one can type takes as long per character as an eighth of it."""

    def measure(length: int) -> float:
        text = (unit * length)[:length]
        began = time.perf_counter()
        mask_text(text)
        return time.perf_counter() - began

    small = min(measure(125_000) for _ in range(2))
    assert measure(1_000_000) < 8 * 4 * max(small, 0.005)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王小明", "王某某"), ("王明", "王某"), ("欧阳锋", "欧阳某"), ("欧阳小明", "欧阳某某"), ("歐陽鋒", "歐陽某"),
        ("欧阳", "欧某"), ("王", "王某"), ("王　明", "王某"), (" 王 小 明 ", "王某某"), ("王小明（党员）", "王某某"),
        ("阿卜杜拉·买买提", "阿某某"), ("𠮷野", "𠮷某"), ("〇一", "〇某"), ("John Smith", "J***"), ("陈John", "陈某某"),
        ("Ö", "Ö***"), ("", ""), ("　", ""),
    ],
)  # fmt: skip
def test_mask_name(name: str, expected: str) -> None:
    assert mask_name(name) == expected


@given(st.text(min_size=2, max_size=12))
def test_a_masked_name_is_never_the_name(name: str) -> None:
    assert mask_name(name) != name or not name.strip() or set(name[1:]) <= {"某", "*"} or name[2:3] == "某"
