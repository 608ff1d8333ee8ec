"""Writes `docs/rules.md` from the rules of all apps. `--check` only says whether it is up to date (exit 1: no)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from linli.lib.rulebook import Mark, Rule
from linli.project.rulebook import rulebook
from linli.rules.policy.defaults import DEFAULTS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "rules.md"
APPS = {
    "members": "组织与党员",
    "grid": "联户、中心户与网格",
    "activities": "组织生活",
    "points": "积分",
    "walls": "诉求墙",
}
HEADER = ("| 代码 | 规则 | 数字 | 轻重 | 依据 | 可靠 |", "|---|---|---|---|---|---|")


def chinese(app: str) -> dict[str, str]:
    catalogue = ROOT / "linli" / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="zh_Hans") if message.string}


def page() -> str:
    shared = chinese("lib") | chinese("rules")
    lines = [
        "# 规则",
        "",
        "<!-- Written by tools/make_rules.py from the RULES of linli/*/policy; do not edit. -->",
        "",
        "程序逐条检查的规则。每条注明依据；“一般”的规则给出提醒，“应当”的规则判为不合规，依据未见原文（V-2nd、M）的只作提醒。",
        "数字都是可按地方、按日期改动的规则值（“规则与节假日”页），括号里是默认值。",
        "",
        "依据的可靠程度：",
        "",
        *(f"- **{mark.value}** {shared.get(mark.label, mark.label)}" for mark in Mark),
    ]
    for app, rules in rulebook().items():
        said = shared | chinese(app)
        lines += ["", f"## {APPS[app]}", "", *HEADER, *(line(rule, said) for rule in rules)]
    return "\n".join(lines) + "\n"


def line(rule: Rule[Any], said: dict[str, str]) -> str:
    numbers = "、".join(f"`{code}`（{DEFAULTS[code].value}）" for code in rule.numbers) or "–"
    weight = said.get(rule.severity.label, rule.severity.label).partition("：")[0]
    words, source = (said.get(text, text) for text in (rule.words, rule.source))
    return f"| {rule.code} | {words} | {numbers} | {weight} | {source} | {rule.mark.value} |"


def main() -> int:
    text = page()
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text() == text:
            return 0
        print("docs/rules.md is out of date: run `uv run python tools/make_rules.py`.")
        return 1
    PAGE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
