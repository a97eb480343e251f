"""Lists, finder, API, table and import of agreements: with the demonstration's 620, and with 6,000.

    python bench/agreements/run.py [--seconds 1] [--agreements 6000]

Each page is asked for in this process, through every middleware, on SQLite, by an officer; times are processor time of one core, so that a
busy machine does not count. Targets, for pages and API: fewer than 30 queries in both, at most 200 ms with 620. Files and the import
have no target: they are printed so that their cost stays known.
"""

from __future__ import annotations

import argparse
import json
import os
import runpy
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PAGES = {
    "register": "/en/office/agreements/",
    "register, words, page 4": "/en/office/agreements/?q=fictional&sort=-ends&page=4",
    "renewal: never used": "/en/office/agreements/?desk=never-used",
    "renewal: no subject": "/en/office/agreements/?desk=no-subject",
    "renewal: there twice": "/en/office/agreements/?desk=duplicate",
    "register, by subject": "/en/office/agreements/?subject=02&level=6&language=en",
    "balance forecast": "/en/office/balance/",
    "reminders": "/en/office/reminders/",
    "exchange counts": "/en/office/exchange-counts/",
    "fact sheets": "/en/office/fact-sheets/",
    "destinations": "/en/destinations/",
    "destinations, filtered": "/nl/destinations/?subject=02&level=6&language=en",
    "destinations, page 5": "/en/destinations/?page=5",
    "destinations, map": "/en/destinations/?view=map",
}
API = {
    "API: agreements": "/api/v1/agreements?limit=50",
    "API: agreements, page of 200": "/api/v1/agreements?limit=200&state=in-effect",
    "API: places": "/api/v1/places?academic_year=2026/2027&limit=50",
    "API: partners": "/api/v1/partners?limit=50",
}
FILES = {
    "destinations.csv": "/en/destinations.csv",
    "destinations.json": "/en/destinations.json",
    "table.csv": "/en/office/agreements/table.csv",
}
QUERIES, MILLISECONDS = 30, 200
MOST_ROWS = 6_000  # of the table, in the dry run: an import takes 10,000 at most
Measured = dict[str, dict[str, float]]


def main() -> int:
    """Fill two databases, measure in a process of its own for each, print, and return 1 when a target is missed."""
    asked = _options()
    if asked.measure:
        print(json.dumps(measure(asked.seconds)))
        return 0
    with tempfile.TemporaryDirectory() as place:
        small, large = Path(place, "small"), Path(place, "large")
        for data, agreements in ((small, 620), (large, asked.agreements)):
            started = time.monotonic()
            _run(data, "--fill", str(agreements))
            print(f"loaded {agreements:,} agreements: {time.monotonic() - started:.0f} s")
        few, many = (json.loads(_run(data, "--measure", "--seconds", str(asked.seconds))) for data in (small, large))
    return _report(few, many, asked.agreements)


def fill(agreements: int) -> None:
    """Prepare a database with the demonstration university and so many invented agreements."""
    from django.utils import timezone

    from goliard.cli.demo import UNIVERSITY
    from goliard.cli.prepare import prepare

    prepare()
    from goliard.apps.transfer.services.load import load_folder
    from goliard.rules.access.actor import system

    load_folder(folder=UNIVERSITY, actor=system("bench"), now=timezone.now())
    with tempfile.TemporaryDirectory() as folder:
        tool = runpy.run_path(str(ROOT / "tools" / "demo_agreements.py"))
        tool["main"](Path(folder), agreements, agreements * 470 // 620)
        load_folder(folder=Path(folder), actor=system("bench"), now=timezone.now())


def measure(seconds: float) -> Measured:
    """Return milliseconds of processor time and queries of each page and file, and of a dry run of the table's import."""
    from goliard.cli.django_setup import setup

    setup()
    client = _officer()
    found: Measured = {}
    for name, address in PAGES.items():
        client.get(address)
        found[name] = _asked(client, address, seconds)
    machine = _machine()
    found |= {name: _asked(machine, address, seconds) for name, address in API.items()}
    found |= {name: _asked(client, address, 0) for name, address in FILES.items()}
    lines = client.get(FILES["table.csv"]).content.splitlines(keepends=True)
    found["dry run of its rows"] = _dry_run(b"".join(lines[: MOST_ROWS + 1]))
    return found


def _asked(client: Client, address: str, seconds: float) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    started, done = time.process_time(), 0
    while not done or time.process_time() - started < seconds:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        done += 1
    return {"ms": 1000 * (time.process_time() - started) / done, "queries": len(queries)}


def _officer() -> Client:
    from django.test import Client
    from django.utils import timezone

    from goliard.apps.accounts.services import assign_role, invite
    from goliard.rules.access.actor import Role, system

    user = invite(email="bench@example.org", display_name="Bench", actor=system("bench"), now=timezone.now()).user
    assign_role(user=user, role=Role.OFFICER, actor=system("bench"), now=timezone.now())
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _machine() -> Client:
    """A system with an officer's token, which may ask as often as it likes."""
    from datetime import timedelta

    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from goliard.apps.accounts.choices import TokenRole
    from goliard.apps.accounts.models import User
    from goliard.apps.accounts.services.api_tokens import make_api_token
    from goliard.rules.access.actor import system

    settings.GOLIARD_API_PER_MINUTE = 1_000_000
    now, owner = timezone.now(), User.objects.get(email="bench@example.org")
    made = make_api_token(
        name="Bench", owner=owner, role=TokenRole.OFFICER, expires_at=now + timedelta(days=1), actor=system("bench"), now=now
    )
    return Client(headers={"host": "localhost", "authorization": f"Bearer {made.secret}"})


def _dry_run(content: bytes) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils.timezone import localdate

    from goliard.apps.agreements.services.imports.columns import KNOWN, recognised
    from goliard.apps.agreements.services.imports.plan import plan_import
    from goliard.apps.agreements.services.imports.sheets import read_sheet

    started = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        sheet = read_sheet(content, KNOWN)
        plan = plan_import(sheet, recognised(sheet), today=localdate())
    assert plan.faulty_rows, "every agreement is there already"
    return {"ms": 1000 * (time.process_time() - started), "queries": len(queries)}


def _report(few: Measured, many: Measured, agreements: int) -> int:
    print(f"\n{'':28}{'620':>10}{agreements:>10,}{'queries':>14}   (ms of processor time)")
    missed = []
    for name, small in few.items():
        large = many[name]
        print(f"{name:28}{small['ms']:>10.0f}{large['ms']:>10.0f}{small['queries']:>8.0f} / {large['queries']:.0f}")
        if name in PAGES | API and (small["ms"] > MILLISECONDS or max(small["queries"], large["queries"]) >= QUERIES):
            missed.append(name)
    print(
        f"\nMissed: {', '.join(missed)}" if missed else f"\nEvery page: fewer than {QUERIES} queries, at most {MILLISECONDS} ms with 620."
    )
    return int(bool(missed))


def _run(data: Path, *words: str) -> str:
    environment = {
        **os.environ,
        "GOLIARD_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "goliard.project.settings.demo",
        "GOLIARD_DATABASE_URL": "",
    }
    done = subprocess.run([sys.executable, __file__, *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout.splitlines()[-1] if done.stdout else ""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--agreements", type=int, default=6000)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill:
        fill(asked.fill)
        sys.exit(0)
    return asked


if __name__ == "__main__":
    sys.exit(main())
