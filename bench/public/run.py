"""The call page and the partner finder at the demonstration university, and again with 6,000 organisations and 5,000 projects more.

    python bench/public/run.py [--seconds 3] [--organisations 6000] [--projects 5000]

Each page is asked for in this process, through every middleware, on SQLite; numbers are processor time of one core, so that a busy machine
does not count; network and web server stand outside. Targets: as many queries in both, at most 1.5 times the time, and a call page that
moves at most 150 kB (gzipped, with its styles; the map stands in it).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PAGES = {
    "the call page": "/en/icm/2022/",
    "a country of the call": "/nl/icm/2022/ethiopia/",
    "the partner finder": "/en/partners/",
    "the finder, by words": "/en/partners/?q=university",
    "the finder, page 2": "/nl/partners/?page=2",
    "a project": "/en/projects/icm-2022-ethiopia/",
}
READS_EVERY_ROW = {"the finder, by words"}  # what a search in names costs; it has no target, and is printed so that it stays known
TIMES, KILOBYTES = 1.5, 150
Measured = dict[str, dict[str, float]]


def main() -> int:
    """Fill two databases, measure in a process of its own for each, print, and return 1 when a target is missed."""
    asked = _options()
    if asked.measure:
        print(json.dumps(measure(asked.seconds)))
        return 0
    with tempfile.TemporaryDirectory() as place:
        small, large = Path(place, "small"), Path(place, "large")
        for data, extra in ((small, (0, 0)), (large, (asked.organisations, asked.projects))):
            started = time.monotonic()
            _run(data, "--fill", *map(str, extra))
            print(f"filled with {extra[0]:,} organisations and {extra[1]:,} projects more: {time.monotonic() - started:.0f} s")
        few, many = (json.loads(_run(data, "--measure", "--seconds", str(asked.seconds))) for data in (small, large))
    return _report(few, many)


def fill(organisations: int, projects: int) -> None:
    """Prepare a database with the demonstration university and so much more."""
    from bench.public.make_folder import write_folder
    from django.utils import timezone

    from goliard.cli.demo import UNIVERSITY
    from goliard.cli.prepare import prepare

    prepare()
    from goliard.apps.transfer.services.load import load_folder
    from goliard.rules.access.actor import system

    load_folder(folder=UNIVERSITY, actor=system("bench"), now=timezone.now())
    if organisations:
        with tempfile.TemporaryDirectory() as folder:
            write_folder(Path(folder), organisations=organisations, projects=projects, home="leiden-university")
            load_folder(folder=Path(folder), actor=system("bench"), now=timezone.now())


def measure(seconds: float) -> Measured:
    """Return, for each page, requests a second of processor time and its queries; for the call page also what it moves in kB."""
    from goliard.cli.django_setup import setup

    setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    found: Measured = {}
    for name, address in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        asked = len(queries)
        assert response.status_code == 200, address
        done, started = 0, time.process_time()
        while time.process_time() - started < seconds:
            client.get(address)
            done += 1
        found[name] = {"rate": done / (time.process_time() - started), "queries": asked, "size": _moved(client, response.content)}
    return found


def _moved(client: object, page: bytes) -> float:
    """The page and the styles that it links, each gzipped, in kB."""
    from django.conf import settings

    sheets = re.findall(rb'rel="stylesheet" href="([^"]+)"', page)
    static = [Path(settings.STATIC_ROOT, sheet.decode().removeprefix("/static/")).read_bytes() for sheet in sheets]
    return sum(len(gzip.compress(part, 6)) for part in (page, *static)) / 1000


def _report(few: Measured, many: Measured) -> int:
    print(f"\n{'':24}{'requests/s':>12}{'with more':>12}{'time':>8}{'queries':>14}")
    missed = False
    for name in PAGES:
        times = few[name]["rate"] / many[name]["rate"]
        queries = f"{few[name]['queries']:.0f} and {many[name]['queries']:.0f}"
        missed |= (times > TIMES and name not in READS_EVERY_ROW) or few[name]["queries"] != many[name]["queries"]
        print(f"{name:24}{few[name]['rate']:>12.0f}{many[name]['rate']:>12.0f}{times:>7.2f}×{queries:>14}")
    size = few["the call page"]["size"]
    print(f"\nThe call page moves {size:.1f} kB gzipped, with its styles and its map (at most {KILOBYTES}).")
    return int(missed or size > KILOBYTES)


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
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--organisations", type=int, default=6000)
    parser.add_argument("--projects", type=int, default=5000)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--fill", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill:
        fill(*asked.fill)
        sys.exit(0)
    return asked


if __name__ == "__main__":
    sys.exit(main())
