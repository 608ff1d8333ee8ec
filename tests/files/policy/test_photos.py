"""A photo keeps its pixels and nothing else; what is no photo is refused in one sentence."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile

from linli.files.policy.photos import MAX_BYTES, clean_photo
from linli.lib.errors import Refusal


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(out, kind, **more)
    return out.getvalue()


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (28.0, 11.0, 30.0)
    return picture(exif=exif)


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_photos_become_plain_jpeg(kind: str, mode: str):
    clean = clean_photo(picture(kind, mode=mode))
    again = Image.open(io.BytesIO(clean.data))
    assert (again.format, again.mode, again.size) == ("JPEG", "RGB", (60, 40))


def test_metadata_is_gone_and_the_turn_is_applied():
    data = with_gps()
    assert b"SecretCamera" in data
    clean = clean_photo(data)
    assert (clean.width, clean.height) == (40, 60)
    assert b"SecretCamera" not in clean.data
    assert b"Exif" not in clean.data
    assert not Image.open(io.BytesIO(clean.data)).getexif()


def test_large_photos_shrink_to_2000_pixels():
    clean = clean_photo(picture(size=(4000, 3000)))
    assert (clean.width, clean.height) == (2000, 1500)


def test_the_same_photo_gives_the_same_bytes():
    assert clean_photo(picture()).digest == clean_photo(picture()).digest


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that declares side × side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")
    )


BAD = {
    "empty": (b"", "photo-empty"),
    "text": (b"hello", "photo-type"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "photo-type"),
    "html": (b"<!doctype html><p>x", "photo-type"),
    "gif": (picture("GIF"), "photo-type"),
    "riff that is not webp": (b"RIFF\x00\x00\x00\x00WAVEfmt ", "photo-type"),
    "png by name only": (b"\x89PNG\r\n\x1a\nnot really", "photo-damaged"),
    "10 MB junk": (bytes(range(256)) * 40_960, "photo-type"),
    "10 MB junk with a head": (b"\xff\xd8\xff" + b"\x00" * 10_000_000, "photo-damaged"),
    "too many bytes": (b"\xff\xd8\xff" + b"\x00" * MAX_BYTES, "photo-bytes"),
    "cut short": (picture(size=(500, 500), quality=95)[:-300], "photo-damaged"),
    "polyglot": (picture() + b"<script>alert(1)</script>", "photo-mixed"),
    "pdf inside": (picture() + b"%PDF-1.7", "photo-mixed"),
    "bomb": (bomb(8_000), "photo-pixels"),
    "huge bomb": (bomb(60_000), "photo-pixels"),
    "declares more than it holds": (bomb(3_000), "photo-damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as the PDF library leaves it
    data, code = BAD[name]
    with pytest.raises(Refusal) as refused:
        clean_photo(data)
    assert refused.value.code == code
    assert refused.value.field == "photo"
    assert str(refused.value).endswith(".")
