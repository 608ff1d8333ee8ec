"""Every rule that can be checked, from the `RULES` of all policy modules; `docs/rules.md` is written from them."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import linli
from linli.lib.rulebook import Rule


def rulebook() -> dict[str, list[Rule[Any]]]:
    """Return the rules of each app that has some, in the order in which its modules list them. Needs no Django."""
    found: dict[str, list[Rule[Any]]] = {}
    for app in pkgutil.iter_modules(linli.__path__):
        if not app.ispkg or find_spec(f"linli.{app.name}.policy") is None:
            continue
        policy = import_module(f"linli.{app.name}.policy")
        for module in pkgutil.iter_modules(policy.__path__, f"{policy.__name__}."):
            listed = getattr(import_module(module.name), "RULES", ())
            rules = [rule for rule in listed if isinstance(rule, Rule)]
            if rules:
                found.setdefault(app.name, []).extend(rules)
    return found
