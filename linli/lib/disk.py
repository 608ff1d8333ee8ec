"""Files that a person names on the command line: read whole, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from linli.lib.errors import Refusal
from linli.lib.faults import reason
from linli.lib.words import gettext_noop


def read(file: Path, *, most: int) -> bytes:
    """Return what is in `file`. Refused: a file that cannot be read, or that holds more than `most` bytes."""
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as fault:
        raise Refusal(
            "file.unreadable", gettext_noop("%(file)s cannot be read: %(why)s."), file=file, why=reason(fault)
        ) from None
    if len(data) > most:
        raise Refusal(
            "file.too_large",
            gettext_noop("%(file)s is larger than %(limit)d MB: take out what does not belong into it."),
            file=file,
            limit=most // 2**20,
        )
    return data


def write(file: Path, content: bytes, *, beside: Path | None = None) -> None:
    """Write `content` into `file`, whole or not at all: what stood there before stays until then.

    Refused: a file that cannot be written, and the file `beside`, which the content was made from.
    """
    try:
        if beside is not None and file.resolve() == beside.resolve():
            raise Refusal(
                "file.same", gettext_noop("%(file)s would be overwritten: name another file for the copy."), file=file
            )
        if file.exists() and not file.is_file():  # a device, or a folder, which refuses
            file.write_bytes(content)
        else:
            _replace(file, content)
    except OSError as fault:
        raise Refusal(
            "file.unwritable", gettext_noop("%(file)s cannot be written: %(why)s."), file=file, why=reason(fault)
        ) from None


def _replace(file: Path, content: bytes) -> None:
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
