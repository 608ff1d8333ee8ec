"""Reads of kept files. Who may see a file is asked by the app that it belongs to."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404

from linli.files.models import Photo


def photo_path(photo: Photo) -> Path:
    """Return where the file of `photo` is; 404 where it is gone."""
    found = Path(settings.MEDIA_ROOT) / photo.name
    if not found.is_file():
        raise Http404
    return found
