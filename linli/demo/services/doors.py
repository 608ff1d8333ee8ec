"""Linked households in the estate whose courtyard model is complete; the topmost doors of some are still free."""

from __future__ import annotations

from itertools import cycle

from linli.demo.policy.days import age
from linli.demo.policy.tree import COMMUNITIES, DOORS, HONTING, STAIRWELLS
from linli.demo.services.build import Build
from linli.grid import services as grid
from linli.members import services as members
from linli.members.models import Member
from linli.members.policy.kinds import Title
from linli.places.models import Place

FLOORS = 3
"""Storeys of a stairwell that one member answers for: six doors, one more than the least of the rule."""
EXEMPT = 69
"""Who is older this year is left in peace."""


def link_doors(build: Build) -> None:
    """Let members of each courtyard's branch answer for its doors, half a stairwell each.

    The top floor of the last building of each courtyard is still free.
    """
    first = 1
    for yard in HONTING.yards:
        block = f"{COMMUNITIES[0].code}-{HONTING.code}-{yard.code}"
        last = first + yard.buildings - 1
        people = cycle(_able(build, build.members[build.code(f"{block}-ZB")]))
        for building in range(first, last + 1):
            floors = HONTING.floors - (building == last)
            for stairwell in range(1, STAIRWELLS + 1):
                for lowest in range(1, floors + 1, FLOORS):
                    storeys = range(lowest, min(lowest + FLOORS, floors + 1))
                    _link(build, next(people), _doors(build, f"{block}-{building:02d}-{stairwell}", storeys))
        first = last + 1


def show_some(build: Build) -> None:
    """Let the members of the first courtyard's centre households be shown, name and branch with it."""
    block = f"{COMMUNITIES[0].code}-{HONTING.code}-{HONTING.yards[0].code}"
    for building in range(1, HONTING.yards[0].buildings + 1):
        member = build.posts[build.code(f"{block}-{building:02d}-ZXH"), Title.CENTRE_HOUSEHOLD.value]
        members.show_identity(
            member, full_name=True, branch=True, centre=True, by=build.by, now=build.days.start, key=build.key()
        )


def _doors(build: Build, stairs: str, storeys: range) -> list[Place]:
    return [build.place(f"{stairs}-{floor}{door:02d}") for floor in storeys for door in range(1, DOORS + 1)]


def _able(build: Build, group: list[Member]) -> list[Member]:
    kinds = {"direct", "retired"}
    return [
        m for m in group if m.member_class.code in kinds and m.born_on and age(m.born_on, build.days.as_of) < EXEMPT
    ]


def _link(build: Build, member: Member, doors: list[Place]) -> None:
    since = build.days.start.date()
    grid.link(doors, member=member, since=since, by=build.by, now=build.days.start, key=build.key())
