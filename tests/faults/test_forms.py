"""Every form that takes a file × every bad file: the form comes back with a sentence, nothing is saved.

A form with a new file field fails `test_every_file_field_is_listed` until it stands below.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from linli.files.models import Photo
from linli.members.forms import UploadForm
from linli.members.forms_papers import TemplateForm
from linli.organisations.forms_dividing import DivideForm
from linli.organisations.forms_places import GridForm
from linli.walls.forms import ReportForm
from linli.walls.models import Issue
from tests.catalogue import examples
from tests.digest import digest
from tests.faults.files import MAPS, NOBODY_READS, ROSTERS, Bad, made

UPLOADS: dict[tuple[type[forms.Form], str], str] = {
    (UploadForm, "file"): "members-import",
    (GridForm, "file"): "grid-propose",
    (GridForm, "boundary"): "grid-propose",
    (DivideForm, "file"): "grid-divide",
    (TemplateForm, "file"): "paper-keep",
}
PHOTOS = {(ReportForm, "photo"): "report"}
"""A photo that cannot be taken is left out, the report is kept."""


def below(kind: type) -> set[type]:
    return {kind}.union(*(below(each) for each in kind.__subclasses__()))


def test_every_file_field_is_listed():
    assert get_resolver().url_patterns  # every form is imported with its view
    found = {
        (form, name)
        for form in below(forms.Form)
        if form.__module__.startswith("linli.")
        for name, field in form.base_fields.items()
        if isinstance(field, forms.FileField)
    }
    assert found == UPLOADS.keys() | PHOTOS.keys()


def sent(world: Any, as_user: Any, url: str, field: str, bad: Bad) -> tuple[Any, bool]:
    """Send the example of `url` with a bad file; return the answer, and whether anything was written."""
    example = examples()[url]
    assert example.data is not None
    address = reverse(url, kwargs=example.kwargs(world))
    payload = example.data(world) | {"key": world.key() + "-" * 8, field: SimpleUploadedFile(bad.name, made(bad))}
    client = Client() if url in PHOTOS.values() else as_user(world.user(example.role))
    before = digest()
    return client.post(address, payload), digest() != before


def refused(world: Any, as_user: Any, url: str, field: str, bad: Bad) -> None:
    """The form comes back with one Chinese sentence at the field, and nothing was written."""
    response, written = sent(world, as_user, url, field, bad)
    assert response.status_code == 422
    assert not written
    errors = response.context["form"].errors
    assert list(errors) == [field]
    (said,) = errors[field]
    assert re.search("[一-鿿]", said)
    assert "Error" not in said


@pytest.mark.parametrize("bad", NOBODY_READS)
@pytest.mark.parametrize(("form", "field"), UPLOADS, ids=lambda each: getattr(each, "__name__", each))
def test_what_nobody_can_read(world, as_user, form, field, bad):
    refused(world, as_user, UPLOADS[form, field], field, NOBODY_READS[bad])


@pytest.mark.parametrize(
    ("form", "field", "bad"),
    [
        pytest.param(form, "file", bad, id=f"{form.__name__}: {name}")
        for form, table in ((UploadForm, ROSTERS), (GridForm, MAPS))
        for name, (bad, code) in table.items()
        if code == 2 and name not in {"one bare geometry without a code", "a code of 10,000 signs"}
    ],
)
def test_what_is_wrong_inside(world, as_user, form, field, bad):
    refused(world, as_user, UPLOADS[form, field], field, bad)


@pytest.mark.parametrize("bad", NOBODY_READS)
@pytest.mark.parametrize(("form", "field"), PHOTOS, ids=lambda each: getattr(each, "__name__", each))
def test_a_photo_that_cannot_be_taken_is_left_out(world, as_user, form, field, bad):
    response, _written = sent(world, as_user, PHOTOS[form, field], field, NOBODY_READS[bad])
    assert response.status_code == 302
    assert Issue.objects.count() == 1
    assert not Photo.objects.exists()
