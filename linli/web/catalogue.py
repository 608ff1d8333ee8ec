"""Message catalogues: compiles what is older than its source, and derives traditional Chinese."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def compile_messages(package: Path = PACKAGE) -> int:
    """Compile each `django.po` whose `.mo` is missing or older; return how many were compiled.

    Traditional Chinese is made from simplified by OpenCC at the same time. Writes beside the source; where
    the folder cannot be written the catalogues must have been compiled at installation.
    """
    done = 0
    for source in sorted(package.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        derived = source.parents[2] / "zh_Hant" / "LC_MESSAGES" / "django.mo"
        stamp = source.stat().st_mtime
        if all(file.exists() and file.stat().st_mtime >= stamp for file in (target, derived)):
            continue
        _compile(source, target, derived)
        done += 1
    return done


def _compile(source: Path, target: Path, derived: Path) -> None:
    from opencc import OpenCC

    with source.open("rb") as file:
        messages = read_po(file)
    messages.locale = "zh_Hans"  # gettext takes the plural rule from the header, which extraction leaves empty
    with target.open("wb") as file:
        write_mo(file, messages)
    convert = OpenCC("s2t").convert
    for message in messages:
        if message.id and message.string:
            text = message.string
            message.string = convert(text) if isinstance(text, str) else tuple(convert(part) for part in text)
    derived.parent.mkdir(parents=True, exist_ok=True)
    with derived.open("wb") as file:
        write_mo(file, messages)
