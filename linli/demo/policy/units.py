"""The 28 branches, at every depth of the tree."""

from __future__ import annotations

from dataclasses import dataclass

from linli.demo.policy.tree import COMMUNITIES


@dataclass(frozen=True, slots=True)
class Unit:
    """A branch: its place's code, its name, the code of the body above, its members."""

    place: str
    name: str
    above: str
    community: str
    members: int

    @property
    def code(self) -> str:
        """The code of the branch."""
        return f"{self.place}-ZB"


def units() -> tuple[Unit, ...]:
    """Return the 28 branches, each estate's before its courtyards'."""
    found: list[Unit] = []
    for community in COMMUNITIES:
        for estate in community.estates:
            place = f"{community.code}-{estate.code}"
            own = Unit(place, f"{estate.name}小区党支部", f"{community.code}-ZZ", community.code, estate.members)
            found.append(own)
            found += [
                Unit(f"{place}-{yard.code}", f"{yard.name}院落党支部", own.code, community.code, yard.members)
                for yard in estate.yards
            ]
    return tuple(found)
