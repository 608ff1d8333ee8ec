"""Changes of the tree before the year begins: two branches got their names, one its place, one was merged."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.demo.policy import changes
from linli.demo.policy.changes import FORMER_NAMES, FORMER_PARENTS, MERGED, merged_on
from linli.demo.policy.units import units
from linli.demo.services.build import Build
from linli.members import services as members
from linli.organisations import services as organisations


def change_tree(build: Build) -> None:
    """Rename, move and merge what stood otherwise at first, each by its document."""
    planned = {unit.code: unit for unit in units()}
    renamed, moved, merged = changes.on(build.days, 1, 3, 12), changes.on(build.days, 2, 7, 1), merged_on(build.days)
    for number, code in enumerate(FORMER_NAMES, start=4):
        build.bodies[build.code(code)] = organisations.rename_body(
            build.body(code), name=planned[code].name, **_dated(build, renamed, number)
        )
    for number, code in enumerate(FORMER_PARENTS, start=11):
        above = build.body(planned[code].above)
        build.bodies[build.code(code)] = organisations.move_body(
            build.body(code), parent=above, **_dated(build, moved, number)
        )
    members.merge(build.bodies.pop(build.code(MERGED.code)), into=build.body(MERGED.into), **_dated(build, merged, 2))


def _dated(build: Build, on: date, number: int) -> dict[str, Any]:
    document = changes.document(on, number)
    return {"on": on, "document": document, "by": build.by, "now": build.days.start, "key": build.key()}
