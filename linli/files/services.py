"""Keeping of uploads; documents and QR codes for paper."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from linli.files.documents import pdf
from linli.files.letters import check_letter, fill
from linli.files.models import Photo
from linli.files.papers import PaperForm, paper_lines, paper_sealed, paper_table, paper_title, shipped
from linli.files.policy.photos import CleanPhoto, clean_photo
from linli.files.qr import picture as qr_picture

__all__ = [
    "PaperForm",
    "check_letter",
    "fill",
    "keep_clean",
    "keep_photo",
    "paper_lines",
    "paper_sealed",
    "paper_table",
    "paper_title",
    "pdf",
    "qr_picture",
    "shipped",
]


def keep_photo(data: bytes, *, now: datetime) -> Photo:
    """Clean the picture in `data` and keep it under the name of its digest; refusals as in `clean_photo`.

    The same picture twice is kept once. Decoding takes a moment: where a transaction is open already, clean
    before it with `clean_photo` and call `keep_clean` inside.
    """
    return keep_clean(clean_photo(data), now=now)


def keep_clean(photo: CleanPhoto, *, now: datetime) -> Photo:
    """Keep a cleaned picture: the file first (whole or not at all), then its row."""
    digest = photo.digest
    name = f"photos/{digest[:2]}/{digest}.jpg"
    target = Path(settings.MEDIA_ROOT) / name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            file.write(photo.data)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(target)
    kept, _new = Photo.objects.get_or_create(
        digest=digest, defaults={"name": name, "width": photo.width, "height": photo.height, "kept_at": now}
    )
    return kept
