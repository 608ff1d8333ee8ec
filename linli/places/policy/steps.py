"""Edits of a map that waits, as they are kept: what the cells concerned are afterwards."""

from __future__ import annotations

import json

import shapely

from linli.lib.words import Labelled, gettext_noop
from linli.places.policy.draft import Changes, Content


class EditAction(Labelled):
    """What was done in one edit."""

    MOVE = "move", gettext_noop("A corner was moved")
    BEND = "bend", gettext_noop("An edge was bent")
    DROP = "drop", gettext_noop("A corner was taken out")
    SPLIT = "split", gettext_noop("A cell was divided")
    JOIN = "join", gettext_noop("Two cells were joined")
    DRAW = "draw", gettext_noop("A cell was drawn")
    RENAME = "rename", gettext_noop("Code, name or list of a cell was changed")


def pack(changes: Changes) -> str:
    """Return the changes as JSON."""
    return json.dumps(
        {
            code: None
            if one is None
            else {
                "name": one.name,
                "shape": shapely.to_geojson(one.shape),
                "places": one.places,
                "households": one.households,
            }
            for code, one in changes.items()
        },
        ensure_ascii=False,
    )


def unpack(text: str) -> Changes:
    """Return the changes in JSON that `pack` wrote."""
    return {
        code: None
        if one is None
        else Content(one["name"], shapely.from_geojson(one["shape"]), tuple(one["places"]), one.get("households", ""))
        for code, one in json.loads(text).items()
    }
