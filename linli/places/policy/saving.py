"""What must hold of a proven map before it is saved as the grid of a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop
from linli.places.policy.features import Cells
from linli.places.policy.households import ListCover
from linli.places.policy.survey import Survey
from linli.places.policy.titles import is_numbered

MAX_CODE, MAX_NAME = 40, 80
_DIGITS = 3
EARLIEST = date(1949, 10, 1)
AHEAD = timedelta(days=3660)
_SHOWN = 3


def check_survey(survey: Survey) -> None:
    """Refuse a map with faults, and codes or names that cannot be kept."""
    if not survey.report.is_sound:
        raise Refusal(
            "grid.faults",
            gettext_noop("The map has %(count)d faults, so nothing is saved: mend them and send it again."),
            count=len(survey.report.faults),
        )
    for number, (code, name) in enumerate(zip(survey.cells.ids, survey.cells.names, strict=True), 1):
        if is_numbered(code):
            raise Refusal(
                "grid.no_code",
                gettext_noop("Feature %(number)d has no code: give every cell one of its own (property code)."),
                number=number,
            )
        if len(code) > MAX_CODE or len(name) > MAX_NAME:
            raise Refusal(
                "grid.long_title",
                gettext_noop(
                    "Feature %(number)d: a code has at most %(code)d characters and a name %(name)d; shorten them."
                ),
                number=number,
                code=MAX_CODE,
                name=MAX_NAME,
            )


def check_prefix(prefix: str) -> None:
    """Refuse a beginning by which codes of new cells could not be kept."""
    if is_numbered(prefix) or len(prefix) + _DIGITS > MAX_CODE:
        raise Refusal(
            "grid.prefix",
            gettext_noop("Codes cannot begin with %(prefix)s: begin with a letter, at most %(most)d characters."),
            field="prefix",
            prefix=prefix[:60],
            most=MAX_CODE - _DIGITS,
        )


def check_since(since: date, today: date, reason: str) -> None:
    """Refuse a first day that cannot be, and one before `today` for which no `reason` is given."""
    if not EARLIEST <= since <= today + AHEAD:
        raise Refusal(
            "grid.since",
            gettext_noop("A grid cannot begin on %(day)s: give a day since 1949 and within ten years."),
            field="since",
            day=since,
        )
    if since < today and not reason.strip():
        raise Refusal(
            "grid.since_reason",
            gettext_noop("%(day)s is before today: say why the map holds from that day on, or give today."),
            field="reason",
            day=since,
        )


def check_follows(since: date, today: date, newest: date | None, saved: date | None) -> None:
    """Refuse a first day at which the `newest` grid of the place, saved on the day `saved`, would be rewritten.

    One that was saved `today` is no history yet: it may be replaced by another of the same first day (ADR 122).
    """
    if newest is not None and since < newest:
        raise Refusal(
            "grid.since_early",
            gettext_noop("There is a grid from %(newest)s on: the new one must begin on that day or later."),
            field="since",
            newest=newest,
        )
    if since == newest and saved != today:
        raise Refusal(
            "grid.since_kept",
            gettext_noop("The grid from %(newest)s on was not saved today, so it stays: give a later day."),
            field="since",
            newest=newest,
        )


def listed(cells: Cells) -> dict[str, tuple[str, ...]]:
    """Return cell code → codes of the places listed at it; empty where the file lists none."""
    return dict(zip(cells.ids, cells.places, strict=True)) if cells.places else {}


def check_list(places_of: Mapping[str, Iterable[str]], places: Iterable[str]) -> None:
    """Refuse a list that names a place that is not there (`places`), or one place in two cells."""
    known_places = set(places)
    first: dict[str, str] = {}
    for cell, codes in places_of.items():
        for code in codes:
            if code not in known_places:
                raise Refusal(
                    "grid.list_place",
                    gettext_noop("Cell %(cell)s lists %(place)s, which is no place here: mend that code."),
                    cell=cell,
                    place=code[:MAX_CODE],
                )
            if first.setdefault(code, cell) != cell:
                raise Refusal(
                    "grid.list_twice",
                    gettext_noop("%(place)s is listed in two cells, %(first)s and %(second)s: leave it in one."),
                    place=code,
                    first=first[code],
                    second=cell,
                )


def check_doors(cover: ListCover, code_of: Mapping[str, str]) -> None:
    """Refuse a list that leaves a door out or puts it into two cells; `code_of`: path → code."""
    if cover.missing:
        raise Refusal(
            "grid.doors_missing",
            gettext_noop("%(count)d doors are in no cell (%(some)s): list them or their buildings at a cell."),
            count=len(cover.missing),
            some=_some(cover.missing, code_of),
        )
    if cover.doubled:
        raise Refusal(
            "grid.doors_doubled",
            gettext_noop("%(count)d doors are in two cells (%(some)s): list their buildings at one cell only."),
            count=len(cover.doubled),
            some=_some(cover.doubled, code_of),
        )


def _some(paths: Sequence[str], code_of: Mapping[str, str]) -> str:
    return ", ".join(code_of[path] for path in paths[:_SHOWN]) + (" …" if len(paths) > _SHOWN else "")
