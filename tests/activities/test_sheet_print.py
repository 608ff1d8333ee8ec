"""The sheet to sign, on real paper: printed by Chromium, read back page by page."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from linli.access.roles import Role
from linli.lib.clock import CHINA
from linli.members.models import Member, Membership
from tests.activities.making import planned

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def printed(html: str, folder: Path) -> list[str]:
    """Return the text of each page of `html` as Chromium prints it."""

    def style(found: re.Match[str]) -> str:
        name = re.sub(r"\.[0-9a-f]{12}\.css$", ".css", found[1].removeprefix(settings.STATIC_URL))
        return f"<style>{Path(finders.find(name)).read_text()}</style>"

    source, paper = folder / "sheet.html", folder / "sheet.pdf"
    source.write_text(re.sub(r'<link rel="stylesheet" href="([^"]+)">', style, html))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/own"]
    subprocess.run([CHROMIUM, *flags, f"--print-to-pdf={paper}", source.as_uri()], check=True, capture_output=True)
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM or not shutil.which("pdftotext"), reason="needs Chromium and pdftotext")
def test_a_long_sheet_begins_on_its_first_page_and_every_page_says_what_it_is(world, as_user, tmp_path):
    body = world.bodies["BY1"]
    for number in range(40):
        member = Member.objects.create(
            number=f"LANG-{number}", name=f"长签{number}", member_class=world.member.member_class
        )
        Membership.objects.create(member=member, body=body, valid_from=date(2026, 1, 1))
    activity = planned(world, title="长签到", starts_at=datetime(2026, 10, 12, 19, 30, tzinfo=CHINA))
    client = as_user(world.user(Role.SECRETARY, "BY1"))
    pages = printed(client.get(reverse("activity-sheet", args=[activity.pk])).text, tmp_path)
    assert len(pages) > 1
    assert "2026年10月12日 19:30" in pages[0]
    assert re.search(r"应到 45 人\s*实到 ____ 人", pages[0])
    assert "LANG-1" in pages[0]
    for number, page in enumerate(pages, 1):
        assert "长签到" in page
        assert "签名" in page
        assert re.search(rf"\b{number}\s*/\s*{len(pages)}\b", page)
