"""What the columns of a list of places are called in the sheets of the field."""

from __future__ import annotations

import unicodedata

from linli.files.policy.workbook import Cell

HEADINGS = {
    "kind": ("类别", "类型", "种类", "地点类别", "地点类型", "级别", "层级", "kind", "type"),
    "code": ("编码", "编号", "代码", "地点编码", "地点编号", "code"),
    "name": ("名称", "地点名称", "地点", "名字", "name"),
    "parent": ("上级编码", "上级编号", "上级代码", "上级", "所属编码", "所属上级", "上级地点编码", "parent code"),
}  # fmt: skip
_FIELD_OF = {heading.replace(" ", ""): field for field, headings in HEADINGS.items() for heading in headings}


def field_of(cell: Cell) -> str | None:
    """Return the field that a heading names, in any width, with spaces, a star or a colon; or None."""
    text = "".join(unicodedata.normalize("NFKC", str(cell)).casefold().split())
    return _FIELD_OF.get(text.strip("*:"))
