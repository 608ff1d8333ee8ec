"""What the system says when a file cannot be read or written, in words that can be translated."""

from __future__ import annotations

import errno

from linli.lib.words import Labelled, gettext_noop


class Fault(Labelled):
    """Common faults of files by the system's name of their error."""

    MISSING = "ENOENT", gettext_noop("there is no such file or folder")
    FOLDER = "EISDIR", gettext_noop("it is a folder")
    NO_FOLDER = "ENOTDIR", gettext_noop("a part of its path is no folder")
    DENIED = "EACCES", gettext_noop("it is not allowed")
    FORBIDDEN = "EPERM", gettext_noop("it is not allowed")
    FULL = "ENOSPC", gettext_noop("the disk is full, make room first")
    LONG = "ENAMETOOLONG", gettext_noop("the name is too long")


def reason(fault: OSError) -> Fault | str:
    """Return why a file could not be read or written: in our words where we have them, else the system's."""
    name = errno.errorcode.get(fault.errno or 0, "")
    return Fault(name) if name in set(Fault) else fault.strerror or type(fault).__name__
