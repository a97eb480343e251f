"""One node in a process of its own: it serves over HTTPS, and does what lines of JSON on its standard input tell it, as an office would.

    {"do": "propose", "key": "…"}  ->  {"answer": …}

Its clock can be moved, its network can have bad weather, and it can be down.
"""

from __future__ import annotations

import io
import json
import ssl
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from goliard.cli.django_setup import setup

setup()

from django.contrib.auth import get_user_model  # noqa: E402 -- Django first
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402 -- Django first
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

MOVED = timedelta()
_real_now = timezone.now


def _now() -> Any:
    return _real_now() + MOVED


timezone.now = _now  # every part of the node asks this clock

from django.db.models import F  # noqa: E402 -- after the clock

from goliard.apps.agreements.models import (  # noqa: E402
    Agreement,
    AgreementParty,
    AgreementVersion,
    CooperationCondition,
    IiaApproval,
    IiaPublication,
    LanguageSkill,
    PartnerApproval,
    PartnerIia,
    SubjectArea,
)
from goliard.apps.agreements.queries.standing import beside  # noqa: E402
from goliard.apps.agreements.services.agreements import keep_agreement, move_agreement  # noqa: E402
from goliard.apps.agreements.services.approvals import approve_iia, withdraw_approval  # noqa: E402
from goliard.apps.agreements.services.pairing import adopt_iia, map_iia, remove_from_network, unmap_iia  # noqa: E402
from goliard.apps.institutions.models import Organisation  # noqa: E402
from goliard.apps.institutions.refusals import Refused  # noqa: E402
from goliard.apps.network.models import Exchange, NotificationDelivery, Peer, ReceivedNotification  # noqa: E402
from goliard.ewp_node.client import wire, working  # noqa: E402
from goliard.ewp_node.publishing import audit  # noqa: E402
from goliard.project.wsgi import application  # noqa: E402
from goliard.rules.access.actor import system  # noqa: E402
from goliard.rules.lifecycles.transition import TransitionRefused  # noqa: E402

OFFICE = system("office")
User = get_user_model()
working.AUDITED = 1  # of all stories' copies a round; `audit` looks at every one


class Weather:
    """What happens to notifications on their way in: lost after they were answered, taken twice, or answered with 503 so many times."""

    def __init__(self) -> None:
        self.lost, self.twice, self.busy = 0, 0, 0
        self.seen: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.endswith("-cnr"):
            return application(environ, start_response)
        self.seen[path] += 1
        if self.busy:
            self.busy -= 1
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return []
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        for _ in range(min(self.twice, 1)):
            self.twice -= 1
            list(application({**environ, "wsgi.input": io.BytesIO(body)}, lambda *_: None))
        answer = application({**environ, "wsgi.input": io.BytesIO(body)}, start_response)
        if self.lost:
            self.lost -= 1
            ReceivedNotification.objects.filter(pulled_at=None).delete()
        return answer


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Node:
    """What may be told to a node, by name."""

    def __init__(self, port: int, certificate: Path, key: Path) -> None:
        self._port, self._weather = port, Weather()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate, key)
        self._server: ThreadedWSGIServer | None = None

    def up(self) -> None:
        """Serve."""
        self._server = ThreadedWSGIServer(("127.0.0.1", self._port), _Silent)
        self._server.daemon_threads = True
        self._server.set_app(self._weather)
        self._server.socket = self._tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def down(self) -> None:
        """Let nobody connect."""
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    def clock(self, hours: float) -> None:
        """Move the clock to so many hours from now."""
        global MOVED  # noqa: PLW0603 -- the clock of this process
        MOVED = timedelta(hours=hours)

    def weather(self, lost: int = 0, twice: int = 0, busy: int = 0) -> None:
        """Let this happen to the next notifications that come in."""
        self._weather.lost, self._weather.twice, self._weather.busy = lost, twice, busy

    def work(self) -> list[int]:
        """Do once what the worker does."""
        done = working.work(clock=timezone.now)
        return [done.published, done.notified, done.pulled, done.looked_through]

    def draft(self, key: str, places: int, partner: str = "") -> None:
        """Write an agreement with the other university, or with one that is named: one condition each way."""
        home, partners = Organisation.objects.get(is_home=True), [partner] if partner else ["northmere", "southhaven"]
        other = Organisation.objects.get(key__in=partners, is_home=False)
        agreement = Agreement(key=key, kind="iia-programme", title=key, starts_on=date(2026, 9, 1), ends_on=date(2029, 8, 31))
        parties = [AgreementParty(organisation=each, position=number) for number, each in enumerate((home, other))]
        keep_agreement(row=agreement, parts=parties, actor=OFFICE, now=timezone.now())
        version = AgreementVersion.objects.get(agreement=agreement)
        for number, (sending, receiving) in enumerate(((home, other), (other, home))):
            condition = CooperationCondition.objects.create(
                version=version,
                position=number,
                kind="student-studies",
                sending=sending,
                receiving=receiving,
                first_year="2026/2027",
                last_year="2028/2029",
                mobilities_per_year=places,
                amount="20",
                eqf_levels="67",
            )
            SubjectArea.objects.create(condition=condition, isced_f="0222")
            LanguageSkill.objects.create(condition=condition, language="en", level="B2")

    def move(self, key: str, action: str) -> str:
        """Take an action of the agreement's life."""
        return move_agreement(row=self._agreement(key), action=action, actor=OFFICE, now=timezone.now()).state

    def change(self, key: str, places: int) -> None:
        """Write another number of places into the draft."""
        draft = self._agreement(key).versions.get(state="draft")
        draft.conditions.update(mobilities_per_year=places)

    def copies(self) -> list[dict[str, Any]]:
        """The partner's copies that belong to no agreement of ours yet."""
        mapped = AgreementParty.objects.filter(organisation__is_home=False).exclude(iia_id="").values("iia_id")
        rows = PartnerIia.objects.filter(gone_at=None, organisation__key__in=("northmere", "southhaven")).exclude(iia_id__in=mapped)
        return list(rows.values("iia_id", "our_iia_id"))

    def adopt(self, iia_id: str) -> str:
        """Make an agreement out of a copy of the partner."""
        return adopt_iia(copy=PartnerIia.objects.get(iia_id=iia_id), actor=OFFICE, now=timezone.now()).agreement.key

    def take_over(self, key: str) -> None:
        """Make the partner's text the draft of a change of ours."""
        agreement = self._agreement(key)
        copy = beside(agreement).copy
        assert copy is not None
        adopt_iia(copy=copy, into=agreement, actor=OFFICE, now=timezone.now())

    def map(self, key: str, iia_id: str) -> None:
        """Confirm that a copy belongs to an agreement."""
        map_iia(agreement=self._agreement(key), copy=PartnerIia.objects.get(iia_id=iia_id), actor=OFFICE, now=timezone.now())

    def unmap(self, key: str) -> None:
        """Let our copy name none of the partner."""
        unmap_iia(agreement=self._agreement(key), actor=OFFICE, now=timezone.now())

    def approve(self, key: str) -> None:
        """Approve the partner's copy as it is on the screen."""
        copy = beside(self._agreement(key)).copy
        assert copy is not None
        approve_iia(copy=copy, seen_hash=copy.iia_hash, actor=OFFICE, now=timezone.now())

    def withdraw(self, key: str) -> None:
        """Take our approval back."""
        copy = beside(self._agreement(key)).copy
        assert copy is not None
        withdraw_approval(copy=copy, actor=OFFICE, now=timezone.now())

    def remove(self, key: str) -> None:
        """Delete our copy from the network."""
        remove_from_network(agreement=self._agreement(key), actor=OFFICE, now=timezone.now())

    def state(self, key: str) -> dict[str, Any]:
        """Where an agreement stands, as its page shows it."""
        found = beside(self._agreement(key))
        own, copy = found.own, found.copy
        return {
            "agreement": found.agreement.state,
            "turn": found.turn.state,
            "versions": list(found.agreement.versions.order_by("number").values_list("state", flat=True)),
            "own_id": "" if own is None else own.iia_id,
            "own_hash": "" if own is None or own.publication is None or not own.is_readable else own.publication.iia_hash,
            "copy_id": "" if copy is None else copy.iia_id,
            "copy_hash": "" if copy is None or copy.gone_at else copy.iia_hash,
            "differences": len(found.differences),
            "faults": [] if copy is None else [str(fault) for fault in copy.faults],
        }

    def counts(self, key: str) -> dict[str, int]:
        """How many rows the story of an agreement left behind."""
        agreement = self._agreement(key)
        ids = list(IiaPublication.objects.filter(agreement=agreement).values_list("iia_id", flat=True))
        return {
            "publications": IiaPublication.objects.filter(agreement=agreement).values("iia_hash", "version").distinct().count(),
            "approvals": IiaApproval.objects.filter(copy__our_iia_id__in=ids).count(),
            "partner_approvals": PartnerApproval.objects.filter(agreement=agreement).count(),
            "unknown_approvals": PartnerApproval.objects.filter(agreement=agreement, publication=None).count(),
        }

    def waiting(self) -> dict[str, int]:
        """What still has to be told or fetched, and what was given up."""
        told = Counter(NotificationDelivery.objects.values_list("state", flat=True))
        return {**told, "to_pull": ReceivedNotification.objects.filter(pulled_at=None).count()}

    def said(self) -> list[str]:
        """What was wrong with the exchanges of ours with Wrongbury, the newest first."""
        return list(Exchange.objects.filter(hei_id="wrongbury.example.org", direction="sent").values_list("message", flat=True)[:20])

    def health(self, hei_id: str) -> str:
        """The page of a partner's node as an officer sees it, with the ticket."""
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(email="officer@example.org"), "allauth.account.auth_backends.AuthenticationBackend")
        answer = client.get(reverse("office:network-partner", args=[Peer.objects.get(hei_id=hei_id).pk]))
        assert answer.status_code == 200, answer
        return unescape(answer.content.decode())

    def patience(self, seconds: float) -> None:
        """Wait so long for an answer."""
        wire.WHOLE = seconds

    def received(self) -> int:
        """How many notifications came in, repeated ones counted."""
        return sum(ReceivedNotification.objects.values_list(F("times"), flat=True))

    def audit(self) -> int:
        """How many of our copies are not what would be written now."""
        return len(audit(timezone.now(), at_most=1000))

    def _agreement(self, key: str) -> Agreement:
        return Agreement.objects.get(key=key)


def main() -> None:
    """Serve, and do what is told until the input ends."""
    node = Node(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
    node.up()
    for line in sys.stdin:
        told = json.loads(line)
        try:
            said = {"answer": getattr(node, told.pop("do"))(**told)}
        except (Refused, TransitionRefused) as refused:
            said = {"refused": str(refused)}
        except Exception:
            said = {"failed": traceback.format_exc()}
        print(json.dumps(said), flush=True)  # noqa: T201 -- the answer


if __name__ == "__main__":
    main()
