"""Every truth that must hold of the live data; `linli verify` runs them all."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from linli.lib.invariants import Invariant


def invariants() -> list[Invariant]:
    """Return the invariants of all apps, in the order of the apps."""
    found: list[Invariant] = []
    for config in apps.get_app_configs():
        if config.name.startswith("linli.") and find_spec(f"{config.name}.verify"):
            found += import_module(f"{config.name}.verify").invariants()
    return found
