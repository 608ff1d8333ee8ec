"""Builds a data folder for the browser tests: the small subdistrict, one object for each example, sessions.

Run as `python -m tests.browser.site FOLDER [--bare]` in a process of its own (it commits); writes
`FOLDER/pages.json` and `FOLDER/people.json` (sessions of some people; `--bare`: these alone, for journeys).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django


def people(world: object) -> dict[str, str]:
    """Sessions of the people of the journeys."""
    from linli.access.roles import Role
    from tests.sessions import session_of

    return {
        "secretary": session_of(world.user(Role.SECRETARY, "BY1")),
        "deputy": session_of(world.user(Role.DEPUTY, "BY1")),
        "staff": session_of(world.user(Role.COMMUNITY_STAFF, "RC1")),
        "member": session_of(world.member.user),
    }


def main(folder: Path, *, bare: bool) -> None:
    from django.core.management import call_command
    from django.urls import reverse

    from linli.web.access import Need
    from linli.web.catalogue import compile_messages
    from tests.catalogue import visited
    from tests.sessions import session_of
    from tests.world import World, build

    compile_messages()
    call_command("migrate", verbosity=0)
    build()
    world = World()
    (folder / "people.json").write_text(json.dumps(people(world)))
    if bare:
        return
    pages = []
    for name, (example, page) in visited().items():
        if example.visitor is not None:
            session = example.visitor(world)
        elif example.own:
            session = session_of(world.member.user)
        elif page is None or page.need is Need.PUBLIC:
            session = ""
        else:
            session = session_of(world.user(example.role, example.at or "BR1"))
        for state, make in {"": example.kwargs, **example.states}.items():
            address = reverse(name, kwargs=make(world), query=dict(example.query) or None)
            pages.append({"name": name, "state": state, "address": address, "session": session})
    (folder / "pages.json").write_text(json.dumps(pages, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    os.environ.update(LINLI_DATA=str(target), LINLI_DEMO="1", LINLI_DATABASE_URL="")
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.project.settings"
    django.setup()
    main(target, bare="--bare" in sys.argv)
