"""The ZIP package of a Word document that somebody sends as a template, looked into before any reader opens it."""

from __future__ import annotations

import io
import re
import zipfile

from linli.files.policy.package import UNPACKING, inflate
from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

MAX_DOCUMENT = 2 * 2**20

_LINK = re.compile(rb"""<(?:\w+:)?Relationship\b[^>]*TargetMode=["']External["'][^>]*>""")
_HYPERLINK = b"/hyperlink"
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "activex", "oleobject", "embeddings/")
TOO_LARGE = gettext_noop("%(name)s is larger than a template needs (2 MB). Take the pictures out and send it again.")
DAMAGED = gettext_noop("%(name)s is no Word document (.docx), or damaged. Open it in Word or WPS, save it as .docx.")
ACTIVE = gettext_noop("%(name)s holds macros or embedded objects. Save it as a document without macros (.docx).")
LINKED = gettext_noop("%(name)s loads something from elsewhere (a linked template or picture). Take the link out.")


def check_document(data: bytes, name: str) -> None:
    """Refuse what is no Word document, too large (also unpacked), with macros, objects or links to load from."""
    too_large = Refusal("document.too_large", TOO_LARGE, field="file", name=name)
    if len(data) > MAX_DOCUMENT:
        raise too_large
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = inflate(package, too_large)
    except UNPACKING as error:
        raise Refusal("document.damaged", DAMAGED, field="file", name=name) from error
    if "word/document.xml" not in parts or any(b"<!DOCTYPE" in content[:1000] for content in parts.values()):
        raise Refusal("document.damaged", DAMAGED, field="file", name=name)
    if any(mark in part.lower() for part in parts for mark in _ACTIVE):
        raise Refusal("document.active", ACTIVE, field="file", name=name)
    links = [link for part, content in parts.items() if part.endswith(".rels") for link in _LINK.findall(content)]
    if any(_HYPERLINK not in link for link in links):
        raise Refusal("document.linked", LINKED, field="file", name=name)
