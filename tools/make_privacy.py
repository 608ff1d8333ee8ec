"""Writes `docs/privacy.md` from `linli.home.policy`. `--check` only says whether it is up to date (exit 1: no)."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po

from linli.home.policy.personal import HOLDINGS
from linli.home.policy.sorts import SORTS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "privacy.md"
CATALOGUE = ROOT / "linli" / "home" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def page() -> str:
    with CATALOGUE.open("rb") as file:
        chinese = {str(message.id): str(message.string) for message in read_po(file, locale="zh_Hans")}
    lines = [
        "# 保存了哪些个人信息",
        "",
        "<!-- Written by tools/make_privacy.py from linli/home/policy; do not edit. -->",
        "",
        "每一项个人信息为什么保存、谁能看、何时消失，都登记在同一张表里；没有登记的字段不能进入程序（有测试检查）。",
        "不保存身份证号、行踪、阅读和登录次数。",
    ]
    for code, sort in SORTS.items():
        fields = [
            f"`{model}`: {', '.join(f'`{name}`' for name, of in holding.fields.items() if of == code)}"
            for model, holding in HOLDINGS.items()
            if code in holding.fields.values()
        ]
        lines += [
            "",
            f"## {chinese.get(sort.what) or sort.what}",
            "",
            f"- 目的：{chinese.get(sort.purpose) or sort.purpose}",
            f"- 依据：{chinese.get(sort.basis.label) or sort.basis.label}",
            f"- 谁能看：{chinese.get(sort.seen_by) or sort.seen_by}",
            f"- 何时消失：{chinese.get(sort.dies) or sort.dies}",
            f"- 可以要求删除：{'可以' if sort.optional else '不可以，工作必需'}",
            f"- 字段：{'；'.join(fields)}",
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    text = page()
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text() == text:
            return 0
        print("docs/privacy.md is out of date: run `uv run python tools/make_privacy.py`.")
        return 1
    PAGE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
