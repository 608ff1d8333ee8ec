"""Keeping a photo: one file by digest, one row; nothing but the file is left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import Http404

from linli.files import queries, services
from linli.files.models import Photo
from linli.lib.errors import Refusal
from tests.files.policy.test_photos import picture


def test_a_photo_is_kept_once_under_its_digest(world: Any, settings: Any):
    first = services.keep_photo(picture(), now=world.now)
    second = services.keep_photo(picture(), now=world.now)
    assert first == second
    assert Photo.objects.count() == 1
    files = [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]
    assert files == [Path(settings.MEDIA_ROOT) / first.name]
    assert first.digest in first.name
    assert queries.photo_path(first) == files[0]


def test_a_refused_photo_leaves_nothing(world: Any, settings: Any):
    with pytest.raises(Refusal):
        services.keep_photo(b"junk", now=world.now)
    assert not Photo.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_file_that_is_gone_is_not_found(world: Any):
    photo = services.keep_photo(picture(), now=world.now)
    queries.photo_path(photo).unlink()
    with pytest.raises(Http404):
        queries.photo_path(photo)
