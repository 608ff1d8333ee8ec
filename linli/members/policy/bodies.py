"""Finds the organisation that a row of a roster means, by its name, its code, or both."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Mapping

from linli.files.policy.workbook import Cell
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.members.policy.text import plain

NO_BODY = gettext_noop("The organisation is missing. Write its name or its code.")
UNKNOWN_BODY = gettext_noop("No organisation is called “%(text)s”. Write its full name as in Linli, or its code.")
LIKELY_BODY = gettext_noop("No organisation is called “%(text)s”. Did you mean %(likely)s? Write its full name.")
UNKNOWN_CODE = gettext_noop(
    "No organisation has the code “%(text)s”. Correct it, or empty the cell and write the name."
)
MANY_BODIES = gettext_noop(
    "More than one organisation is called “%(text)s” (codes %(codes)s). Write its code in a column 党组织代码."
)
DISAGREE = gettext_noop("The code %(number)s belongs to %(name)s, not to “%(text)s”. Correct one of the two.")


def body_reader(organisations: Mapping[str, str], given: str) -> Callable[[tuple[Cell, Cell]], str]:
    """Return the reader of a (name, code) pair of cells; it returns the code of the organisation.

    `organisations` is code → name; names may repeat, then only a code tells them apart. `given` is the code for rows
    that name none, or "". The refusal's `field` says which of the two cells is at fault.
    """
    codes_of: dict[str, list[str]] = defaultdict(list)
    for code, name in organisations.items():
        codes_of[plain(name)].append(code)

    def read(cells: tuple[Cell, Cell]) -> str:
        text, code = plain(cells[0]), plain(cells[1])
        codes = codes_of.get(text) or ([text] if text in organisations else [])
        if code and code not in organisations:
            raise Refusal("roster.body_code_unknown", UNKNOWN_CODE, field="organisation_code", text=code)
        if text and not codes:
            raise _unknown(text, organisations)
        if code and text and code not in codes:
            raise Refusal(
                "roster.body_disagree", DISAGREE, field="organisation", number=code, name=organisations[code], text=text
            )
        if len(codes) > 1 and not code:
            raise Refusal(
                "roster.body_many", MANY_BODIES, field="organisation", text=text, codes="、".join(sorted(codes))
            )
        found = code or (codes[0] if codes else given)
        if not found:
            raise Refusal("roster.body_missing", NO_BODY, field="organisation")
        return found

    return read


def _unknown(text: str, organisations: Mapping[str, str]) -> Refusal:
    names = set(organisations.values())
    likely = [name for name in sorted(names) if text in name or name in text][:3]
    likely = likely or difflib.get_close_matches(text[:40], names, n=1, cutoff=0.6)
    if likely:
        return Refusal("roster.body_unknown", LIKELY_BODY, field="organisation", text=text, likely="、".join(likely))
    return Refusal("roster.body_unknown", UNKNOWN_BODY, field="organisation", text=text)
