"""Pictures made safe: only pixels survive. No Django, no database."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from linli.lib.errors import Refusal
from linli.lib.words import gettext_noop

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = {"JPEG": 120_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
"""By format, before decoding; a JPEG is decoded at reduced size, the others whole."""
MAX_SIDE = 2000
QUALITY = 82
_MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}
_FOREIGN = (b"<script", b"<html", b"<!doctype", b"<svg", b"%pdf-")


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A JPEG that we encoded ourselves, at most 2000 pixels a side, without metadata."""

    data: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """SHA-256 of the cleaned bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def clean_photo(data: bytes) -> CleanPhoto:
    """Return the picture in `data`, re-encoded; the camera's turn is applied, then all metadata is gone.

    Refused, each with one sentence: empty, over 20 MB, not a JPEG, PNG or WebP by content (SVG, HTML, GIF,
    junk), a picture that is another kind of file as well, too many pixels, damaged.
    """
    kind = _kind(data)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the PDF library turns it on for the whole process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # the PDF library switches it on for the whole process
            opened = Image.open(io.BytesIO(data), formats=[kind])
        if opened.width * opened.height > MAX_PIXELS[kind]:
            raise _too_large(opened.width, opened.height)
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))
        picture = ImageOps.exif_transpose(opened)
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        return _encoded(_opaque(picture))
    except Image.DecompressionBombError as bomb:
        raise Refusal(
            "photo-pixels", gettext_noop("The photo has far too many pixels; take it again smaller."), field="photo"
        ) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as fault:
        raise Refusal(
            "photo-damaged",
            gettext_noop(
                "The photo cannot be read: the file is damaged or cut short. Send it again or take a new one."
            ),
            field="photo",
        ) from fault


def _kind(data: bytes) -> str:
    if not data:
        raise Refusal("photo-empty", gettext_noop("The photo file is empty; choose it again."), field="photo")
    if len(data) > MAX_BYTES:
        raise Refusal(
            "photo-bytes",
            gettext_noop("The photo file is larger than %(limit)s MB; take it again smaller."),
            field="photo",
            limit=MAX_BYTES // 1024 // 1024,
        )
    kind = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), "")
    if not kind or (kind == "WEBP" and data[8:12] != b"WEBP"):
        raise Refusal(
            "photo-type",
            gettext_noop("This file is not a photo: only JPEG, PNG and WebP pictures are taken."),
            field="photo",
        )
    lowered = data.lower()
    if any(mark in lowered for mark in _FOREIGN):
        raise Refusal(
            "photo-mixed",
            gettext_noop("This picture carries another kind of file inside; take a new photo with the camera."),
            field="photo",
        )
    return kind


def _too_large(width: int, height: int) -> Refusal:
    return Refusal(
        "photo-pixels",
        gettext_noop("The photo has too many pixels (%(width)s × %(height)s); take it again smaller."),
        field="photo",
        width=width,
        height=height,
    )


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _encoded(picture: Image.Image) -> CleanPhoto:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return CleanPhoto(out.getvalue(), bare.width, bare.height)
