"""No text without its Chinese: the catalogues are extracted afresh and compared."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[2] / "linli"
PARTS = sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists())


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed (Debian package: gettext)")
@pytest.mark.parametrize("part", PARTS)
def test_every_text_has_its_chinese(part: str, tmp_path: Path):
    copy = tmp_path / part
    shutil.copytree(PACKAGE / part, copy, ignore=shutil.ignore_patterns("*.mo", "static", "migrations"))
    (copy / "locale").mkdir(exist_ok=True)
    command = ["django-admin", "makemessages", "-l", "zh_Hans", "--no-location", "--no-obsolete"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    catalogue = copy / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    if not catalogue.exists():
        return
    with catalogue.open("rb") as file:
        messages = list(read_po(file, locale="zh_Hans"))
    missing = [m.id for m in messages if m.id and (m.fuzzy or not said(m.string))]
    assert missing == []


def test_a_text_has_one_chinese_in_all_apps():
    """The catalogues become one, so a second translation of the same text would be said in the other app as well."""
    spoken: dict[str, dict[str, str]] = defaultdict(dict)
    for catalogue in sorted(PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        with catalogue.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                string = message.string if isinstance(message.string, str) else message.string[0]
                spoken[str(message.id)][string] = catalogue.parents[3].name
    assert {text: said for text, said in spoken.items() if text and len(said) > 1} == {}


def said(string: str | tuple[str, ...]) -> bool:
    """Chinese has one plural form; an extraction may add an empty second one."""
    return bool(string if isinstance(string, str) else string[0])


def test_no_page_or_paper_names_a_language_of_its_own():
    """Fonts, hyphens and readers choose by it: it is the language of the page."""
    pages = [path for path in PACKAGE.glob("*/templates/**/*.html") if '<html lang="' in path.read_text("utf-8")]
    assert len(pages) > 5
    assert [path.name for path in pages if '<html lang="{' not in path.read_text("utf-8")] == []
