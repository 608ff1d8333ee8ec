"""Word documents from templates with named fields.

A template comes from people: of Jinja it may use fields, `for` and `if`, nothing that runs or calls (ADR 0075).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, meta, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from linli.files.policy.document import DAMAGED, check_document
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const,
    nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip
_DEEPEST = 2
"""Loops in loops: more would only fill the memory."""
_NAME = re.compile(r"'(\w+)'(?: is undefined)?$")
UNKNOWN = gettext_noop("The template names the field “%(name)s”, which this form does not have. It has: %(known)s.")
SYNTAX = gettext_noop("The template has a mark that cannot be read: %(why)s. Compare it with the template that ships.")
TOO_MUCH = gettext_noop(
    "The template does more than fill in fields (%(what)s). Use fields, “for” and “if” only, and at most two loops "
    "inside each other."
)


class _Fields(ImmutableSandboxedEnvironment):
    """Jinja with fields, `for` and `if` alone; refuses names that are not `known`."""

    def __init__(self, known: Mapping[str, object]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.known = known

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED):
                raise Refusal("letter.too_much", TOO_MUCH, field="file", what=type(node).__name__)
        if _depth(tree) > _DEEPEST:
            raise Refusal("letter.too_much", TOO_MUCH, field="file", what="For")
        for unknown in sorted(meta.find_undeclared_variables(tree) - self.known.keys()):
            raise _unknown(unknown, self.known)
        return tree


def fill(template: bytes, fields: Mapping[str, object]) -> bytes:
    """Return the Word document that `template` makes of `fields`; raises Refusal where it names another field."""
    document = DocxTemplate(io.BytesIO(template))
    try:
        document.render(dict(fields), _Fields(fields), autoescape=True)
    except UndefinedError as error:
        found = _NAME.search(str(error.message))
        raise _unknown(found[1] if found else str(error.message), fields) from error
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def check_letter(data: bytes, name: str, sample: Mapping[str, object]) -> None:
    """Refuse what is no template of the fields in `sample`: it is opened, read, and filled once."""
    check_document(data, name)
    try:
        fill(data, sample)
    except TemplateSyntaxError as error:
        raise Refusal("letter.syntax", SYNTAX, field="file", why=str(error.message)) from error
    except (KeyError, ValueError, TypeError, PackageNotFoundError, LxmlError, TemplateError) as error:
        raise Refusal("document.damaged", DAMAGED, field="file", name=name) from error


def _unknown(field: str, known: Mapping[str, Any]) -> Refusal:
    inner = [f"{name}.{key}" for name, value in known.items() if isinstance(value, list) for key in _keys(value)]
    return Refusal("letter.field", UNKNOWN, field="file", name=field, known="、".join([*known, *inner]))


def _keys(rows: list[Any]) -> list[str]:
    return list(rows[0]) if rows and isinstance(rows[0], Mapping) else []


def _depth(node: nodes.Node) -> int:
    deepest = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return deepest + isinstance(node, nodes.For)
