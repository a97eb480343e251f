"""The commands of journal and accounts, and the server with its sealer."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.cli.conftest import Installation

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough sentence\n"


def test_the_journal_is_sealed_verified_and_found_out(installations) -> None:
    here = installations.migrated()
    assert "nothing is sealed yet" in here.goliard("journal", "head", expect=1)
    here.goliard("createadmin", "--email", "admin@example.org", "--password-stdin", stdin=PASSWORD)
    assert here.goliard("journal", "verify") == "whole: 0 entries in 0 seals, 2 unsealed, details of 0 erased\n"
    assert here.goliard("journal", "seal") == "2 sealed\n"
    head = here.goliard("journal", "head").strip()
    assert here.goliard("journal", "verify", "--head", head) == "whole: 2 entries in 1 seals, 0 unsealed, details of 0 erased\n"
    assert "head missing: 7:x" in here.goliard("journal", "verify", "--head", "7:x", expect=1)
    here.python("""
        from django.db import connection
        from goliard.apps.journal import triggers
        triggers.remove(connection)
        connection.cursor().execute("UPDATE journal_journalentry SET actor = 'user:somebody-else' WHERE id = 1")
    """)
    said = here.goliard("journal", "verify", expect=1)
    assert said == "changed: entry 1 of seal 1\n1 findings: 2 entries in 1 seals, 0 unsealed, details of 0 erased\n"


# However late a process starts, they meet: a writer stops halfway until something is sealed, a sealer goes on until all is written.
WRITER = """
    import time
    from django.db import transaction
    from django.utils import timezone
    from goliard.apps.journal.models import Seal
    from goliard.apps.journal.services import record
    from goliard.rules.access.actor import system
    for number in range(60):
        while number == 30 and not Seal.objects.exists():
            time.sleep(0.01)
        given = {"actor": system("test"), "verb": "edit", "subject": ("projects.project", str(number)), "now": timezone.now()}
        with transaction.atomic():
            record(**given, details={"n": number})
            record(**given)
"""
SEALER = """
    import time
    from django.utils import timezone
    from goliard.apps.journal.models import JournalEntry
    from goliard.apps.journal.sealing import seal
    while JournalEntry.objects.count() < 240:
        seal(now=timezone.now())
        time.sleep(0.01)
"""


def test_writers_and_sealers_at_once_leave_one_whole_chain(installations) -> None:
    here = installations.migrated()
    with ThreadPoolExecutor(4) as processes:
        for _ in processes.map(here.python, (WRITER, WRITER, SEALER, SEALER)):
            pass  # each raises where its process failed
    here.goliard("journal", "seal")
    told = here.goliard("journal", "verify")
    assert told.startswith("whole: 240 entries in "), told
    assert int(told.split()[4]) > 1  # more than one seal: they did run beside each other


def test_createadmin_refuses_weak_passwords_and_wrong_addresses(installations) -> None:
    here = installations.migrated()
    assert "too short" in here.goliard("createadmin", "--email", "a@example.org", "--password-stdin", stdin="short\n", expect=1)
    assert "valid email" in here.goliard("createadmin", "--email", "nobody", "--password-stdin", stdin=PASSWORD, expect=1)
    assert here.goliard("createadmin", "--email", "A@example.org", "--password-stdin", stdin=PASSWORD) == "a@example.org is administrator\n"
    here.python("""
        from allauth.mfa.totp.internal.auth import TOTP
        from goliard.apps.accounts.models import User
        TOTP.activate(User.objects.get(), "JBSWY3DPEHPK3PXP")
    """)
    here.goliard("createadmin", "--email", "a@example.org", "--forget-second-factor", "--password-stdin", stdin=PASSWORD)
    assert here.python("from allauth.mfa.models import Authenticator; print(Authenticator.objects.count())") == "0"
    count = "from goliard.apps.accounts.models import User; print(User.objects.count())"
    assert here.python(count) == "1"


def test_a_server_answers_seals_and_stops_with_all_it_started(installations) -> None:
    here = installations.migrated()
    (here.folder / "static").mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here.goliard("createadmin", "--email", "admin@example.org", "--password-stdin", stdin=PASSWORD)
    command = [sys.executable, "-m", "goliard", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, env=here.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        status, report = asked(f"http://127.0.0.1:{port}/healthz")
        assert (status, report["status"], report["journal"]["unsealed"]) == (200, "ok", 2)
    finally:
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=120)
    assert server.returncode == 0, said.decode()
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)  # the workers and the sealer are gone too
    assert here.goliard("journal", "verify").startswith("whole: 2 entries in 1 seals, 0 unsealed")  # sealed on the way out


def asked(address: str) -> tuple[int, dict]:
    """Ask until the server listens, for at most three minutes."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{address}: {error.code} {error.read()!r}") from error
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


@pytest.mark.parametrize("words", [("demo", "--port", "1"), ("prepare",), ("journal", "verify")])
def test_a_data_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "file").touch()
    said = Installation(tmp_path / "file" / "var", "").goliard(*words, expect=1)
    assert said.startswith("Error: The folder for Goliard's data cannot be used: ")
    assert said.endswith("GOLIARD_DATA=/another/folder names another.\n")
    assert len(said.splitlines()) == 1


def test_a_port_that_is_taken_is_told_in_one_sentence(installations) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for name in ("serve", "demo"):
            said = installations.migrated().goliard(name, "--port", port, expect=1)
            assert said == f"Error: Nothing can listen on port {port} of 127.0.0.1 (Address already in use). Choose another port.\n"
