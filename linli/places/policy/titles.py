"""What a feature is called, and which places it lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from linli.lib.cells import clean
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

ID_PROPERTIES = ("code", "id", "编码", "编号", "网格编码", "网格编号")
NAME_PROPERTIES = ("name", "名称", "网格名称", "title")
PLACES_PROPERTIES = ("places", "地点", "地点编码", "所含地点")
HOUSEHOLD_PROPERTIES = ("households", "户数", "住户数", "总户数")
PROPERTIES = (*ID_PROPERTIES, *NAME_PROPERTIES, *PLACES_PROPERTIES, *HOUSEHOLD_PROPERTIES)
MOST_HOUSEHOLDS = 20_000
"""Of one building or cell."""
_BETWEEN = re.compile(r"[,，、;；\s]+")


@dataclass(frozen=True, slots=True)
class Title:
    """Identifier, name, listed place codes and households (as written) of a feature; `where` names it in refusals."""

    identifier: str
    name: str
    places: tuple[str, ...]
    where: str
    households: str = ""


def is_count(text: str) -> bool:
    """Tell whether households, as written, are a number of them."""
    return text.isascii() and text.isdigit() and len(text) <= len(str(MOST_HOUSEHOLDS)) and int(text) <= MOST_HOUSEHOLDS


def has_address(code: str) -> bool:
    """Tell whether the page of a cell can have `code` in its address: browsers leave out `.`, `..` and empty parts."""
    return all(part.strip(".") for part in code.split("/"))


def check_address(code: str) -> None:
    """Refuse a new `code` that no address can hold."""
    if not has_address(code):
        raise Refusal(
            "grid.edit_address",
            gettext_noop("No address can hold the code %(code)s: no part between slashes may be empty or only dots."),
            field="new",
            code=code,
        )


def is_numbered(identifier: str) -> bool:
    """Tell whether a cell had no identifier of its own and was given its number in the file."""
    return identifier.startswith("#")


def numbered(identifier: str, number: int) -> str:
    """Return how the feature, the `number`th of its file, is named in refusals: with its code, where it has one."""
    return str(number) if is_numbered(identifier) else f"{number} ({identifier})"


def read_title(feature: dict[str, Any], number: int, identify: str | None, households: str = "") -> Title:
    """Return what the feature, the `number`th of its file, is called; names of properties as in `read_cells`."""
    given = feature.get("properties")
    properties = {key.casefold(): value for key, value in given.items()} if isinstance(given, dict) else {}
    if identify is None:
        candidates = [*(properties.get(key) for key in ID_PROPERTIES), feature.get("id")]
    else:
        candidates = [properties.get(identify.casefold())]
    own = _first(candidates)
    identifier = own or f"#{number}"
    where = f"{number} ({own})" if own else f"{number}"
    name = _first([properties.get(key) for key in NAME_PROPERTIES])
    places = _codes(next((properties[key] for key in PLACES_PROPERTIES if key in properties), ()))
    try:
        "".join((identifier, name, *places)).encode()
    except UnicodeEncodeError:
        raise Refusal(
            "grid.broken_text",
            gettext_noop("Feature %(number)d: a code or name holds broken characters: write it again."),
            number=number,
        ) from None
    fields = [households.casefold()] if households else HOUSEHOLD_PROPERTIES
    return Title(identifier, name, places, where, _first([properties.get(key) for key in fields]))


def _first(candidates: list[Any]) -> str:
    return next((text for text in map(_text, candidates) if text), "")


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():  # columns of numbers with a gap are read as 1.0
        value = int(value)
    return clean(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def split_codes(text: str) -> tuple[str, ...]:
    """Return the codes of a text with commas or spaces between them, each once, in order."""
    return tuple(dict.fromkeys(code for code in _BETWEEN.split(text) if code))


def _codes(value: object) -> tuple[str, ...]:
    """Return the codes of a text or of a list."""
    return split_codes(",".join(map(_text, value)) if isinstance(value, list) else _text(value))
