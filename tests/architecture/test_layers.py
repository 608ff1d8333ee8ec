"""Two gaps of the import contracts: foreign keys written as strings, and rooms used across apps."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "linli"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
ORDER = next(c for c in CONTRACTS if c["name"] == "Apps import only downward")["layers"]
FLAT = [name.strip() for layer in ORDER for name in layer.split("|")]
OPEN = {"web", "access", "lib", "store"}
PUBLIC_ROOMS = {"services", "queries", "policy"}
WIRING = {"project"}
FILE_ROOMS = {("files", "documents"), ("files", "qr")}  # what `files` is for: documents and pictures of codes
WORD_ROOMS = {("places", "words")}  # desk pages of places stand in `organisations` (ADR 11)


def rank(app: str) -> int:
    return next(index for index, layer in enumerate(ORDER) if app in [n.strip() for n in layer.split("|")])


def test_foreign_keys_point_downward():
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("linli."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or not target.__module__.startswith("linli."):
                continue
            own, other = model._meta.app_label, target._meta.app_label
            if own != other and rank(own) >= rank(other):
                wrong.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert wrong == []


def imports(file: Path) -> list[tuple[str, str]]:
    """(app, room) of each import of another part of the house."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "linli" and len(parts) > 2:
                found.append((parts[1], parts[2]))
    return found


def allowed(own_app: str, own_room: str, app: str, room: str) -> bool:
    if (
        app in OPEN
        or app == own_app
        or own_app in WIRING
        or room in PUBLIC_ROOMS
        or (app, room) in FILE_ROOMS | WORD_ROOMS
    ):
        return True
    return room == "models" and own_room in {"models", "services", "queries", "admin", "verify", "migrations"}


def test_across_apps_only_public_rooms_are_used():
    wrong = []
    for file in PACKAGE.rglob("*.py"):
        relative = file.relative_to(PACKAGE)
        if len(relative.parts) < 2 or "migrations" in relative.parts:
            continue
        own_room = relative.parts[1].removesuffix(".py")
        wrong += [
            f"{relative}: linli.{app}.{room}"
            for app, room in imports(file)
            if not allowed(relative.parts[0], own_room, app, room)
        ]
    assert sorted(set(wrong)) == []


def test_every_part_of_the_house_has_a_layer():
    parts = {p.name for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    assert parts == set(FLAT)


WRITES = {"create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def foreign_writes(file: Path, own_app: str) -> list[str]:
    """Calls such as `Body.objects.create(…)` on a model of another app."""
    tree = ast.parse(file.read_text())
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("linli.")
        for alias in node.names
        if (node.module or "").split(".")[2:3] == ["models"] and (node.module or "").split(".")[1] != own_app
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            root: ast.AST = node.func
            while isinstance(root, (ast.Attribute, ast.Call)):
                root = root.func if isinstance(root, ast.Call) else root.value
            if isinstance(root, ast.Name) and root.id in foreign:
                found.append(f"{file.relative_to(PACKAGE)}:{node.lineno}")
    return found


def test_only_the_owner_writes_its_tables():
    wrong: list[str] = []
    for file in PACKAGE.rglob("*.py"):
        own_app = file.relative_to(PACKAGE).parts[0]
        if "migrations" not in file.parts:
            wrong += foreign_writes(file, own_app)
    assert wrong == []
