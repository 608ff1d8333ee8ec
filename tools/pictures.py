"""Take the pictures of the README and the guides from the demonstration, in headless Chromium.

uv run python tools/pictures.py [DATA FOLDER OF A DEMONSTRATION]

In the folder a map is left that waits; without a folder a demonstration is made for the pictures alone.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PHONE, DESK = 390, 1180
DIVIDED = "JM"
SHOTS = [  # name, user (empty: visitor), address, width, height
    ("home", "", "/", PHONE, 844),
    ("walls", "", "/walls/", PHONE, 844),
    ("wall", "", "/walls/{wall}/", PHONE, 844),
    ("report", "", "/walls/{wall}/report/", PHONE, 844),
    ("echo", "", "/echo/", PHONE, 844),
    ("calendar", "", "/calendar/", PHONE, 844),
    ("map", "", "/map/", DESK, 900),
    ("cell", "", "/map/cells/{grid}/{cell}/", PHONE, 844),
    ("bulletin", "", "/bulletins/{bulletin}/", PHONE, 844),
    ("desk", "shuji.honting", "/desk/", PHONE, 844),
    ("desk-issues", "shequ.jinmao", "/desk/issues/", DESK, 900),
    ("desk-points", "shuji.honting", "/desk/points/", DESK, 900),
    ("activities", "shuji.honting", "/desk/activities/", DESK, 900),
    ("minutes", "shuji.honting", "/desk/activities/{minuted}/minutes/", PHONE, 1100),
    ("members", "shuji.honting", "/desk/members/", DESK, 900),
    ("elections", "jiedao", "/desk/elections/", DESK, 900),
    ("organisations", "jiedao", "/desk/organisations/", DESK, 900),
    ("institutions", "jiedao", "/desk/institutions/", DESK, 900),
    ("accounts", "jiedao", "/desk/accounts/", DESK, 900),
    ("doors", "shequ.jinmao", "/desk/doors/", DESK, 900),
    ("cells", "shequ.jinmao", "/desk/doors/cells/", DESK, 900),
    ("sizes", "shequ.jinmao", "/desk/doors/sizes/", DESK, 900),
    ("division", "shequ.jinmao", "/desk/grid/proposals/{plan}/figures/?least=120&most=240", DESK, 1100),
    ("map-editing", "shequ.jinmao", "/desk/grid/proposals/{plan}/edit/", DESK, 1000),
    ("me", "dangyuan", "/me/", PHONE, 844),
    ("identity", "dangyuan", "/me/identity/", PHONE, 844),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepared() -> tuple[dict[str, str], dict[str, str]]:
    """Return what the addresses name, and sessions by user name."""
    import django

    django.setup()
    from linli.accounts.models import User
    from linli.activities.models import Minutes
    from linli.places.models import Cell
    from linli.points.models import Bulletin
    from linli.walls.models import Wall
    from tests.sessions import session_of

    cell = Cell.objects.filter(grid__place__code=DIVIDED).order_by("code").first()
    names = {
        "grid": DIVIDED,
        "cell": cell.code,
        "plan": str(planned().pk),
        "wall": Wall.objects.filter(level="child", issues__state="open").order_by("code").first().code,
        "bulletin": str(Bulletin.objects.filter(state="published").order_by("-month").first().pk),
    }
    names["minuted"] = str(Minutes.objects.filter(activity__body__code="JM-HT-ZB").latest("final_at").activity_id)
    users = {user for _name, user, *_rest in SHOTS if user}
    return names, {user: session_of(User.objects.get(username=user)) for user in users}


def planned() -> object:
    """Return a map that waits in the demonstration: a community divided anew from the sample of its buildings."""
    from linli.access.decide import SYSTEM
    from linli.lib.clock import local_date, now
    from linli.places import services
    from linli.places.models import Place
    from linli.places.policy.datum import Datum
    from linli.places.policy.sending import Sent

    return services.propose_division(
        Place.objects.get(code=DIVIDED),
        sent=Sent((ROOT / "docs" / "samples" / "jm-buildings.geojson").read_bytes(), b"", "code", "", "", ""),
        datum=Datum.WGS84,
        least=120,
        most=240,
        since=local_date(now()),
        by=SYSTEM,
        now=now(),
        key=f"pictures-{time.time_ns()}",
    )


def main() -> None:
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    data = given or Path(tempfile.mkdtemp(prefix="linli-pictures-"))
    os.environ.update(LINLI_DATA=str(data), LINLI_DEMO="1", DJANGO_SETTINGS_MODULE="linli.project.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sys.path.insert(0, str(ROOT))
    if given is None:
        subprocess.run([sys.executable, "-m", "linli", "demo", "--no-serve"], check=True, cwd=ROOT)
    names, sessions = prepared()
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "linli", "serve", "--port", str(port)], cwd=ROOT)
    try:
        shoot(f"http://127.0.0.1:{port}", names, sessions)
    finally:
        server.terminate()
        server.wait(10)


def shoot(url: str, names: dict[str, str], sessions: dict[str, str]) -> None:
    from playwright.sync_api import sync_playwright

    for _ in range(100):
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=2)  # noqa: S310 -- our own server
            break
        except OSError:
            time.sleep(0.2)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name, user, address, width, height in SHOTS:
            context = browser.new_context(viewport={"width": width, "height": height})
            if user:
                context.add_cookies([{"name": "sessionid", "value": sessions[user], "url": url}])
            page = context.new_page()
            answer = page.goto(url + address.format(**names))
            print(name, answer.status)
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main()
