"""Pages as PDF. Needs Pango and a Chinese font, which come from the system."""

from __future__ import annotations

import ctypes
from functools import cache

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Library → Debian package."""
FONT_PACKAGE = "fonts-noto-cjk"
CHINESE = b":lang=zh-cn"


def pdf(html: str) -> bytes:
    """Return the HTML document as PDF; it may name no file and no address: everything is inside it.

    Raises Refusal, naming the Debian packages, where the system lacks a library or has no Chinese font.
    """
    packages = missing_packages()
    if packages:
        raise _without(packages)
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise _without(tuple(LIBRARIES.values())) from error
    made: bytes = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"})).write_pdf()
    return made


@cache
def missing_packages() -> tuple[str, ...]:
    """Return the Debian packages whose library, or Chinese font, this system lacks; asked once a process."""
    missing = tuple(package for library, package in LIBRARIES.items() if _load(library) is None)
    return missing if "libfontconfig1" in missing or _has_chinese_font() else (*missing, FONT_PACKAGE)


def _load(library: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(library)
    except OSError:
        return None


def _has_chinese_font() -> bool:
    """Ask fontconfig, as Pango will, whether any font covers simplified Chinese."""
    library = _load("libfontconfig.so.1")
    if library is None:
        return False
    for name in ("FcNameParse", "FcObjectSetCreate", "FcFontList"):
        getattr(library, name).restype = ctypes.c_void_p
    library.FcNameParse.argtypes = [ctypes.c_char_p]
    library.FcFontList.argtypes = [ctypes.c_void_p] * 3
    pattern, objects = library.FcNameParse(CHINESE), library.FcObjectSetCreate()
    found = library.FcFontList(None, pattern, objects)
    count = ctypes.cast(found, ctypes.POINTER(ctypes.c_int)).contents.value if found else 0
    library.FcFontSetDestroy.argtypes = library.FcPatternDestroy.argtypes = [ctypes.c_void_p]
    library.FcObjectSetDestroy.argtypes = [ctypes.c_void_p]
    if found:
        library.FcFontSetDestroy(found)
    library.FcObjectSetDestroy(objects)
    library.FcPatternDestroy(pattern)
    return count > 0


def _without(packages: tuple[str, ...]) -> Refusal:
    return Refusal(
        "pdf-library",
        gettext_noop("PDF cannot be made here: install the Debian packages %(packages)s."),
        packages=" ".join(packages),
    )
