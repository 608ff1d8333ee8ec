"""The feedback slips to home units on paper: one PDF, or one for each home unit."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from linli.activities.queries.feedback import Slip
from linli.files import documents
from linli.lib.quarter import Quarter


def pdf(found: Sequence[Slip], body: Any, quarter: Quarter, today: date) -> bytes:
    """Return the slips as PDF, a page each; of a quarter that still runs they say so, with the day."""
    shown = {"slips": found, "body": body, "quarter": quarter, "today": today, "running": today < quarter.after}
    return documents.pdf(render_to_string("activities/feedback_slips.html", shown))


def packed(found: Sequence[Slip], body: Any, quarter: Quarter, today: date) -> bytes:
    """Return a ZIP with one PDF for each home unit."""
    units: dict[str, list[Slip]] = defaultdict(list)
    for each in found:
        units[each.check_in.home_unit].append(each)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (unit, own) in enumerate(sorted(units.items()), start=1):
            archive.writestr(f"{number:02d}-{_file_name(unit)}-{quarter}.pdf", pdf(own, body, quarter, today))
    return file.getvalue()


def _file_name(text: str) -> str:
    """Return `text` without the signs that a file name cannot have."""
    return re.sub(r"[^\w-]", "", text)[:40]
