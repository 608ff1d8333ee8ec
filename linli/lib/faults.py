"""What the system says when a file cannot be read or written, in words that can be translated."""

from __future__ import annotations

from linli.lib.words import Labelled, gettext_noop


class Fault(Labelled):
    """Common faults of files by the name of their class in Python."""

    MISSING = "FileNotFoundError", gettext_noop("there is no such file or folder")
    FOLDER = "IsADirectoryError", gettext_noop("it is a folder")
    NO_FOLDER = "NotADirectoryError", gettext_noop("a part of its path is no folder")
    DENIED = "PermissionError", gettext_noop("it is not allowed")


def reason(fault: OSError) -> Fault | str:
    """Return why a file could not be read or written: in our words where we have them, else the system's."""
    name = type(fault).__name__
    return Fault(name) if name in {known.value for known in Fault} else fault.strerror or name
