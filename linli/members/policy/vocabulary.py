"""The words of a roster's cells and the values they stand for, as data; the first word is the one we write.

The values are those of `linli.members.policy.kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, ...]]

SEXES: Words = {"male": ("男", "男性", "m", "male"), "female": ("女", "女性", "f", "female")}

STAGES: Words = {
    "full": ("正式党员", "正式", "中共党员", "党员", "是", "full"),
    "probationary": ("预备党员", "预备", "中共预备党员", "预备期", "否", "probationary"),
}

EDUCATIONS: Words = {
    "primary": ("小学", "小学毕业", "小学肄业", "文盲", "半文盲", "文盲或半文盲", "primary"),
    "junior": ("初中", "初级中学", "初中毕业", "junior"),
    "senior": ("高中", "普通高中", "高中毕业", "职高", "职业高中", "senior"),
    "vocational": ("中专", "中等专科", "中等专业学校", "中师", "技校", "技工学校", "中技", "vocational"),
    "college": ("大专", "专科", "大学专科", "高职", "大专毕业", "高等专科", "college"),
    "bachelor": ("本科", "大学", "大学本科", "学士", "全日制本科", "在职本科", "大学毕业", "bachelor"),
    "postgraduate": (
        "研究生", "硕士", "博士", "硕士研究生", "博士研究生", "在职研究生", "研究生及以上", "postgraduate",
    ),
}  # fmt: skip

TITLES: Words = {
    "secretary": ("书记", "支部书记", "党支部书记", "支书", "党总支书记", "总支书记", "党委书记"),
    "deputy": ("副书记", "支部副书记", "党支部副书记", "党总支副书记", "总支副书记", "党委副书记"),
    "organisation": ("组织委员", "支部组织委员"),
    "publicity": ("宣传委员", "支部宣传委员"),
    "discipline": ("纪检委员", "支部纪检委员", "纪律检查委员"),
    "committee_member": (
        "支部委员",
        "党支部委员",
        "支委",
        "支委委员",
        "支委会委员",
        "总支委员",
        "党总支委员",
        "党委委员",
    ),
    "director": ("居委会主任", "社区主任", "主任"),
    "committee": ("居委会委员", "居委委员", "社区委员"),
    "group_leader": ("党小组长", "小组长", "楼栋党小组长"),
    "centre_household": ("党员中心户", "中心户"),
}
NO_TITLE = frozenset({"", "无", "党员", "普通党员", "一般党员", "群众", "-", "—", "--", "/", "\\"})

CLASSES: Mapping[str, str] = {"direct": "社区直管", "serving": "在职", "retired": "离退休", "mobile": "流动"}
"""The default classes of classified management, code → name; the subdistrict's own replace them."""

DEFAULT_CLASS = "direct"

CLASS_WORDS: Mapping[str, str] = {
    "直管": "社区直管", "社区": "社区直管", "在册": "社区直管", "在岗": "在职", "双报到": "在职", "退休": "离退休",
    "离休": "离退休", "离退": "离退休", "流出": "流动", "流入": "流动", "外出流动": "流动",
}  # fmt: skip
"""Other words for the name of a class; "党员" at the end is left out before looking."""


def default_class(classes: Mapping[str, str]) -> str:
    """Return the code of the class of new members whose roster names none, or "" where `classes` have no such class.

    The community's branch takes who belongs nowhere else (兜底).
    """
    own = CLASSES[DEFAULT_CLASS]
    return DEFAULT_CLASS if DEFAULT_CLASS in classes else next((c for c, name in classes.items() if name == own), "")


def by_word(words: Words) -> dict[str, str]:
    """Return word → value, in which every word counts."""
    return {word: value for value, each in words.items() for word in each}


def written(words: Words) -> dict[str, str]:
    """Return value → the word that we write for it."""
    return {value: each[0] for value, each in words.items()}
