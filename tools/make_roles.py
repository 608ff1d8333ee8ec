"""Writes `docs/roles.md` from `linli.access`. `--check` only says whether it is up to date (exit 1: no)."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po

from linli.access.catalogue import Permission
from linli.access.roles import PERMISSIONS, STAFF, Role, grantable

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "roles.md"
CATALOGUE = ROOT / "linli" / "access" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def page() -> str:
    with CATALOGUE.open("rb") as file:
        chinese = {str(message.id): str(message.string) for message in read_po(file, locale="zh_Hans")}

    def said(member: Role | Permission) -> str:
        return chinese.get(member.label) or member.label

    lines = [
        "# 角色与权限",
        "",
        "<!-- Written by tools/make_roles.py from linli/access; do not edit. -->",
        "",
        "角色授予在某个组织上，对它和它下面的所有组织有效，有起止日期；角色一结束，下一次点击即失效。",
        "访客和持回执的人不需要角色。",
        "",
        "| 角色 | 代码 | 第二重验证 | 权限 | 可以授予 |",
        "|---|---|---|---|---|",
    ]
    for role in Role:
        may = "、".join(said(p) for p in Permission if p in PERMISSIONS[role]) or "（工作台无权限）"
        gives = grantable(role)
        given = "全部角色" if gives == frozenset(Role) else "、".join(said(r) for r in Role if r in gives) or "–"
        lines.append(f"| {said(role)} | `{role.value}` | {'需要' if role in STAFF else '自愿'} | {may} | {given} |")
    lines += ["", "## 权限", "", "| 权限 | 代码 | 谁有 |", "|---|---|---|"]
    for permission in Permission:
        holders = "、".join(said(role) for role in Role if permission in PERMISSIONS[role])
        lines.append(f"| {said(permission)} | `{permission.value}` | {holders} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    text = page()
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text() == text:
            return 0
        print("docs/roles.md is out of date: run `uv run python tools/make_roles.py`.")
        return 1
    PAGE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
