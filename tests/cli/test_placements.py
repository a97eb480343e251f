"""The placer and the postman of a round, killed in the middle and started again: rows are written once, no letter leaves twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

WITH_FACTORIES = {
    "PYTHONPATH": os.pathsep.join((str(Path(__file__).resolve().parents[2] / "src"), str(Path(__file__).resolve().parents[2])))
}
SCORED = """
    from tests.factories.placements import SCORED, a_scored_round
    from tests.factories.rounds import OFFICER
    from goliard.apps.placement.services.asking import ask_placement
    scored = a_scored_round()
    ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED)
"""
# told at the moment at which it is killed: before anything, while places are given out, between outcomes and waiting lists, or when all
# is written and nothing is committed
STUCK = {
    "reading": "computing.stored_market = stuck",
    "placing": "computing.compute.__defaults__ = (stuck,)",
    "outcomes": "computing.waiting_lists = stuck",
    "writing": "computing.record = stuck",
}
WORKER = """
    import time
    from django.utils import timezone
    from goliard.apps.placement.services import computing
    def stuck(*args, **kwargs):
        print("in hand", flush=True)
        time.sleep(600)
    {point}
    computing.compute_waiting(worker="dies", clock=timezone.now)
"""
AGAIN = """
    from datetime import timedelta
    from django.utils import timezone
    from goliard.apps.placement.services.computing import compute_waiting
    print(compute_waiting(worker="next", clock=lambda: timezone.now() + timedelta(minutes=6)))
"""
COUNTED = """
    from goliard.apps.journal.models import JournalEntry
    from goliard.apps.placement.models import PlacementOutcome, PlacementRun, WaitingListEntry
    run = PlacementRun.objects.get()
    print(run.state, PlacementOutcome.objects.count(), WaitingListEntry.objects.count(),
          JournalEntry.objects.filter(verb="compute-placement").count())
"""
PUBLISH = """
    from datetime import timedelta
    from django.utils import timezone
    from tests.factories.rounds import OFFICER
    from goliard.apps.messaging.models import Delivery
    from goliard.apps.placement.models import PlacementRun
    from goliard.apps.placement.services.publishing import adopt_placement, publish_placement
    from goliard.rules.lifecycles.transition import TransitionRefused
    Delivery.objects.all().delete()
    now = timezone.now()
    run = adopt_placement(run=PlacementRun.objects.get(), actor=OFFICER, now=now)
    for attempt in range(2):
        try:
            publish_placement(run=run, answer_by=now + timedelta(days=7), actor=OFFICER, now=now)
        except TransitionRefused:
            print("once")
"""
PUBLISHER = """
    import time
    from datetime import timedelta
    from django.utils import timezone
    from tests.factories.rounds import OFFICER
    from goliard.apps.messaging.models import Delivery
    from goliard.apps.placement.models import Offer, PlacementRun
    from goliard.apps.placement.services import publishing
    now = timezone.now()
    if PlacementRun.objects.filter(state="ready").exists():
        Delivery.objects.all().delete()
        publishing.adopt_placement(run=PlacementRun.objects.get(), actor=OFFICER, now=now)
    send = publishing.send_letter
    def stuck(**given):
        done = send(**given)
        if Offer.objects.count() == 2:
            print("in hand", flush=True)
            time.sleep(600)
        return done
    publishing.send_letter = stuck
    publishing.publish_placement(run=PlacementRun.objects.get(), answer_by=now + timedelta(days=7), actor=OFFICER, now=now)
"""
PUBLISHED = """
    from goliard.apps.journal.models import JournalEntry
    from goliard.apps.messaging.models import Delivery
    from goliard.apps.placement.models import Offer, PlacementRun
    print(PlacementRun.objects.get().state, Offer.objects.count(), Delivery.objects.count(),
          JournalEntry.objects.filter(verb="publish-placement").count())
"""
POSTMAN = """
    import time
    from django.utils import timezone
    from goliard.apps.messaging.services.sending import by_mail, send_due
    def slowly(delivery):
        by_mail(delivery)
        if delivery.address.startswith("student2"):
            print("in hand", flush=True)
            time.sleep(600)
    send_due(worker="dies", clock=timezone.now, send=slowly)
"""
LOST = """
    from datetime import timedelta
    from django.utils import timezone
    from goliard.apps.messaging.services.sending import mark_lost
    print(mark_lost(now=timezone.now() + timedelta(minutes=11)))
"""
STATES = "from goliard.apps.messaging.models import Delivery; print(*Delivery.objects.order_by('pk').values_list('state', flat=True))"


def killed(here, program: str, **environment: str) -> None:
    """Run a program until it has something in hand, and kill it there."""
    code = "from goliard.cli.django_setup import setup; setup()\n" + textwrap.dedent(program)
    process = subprocess.Popen([sys.executable, "-c", code], env=here.environment | environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "in hand\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("point", STUCK)
def test_a_placer_killed_in_the_middle_is_followed_by_one_that_does_it_once(installations, point: str) -> None:
    here = installations.migrated()
    here.python(SCORED, **WITH_FACTORIES)
    killed(here, WORKER.format(point=STUCK[point]))
    assert here.python(COUNTED) == "computing 0 0 0"
    assert here.goliard("placements", "run") == "0 placements ended\n", "it may still be alive"
    until = time.monotonic() + 180  # a database server may take a moment to notice that a client is gone
    while here.python(AGAIN) != "1":
        assert time.monotonic() < until
    assert here.python(COUNTED) == "ready 3 3 1"


def test_a_publication_killed_halfway_is_published_once(installations) -> None:
    """Two offers and a letter are written, and nothing is committed."""
    here = installations.migrated()
    here.python(SCORED, **WITH_FACTORIES)
    assert here.goliard("placements", "run") == "1 placements ended\n"
    killed(here, PUBLISHER, **WITH_FACTORIES)
    assert here.python(PUBLISHED) == "adopted 0 0 0"
    here.python(PUBLISHER.replace("publishing.send_letter = stuck", ""), **WITH_FACTORIES)
    assert here.python(PUBLISHED) == "published 2 3 1"


def test_a_mailing_killed_halfway_sends_nothing_twice(installations) -> None:
    here = installations.migrated()
    here.python(SCORED, **WITH_FACTORIES)
    assert here.goliard("placements", "run") == "1 placements ended\n"
    assert here.python(PUBLISH, **WITH_FACTORIES) == "once"
    killed(here, POSTMAN)
    assert here.python(STATES) == "sent claimed waiting"
    assert here.goliard("letters", "send") == "1 sent\n"
    assert here.python(LOST) == "1"
    assert here.goliard("letters", "send") == "0 sent\n"
    assert here.python(STATES) == "sent uncertain sent", "an officer decides"
    letters = "".join(path.read_text() for path in (here.folder / "letters").glob("*.log"))
    assert [letters.count(f"student{number}@example.org") for number in (1, 2, 3)] == [1, 1, 1]
