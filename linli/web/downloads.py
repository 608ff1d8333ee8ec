"""Files that a page gives: named, and never kept in a cache on the way."""

from __future__ import annotations

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


def download(content: bytes, name: str, *, kind: str = "", shown: bool = False) -> HttpResponse:
    """Return the file `name` of `kind` (default: its ending) to be saved, or (`shown`) to be looked at and printed.

    Raises KeyError for a kind that is not in `TYPES`.
    """
    disposition = content_disposition_header(as_attachment=not shown, filename=name) or ""
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[kind or PurePath(name).suffix], headers=headers)
