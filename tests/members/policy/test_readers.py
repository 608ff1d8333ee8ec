from datetime import date

import pytest

from linli.lib.errors import Refusal
from linli.members.policy import readers
from linli.members.policy.bodies import body_reader
from linli.members.policy.vocabulary import CLASSES

from .books import BODIES, TODAY

READ = {
    readers.read_name: [("张 三", "张三"), (" 张测 ", "张测"), ("阿依·古丽", "阿依·古丽"), ("Anna Test", "Anna Test")],
    readers.read_number: [("DY01", "DY01"), ("", ""), (10001.0, "10001"), ("ＤＹ　０１", "DY01"), ("DY-01", "DY-01")],
    readers.read_phone: [
        ("13800000001", "13800000001"), (13800000001.0, "13800000001"), ("138-0000 0001", "13800000001"),
        ("+86 13800000001", "13800000001"), ("１３８００００００００", "13800000000"), ("", ""),
        ("(010)62345678", "010-62345678"), ("（010）62345678", "010-62345678"), ("010-62345678-801", "010-62345678-801"), ("62345678", "62345678"),
    ],
    readers.read_sex: [("男", "male"), (" 女性", "female"), ("F", "female"), ("", "")],
    readers.read_stage: [("正式", "full"), ("预备党员", "probationary")],
    readers.read_education: [("大学 本科", "bachelor"), ("中专", "vocational"), ("硕士", "postgraduate")],
    readers.read_posts: [
        ("支部书记", ("secretary",)), ("组织委员、宣传委员", ("organisation", "publicity")), ("", ()), ("无", ()),
        ("书记兼纪检委员", ("secretary", "discipline")), ("书记,书记", ("secretary",)), ("书记\n宣传 委员", ("secretary", "publicity")),
        ("支部委员", ("committee_member",)), ("党支部 委员、书记", ("committee_member", "secretary")),
    ],
    readers.class_reader(CLASSES): [
        ("在职党员", "serving"), ("退休", "retired"), ("社区直管", "direct"), ("流动党员", "mobile"), ("", ""), ("direct", "direct"),
    ],
    readers.class_reader({"frail": "离退休（体弱）", "own": "Ｂ类 A"}): [
        ("离退休（体弱）", "frail"), ("离退休(体弱)党员", "frail"), ("b类A", "own"), ("OWN", "own"),
    ],
    readers.day_reader(TODAY): [
        ("", None), ("  ", None), (date(2000, 1, 2), date(2000, 1, 2)), ("2000-01-02", date(2000, 1, 2)),
        (36527.0, date(2000, 1, 2)),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("reader", "cell", "value"), [(reader, *case) for reader, cases in READ.items() for case in cases]
)
def test_a_cell_is_read(reader, cell, value):
    assert reader(cell) == value


@pytest.mark.parametrize(
    ("reader", "cell", "code"),
    [
        (readers.read_name, "", "roster.name_missing"), (readers.read_name, " ", "roster.name_missing"), (readers.read_name, 5.0, "roster.name_bad"),
        (readers.read_name, "张" * 41, "roster.name_bad"), (readers.read_name, "=A1", "roster.name_bad"),
        (readers.read_number, 1.2345678901234567e17, "roster.number_rounded"), (readers.read_number, "11010119900101001x", "roster.number_identity"),
        (readers.read_number, "D" * 21, "roster.number_long"), (readers.read_phone, "1380000", "roster.phone_bad"),
        (readers.read_phone, "13800000001/13900000001", "roster.phone_bad"), (readers.read_sex, "未知", "roster.word_unknown"),
        (readers.read_education, "很高", "roster.word_unknown"),
        (readers.read_posts, "书记、大王", "roster.word_unknown"), (readers.class_reader(CLASSES), "别的", "roster.word_unknown"),
    ],
)  # fmt: skip
def test_a_cell_is_refused_with_its_mend(reader, cell, code):
    with pytest.raises(Refusal) as refused:
        reader(cell)
    assert refused.value.code == code
    assert "%" not in str(refused.value)


@pytest.mark.parametrize("value", ["2021-02-30", "不详", True, 99999999.0])
def test_a_date_that_cannot_be_is_refused(value):
    with pytest.raises(Refusal):
        readers.day_reader(TODAY)(value)


@pytest.mark.parametrize(
    ("cells", "given", "found"),
    [
        (("海棠苑小区党支部", ""), "", "HT-01"), (("海棠苑 小区党支部", ""), "", "HT-01"), (("HT-02", ""), "", "HT-02"),
        (("", "HT-02"), "", "HT-02"), (("离退休党支部", "LX-03"), "", "LX-03"), (("", ""), "HT-01", "HT-01"),
        (("", ""), "", "organisation: The organisation is missing"), (("玉兰院", ""), "", "Did you mean 玉兰院院落党支部"),
        (("海堂苑小区党支部", ""), "", "Did you mean 海棠苑小区党支部"), (("没有的", ""), "", "Write its full name as in Linli"),
        (("", "XX"), "", "organisation_code: No organisation has the code"), (("离退休党支部", ""), "", "codes HT-03、LX-03"),
        (("海棠苑小区党支部", "HT-02"), "", "belongs to 玉兰院院落党支部"),
    ],
)  # fmt: skip
def test_the_organisation_is_found_by_name_code_or_both(cells, given, found):
    try:
        assert body_reader(BODIES, given)(cells) == found
    except Refusal as refusal:
        assert found in f"{refusal.field}: {refusal}"
