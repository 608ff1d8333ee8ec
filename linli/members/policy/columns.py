"""The columns of a roster, as data: what each is called in the sheets of the field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from linli.lib.words import gettext_noop


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field, its English label, and its headings; the first heading is the one we write."""

    field: str
    label: str
    headings: tuple[str, ...]
    must: bool = False


COLUMNS = (
    Column(
        "number",
        gettext_noop("Member number"),
        ("党员编号", "编号", "党员号", "党员编码", "人员编号", "党员代码", "member number"),
    ),
    Column("name", gettext_noop("Full name"), ("姓名", "名字", "党员姓名", "姓名全称", "name"), must=True),
    Column("sex", gettext_noop("Sex"), ("性别", "男女", "sex")),
    Column(
        "born_on",
        gettext_noop("Date of birth"),
        ("出生日期", "出生年月", "出生年月日", "出生时间", "生日", "date of birth"),
    ),
    Column(
        "education", gettext_noop("Education"), ("学历", "文化程度", "文化水平", "教育程度", "最高学历", "education")
    ),
    Column(
        "joined_on",
        gettext_noop("Date of joining"),
        ("入党日期", "入党时间", "入党年月", "加入党组织日期", "加入党组织时间", "date of joining"),
        must=True,
    ),
    Column(
        "full_on",
        gettext_noop("Full member since"),
        ("转正日期", "转正时间", "转正年月", "转为正式党员日期", "full member since"),
    ),
    Column("stage", gettext_noop("Stage"), ("人员类别", "党员类别", "党员类型", "正式/预备", "是否正式", "stage")),
    Column(
        "member_class",
        gettext_noop("Class"),
        ("管理类别", "分类", "管理类型", "党员分类", "管理分类", "四分类别", "class"),
    ),
    Column(
        "organisation",
        gettext_noop("Organisation"),
        (
            "所在党组织", "党支部", "所属支部", "所在支部", "所在党支部", "所属党支部", "所属党组织", "党组织",
            "党组织名称", "所在党组织名称", "支部", "支部名称", "党支部名称", "组织关系所在支部", "organisation",
        ),
    ),
    Column(
        "organisation_code",
        gettext_noop("Organisation code"),
        ("党组织代码", "党组织编码", "支部代码", "支部编码", "党支部代码", "所在党组织代码", "organisation code"),
    ),
    Column(
        "phone",
        gettext_noop("Phone"),
        ("手机", "联系电话", "手机号码", "手机号", "电话", "联系方式", "电话号码", "移动电话", "phone"),
    ),
    Column("posts", gettext_noop("Posts"), ("职务", "党内职务", "党内任职", "党组织职务", "支部职务", "posts")),
    Column(
        "post_since",
        gettext_noop("In post since"),
        ("任职日期", "任职时间", "任职起始日期", "任职年月", "职务任职日期", "in post since"),
    ),
)  # fmt: skip

NOT_KEPT = frozenset({
    "身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号码", "居民身份证号码", "证件号码", "证件号",
    "民族", "族别", "籍贯", "家庭住址", "住址",
})  # fmt: skip
"""Known and left out on purpose: the work needs none of it (PIPL art. 6, minimum collection)."""

IGNORED = frozenset({"序号", "序", "no", "no.", "编序"})
"""Known, and without meaning for the register."""

BY_FIELD = {column.field: column for column in COLUMNS}
BY_HEADING = {heading.replace(" ", ""): column.field for column in COLUMNS for heading in column.headings}

_SPACE = re.compile(r"\s+")
_BRACKET = re.compile(r"[(\[【〔<《].*?[)\]】〕>》]")
_DECORATION = "*:：、.。#★※"


def plain_heading(value: object) -> str:
    """Return a heading without width, spaces, line breaks, stars and colons: "姓 名*" → "姓名"."""
    if not isinstance(value, str):
        return ""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", value)).casefold()
    return text if text in BY_HEADING or text in IGNORED else text.strip(_DECORATION)


def field_of(heading: str) -> str:
    """Return the field that the plain `heading` names, "-" where it is known and not taken over, or ""."""
    for text in (heading, _BRACKET.sub("", heading).strip(_DECORATION)):
        if text in BY_HEADING:
            return BY_HEADING[text]
        if text in NOT_KEPT or text in IGNORED:
            return "-"
    return ""
