"""The network's worker is killed at every step: afterwards everything is told and fetched, and nothing stands in the database twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.ewp_node.partners import Partner, a_key
from tests.fakes.ewp_partner import FakePartner, serving
from tests.fakes.local_tls import local_tls

from goliard.ewp_codec.iias.get_response import receive_iias_get
from goliard.ewp_codec.iias.publishing import join_iias_get

HEI = "partner.example.org"
FILL = """
    import sys
    from django.utils import timezone
    from tests.factories.agreements import an_agreement
    from tests.factories.university import a_small_university
    from goliard.apps.institutions.models import OrganisationIdentifier
    from goliard.apps.network.choices import KeyUse
    from goliard.apps.network.models import SigningKey
    from goliard.apps.network.services.keys import create_key
    from goliard.rules.access.actor import system
    university = a_small_university()
    for organisation, value in ((university.home, "home.example.org"), (university.partner, "partner.example.org")):
        OrganisationIdentifier.objects.create(organisation=organisation, scheme="hei-id", value=value)
    agreement = an_agreement(university, state="in-effect")
    type(agreement).objects.update(kind="iia-programme")
    key = create_key(use=KeyUse.CLIENT, actor=system("test"), now=timezone.now())
    print(key.key_id, bytes(key.public_der).hex())
"""
STOP = """
    import time
    from datetime import timedelta
    from django.utils import timezone
    import goliard.ewp_node.client.pulling as pulling
    import goliard.ewp_node.client.working as working
    import goliard.ewp_node.publishing as publishing
    {module}.{name}, carry_on = stop, {module}.{name}
    working.work(clock=lambda: timezone.now() + timedelta(minutes={minutes}))
"""
STOPPED = """
def stop(*args, **options):
    import time
    {before}
    print("there", flush=True)
    time.sleep(600)
"""
#: Where the worker is killed: the module and the function in whose place it stands still, and whether that function ran before.
STEPS = [
    ("publishing", "publish_iia", False),  # a copy is being written, in the transaction
    ("working", "notify", False),  # claimed, and nothing said yet
    ("working", "note_sent", False),  # said, and not noted
    ("pulling", "receive_iia", False),  # fetched, and not kept
    ("pulling", "receive_iia", True),  # kept, and not marked as pulled
]
STATE = """
    from goliard.apps.agreements.models import IiaPublication, PartnerIia
    from goliard.apps.journal.models import JournalEntry
    from goliard.apps.network.models import NotificationDelivery, ReceivedNotification
    verbs = JournalEntry.objects.values_list("verb", flat=True)
    print(IiaPublication.objects.count(), PartnerIia.objects.count(), *NotificationDelivery.objects.values_list("state", flat=True),
          ReceivedNotification.objects.filter(pulled_at=None).count(), verbs.filter(verb="publish-iia").count(),
          verbs.filter(verb="receive-iia").count())
"""
LATER = """
    from datetime import timedelta
    from django.utils import timezone
    from goliard.ewp_node.client.working import work
    work(clock=lambda: timezone.now() + timedelta(minutes={minutes}))
"""
COPY = """
    from goliard.apps.agreements.models import IiaPublication
    from goliard.apps.network.services.notifications import receive_notification
    from django.utils import timezone
    receive_notification(api="iia-cnr", hei_id="partner.example.org", subject="b1", now=timezone.now())
    print(IiaPublication.objects.get().xml)
"""


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakePartner]:
    with serving(FakePartner(Partner(HEI, a_key(), a_key())), local_tls(tmp_path)) as partner:
        yield partner


def test_a_worker_killed_at_every_step_loses_and_doubles_nothing(installations, fake: FakePartner, tmp_path: Path) -> None:
    here = installations.migrated()
    network = {
        "GOLIARD_EWP_URL": "https://home.example.org",
        "GOLIARD_EWP_CA": str(tmp_path / "certificate.pem"),
        "GOLIARD_EWP_PRIVATE": "yes",
    }
    key_id, der = here.python(FILL, **network).split()
    fake.trusts[key_id] = bytes.fromhex(der)
    catalogue = tmp_path / "catalogue.xml"
    catalogue.write_bytes(fake.catalogue())
    network["GOLIARD_EWP_CATALOGUE"] = str(catalogue)
    for number, (module, name, ran) in enumerate(STEPS):
        killed(here.environment | network, module, name, ran=ran, minutes=5 * number)
        if module == "working" and name == "note_sent":
            offer(fake, here.python(LATER.format(minutes=5 * number + 4) + COPY, **network))
    assert here.python(LATER.format(minutes=60) + STATE, **network) == "1 1 sent 0 1 1"
    assert set(fake.told) == {fake.told[0]}  # twice at most: once that the killed worker did not live to note
    assert len(fake.told) == 2


def offer(fake: FakePartner, ours: str) -> None:
    """Let the partner have a copy that says what ours says."""
    received = receive_iias_get(join_iias_get([ours.encode()])).value[0].iia
    home, partner = received.partners
    fake.copies["b1"] = replace(received, partners=(replace(partner, iia_id="b1"), home), iia_hash="")


def killed(environment: dict[str, str], module: str, name: str, *, ran: bool, minutes: int) -> None:
    """Run the worker until it stands still at a step, and kill it there."""
    stopped = STOPPED.format(before="carry_on(*args, **options)" if ran else "pass")
    program = stopped + textwrap.dedent(STOP.format(module=module, name=name, minutes=minutes))
    program = "from goliard.cli.django_setup import setup; setup()\n" + program
    worker = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "there\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
