"""Rows, problems and differences in words of the reader's language; `say` translates a msgid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from linli.files.policy.problems import Problem
from linli.lib.words import Labelled, gettext_noop
from linli.members.policy.columns import BY_FIELD
from linli.members.policy.kinds import Education, Sex, Stage, Title

Say = Callable[[str], str]

KINDS: Mapping[str, type[Labelled]] = {"sex": Sex, "stage": Stage, "education": Education, "posts": Title}
NOTHING = gettext_noop("(empty)")
MOBILE = 11


def say_problem(problem: Problem, say: Say) -> str:
    """Return what a problem says, without its place."""
    text = say(problem.message)
    return text % problem.values if problem.values else text


def say_field(field: str, say: Say) -> str:
    """Return the name of a column."""
    return say(BY_FIELD[field].label)


def say_value(field: str, value: object, names: Mapping[str, Mapping[str, str]], say: Say) -> str:
    """Return a value of a row in words; `names` gives code → name for the fields that hold codes."""
    if not value:
        return say(NOTHING)
    if isinstance(value, tuple):
        return "、".join(say_value(field, each, names, say) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if field in KINDS:
        return say(KINDS[field](str(value)).label)
    return names.get(field, {}).get(str(value), str(value))


def mask_phone(phone: str) -> str:
    """Return a phone number with its middle hidden: 13800000001 → 138****0001; of others the last two stay."""
    if len(phone) == MOBILE and phone.isdigit():
        return f"{phone[:3]}****{phone[-4:]}"
    return f"****{phone[-2:]}" if phone else ""
