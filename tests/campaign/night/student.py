"""One student on the last evening: opens the round, arranges wishes, writes while the form saves, adds a file, hands in."""

from __future__ import annotations

import http.client
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOKEN = "a" * 32  # of the form and of the cookie: the server compares the two
LATE = "Too late: this arrived at"
PDF = b"%PDF-1.7 a transcript of records"


@dataclass(frozen=True)
class Answered:
    """A request: what it was, when it left and came back (seconds since 1970), and the answer."""

    kind: str
    sent: float
    back: float
    status: int
    location: str
    body: str


@dataclass
class Student:
    """Somebody with a session and a connection. `answered` holds every request in order."""

    number: int
    port: int
    session: str
    known: dict[str, Any]
    answered: list[Answered] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    text: str = ""
    accepted: list[float] = field(default_factory=list)  # when accepted submissions left
    refused: list[float] = field(default_factory=list)
    turned_away: list[float] = field(default_factory=list)  # when beginning was refused

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def evening(self, saves: int, *, before_pressing: Callable[[Student], None]) -> None:
        """Everything up to the receipt; `before_pressing` may wait, or press the button in another window at once."""
        base = self._begin()
        if base is None:
            return
        for revision, destination in enumerate(self.known["destinations"][:2]):
            chosen = [("wish", str(each)) for each in self.known["destinations"][:revision]]
            self._ask("wishes", "POST", f"{base}wishes/", [("seen", str(revision)), *chosen, ("do", f"add:{destination}")], part=True)
        for revision in range(saves):
            text = f"Student {self.number}, sentence {revision}. " * 12
            form = [("seen", str(revision)), (f"answer_{self.known['question']}", text)]
            said = self._ask("autosave", "POST", f"{base}questions/", form, part=True)
            if "Saved at" in said.body:
                self.text = text
            elif LATE not in said.body:
                self.faults.append(f"not saved: {said.body[:300]}")
        self._upload(base)
        self._ask("review", "GET", f"{base}review/")
        before_pressing(self)
        self.submit(base)

    def submit(self, base: str) -> None:
        """Press the button, and note whether the house took it."""
        said = self._ask("submit", "POST", f"{base}submit/", [])
        if said.location == base:
            self.accepted.append(said.sent)
        elif said.location == f"{base}review/":
            self.refused.append(said.sent)
        else:
            self.faults.append(f"submit: {said.status} {said.location}")

    def join(self, window: Student) -> None:
        """Take over what another window of the same student did."""
        window.line.close()
        self.accepted += window.accepted
        self.refused += window.refused
        self.faults += window.faults
        self.answered += window.answered

    @property
    def base(self) -> str:
        """The address of the application; empty before it began."""
        return next((each.location.removesuffix("wishes/") for each in self.answered if each.location.endswith("/wishes/")), "")

    def _begin(self) -> str | None:
        self._ask("home", "GET", "/en/student/")
        said = self._ask("start", "POST", f"/en/student/rounds/{self.known['round']}/start/", [])
        if said.location.endswith(f"/rounds/{self.known['round']}/"):
            self.turned_away.append(said.sent)
            return None
        if not said.location.endswith("wishes/"):
            self.faults.append(f"start: {said.status} {said.location}")
            return None
        return said.location.removesuffix("wishes/")

    def _upload(self, base: str) -> None:
        border = uuid.uuid4().hex
        parts = [("csrfmiddlewaretoken", TOKEN), ("document", str(self.known["document"]))]
        body = "".join(f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts).encode()
        body += f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="t.pdf"\r\n\r\n'.encode() + PDF
        body += f"\r\n--{border}--\r\n".encode()
        self._send("upload", "POST", f"{base}documents/", body, {"Content-Type": f"multipart/form-data; boundary={border}"})

    def _ask(self, kind: str, method: str, path: str, form: list[tuple[str, str]] | None = None, *, part: bool = False) -> Answered:
        headers = {"HX-Request": "true"} if part else {}
        body = urlencode([("csrfmiddlewaretoken", TOKEN), *form]).encode() if form is not None else b""
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._send(kind, method, path, body, headers)

    def _send(self, kind: str, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answered:
        sent = int(time.time() * 1000) / 1000  # to the millisecond, as a proxy writes it
        headers |= {"Cookie": f"goliard_session={self.session}; goliard_csrf={TOKEN}", "X-Request-Start": f"t={sent:.3f}"}
        self.line.request(method, path, body=body, headers=headers)
        answer = self.line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        said = Answered(kind, sent, time.time(), answer.status, answer.getheader("Location") or "", text if len(text) < 20_000 else "")
        self.answered.append(said)
        if (answer.status >= 400 and LATE not in text) or re.search(r"<title>[^<]*(500|went wrong)", text):
            self.faults.append(f"{kind}: {answer.status} {text[:200]}")
        return said
