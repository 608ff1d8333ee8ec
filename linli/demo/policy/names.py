"""Invented people have names that nobody bears: a surname and a fruit or a vegetable."""

from __future__ import annotations

SURNAMES = tuple("王李张刘陈杨黄吴周徐孙马朱胡郭林罗郑梁谢宋许邓冯曹曾肖田董潘")
WORDS = (
    *("枇杷", "荷花", "石榴", "葡萄", "樱桃", "柠檬", "橄榄", "核桃", "板栗", "莲藕"),
    *("茄子", "豆角", "冬瓜", "南瓜", "丝瓜", "苦瓜", "芹菜", "菠菜", "萝卜", "土豆"),
    *("高粱", "芝麻", "花生", "薄荷", "生姜", "辣椒", "蘑菇", "木耳", "香菜", "韭菜"),
    *("荸荠", "菱角", "山药", "芋头", "红薯", "豌豆", "蚕豆", "毛豆", "绿豆", "柚子"),
)
ABSENT = frozenset(
    {"程旭", "赵硬领", "何星辉", "蒋茂箴", "雷金桂", "阳光毅", "李镜明", "易晓玲", "阳姿情", "唐李晗", "彭应兵"}
)
"""People of the article: none of them appears in the data (a test looks)."""


def name(index: int) -> str:
    """Return the name with this number; the first 1,200 differ from each other."""
    # 7 and 40 have no common divisor, so neighbours on a list differ in both parts
    surname = SURNAMES[index % len(SURNAMES)]
    word = WORDS[(index * 7 + index // len(SURNAMES)) % len(WORDS)]
    return surname + word
