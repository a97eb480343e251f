"""The postman: what waits is sent once, and a postman who is killed leaves no letter that is sent twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time

QUEUE = """
    from datetime import timedelta
    from django.db import transaction
    from django.utils import timezone
    from goliard.apps.messaging.letters import letter
    from goliard.apps.messaging.services.queue import queue_letter
    from goliard.rules.values.texts import Text
    letter(key="greeting", purpose=Text("groet", "greeting"), values={"name"}, subject=Text("Dag", "Hello"),
           body=Text("Beste {{ name }}", "Dear {{ name }}"))
    with transaction.atomic():
        for number in range(3):
            queue_letter(letter="greeting", address=f"partner{number}@example.org", language="en", values={"name": "Partner"},
                         about=("test", str(number)), now=timezone.now() - timedelta(minutes=3 - number))
"""
STATES = "from goliard.apps.messaging.models import Delivery; print(*Delivery.objects.order_by('pk').values_list('state', flat=True))"
STUCK = """
    import time
    from django.utils import timezone
    from goliard.apps.messaging.services.sending import by_mail, send_due
    def slowly(delivery):
        by_mail(delivery)
        if delivery.address.startswith("partner1"):
            print("handed over", flush=True)
            time.sleep(60)
    send_due(worker="w", clock=timezone.now, send=slowly)
"""
LATER = """
    from datetime import timedelta
    from django.utils import timezone
    from goliard.apps.messaging.services.sending import mark_lost
    print(mark_lost(now=timezone.now() + timedelta(minutes=11)))
"""


def sent(here) -> int:
    return sum(text.count("Message-ID:") for text in (path.read_text() for path in (here.folder / "letters").glob("*.log")))


def test_what_waits_is_sent_once(installations) -> None:
    here = installations.migrated()
    here.python(QUEUE)
    assert here.goliard("letters", "send") == "3 sent\n"
    assert here.goliard("letters", "send") == "0 sent\n"
    assert here.python(STATES) == "sent sent sent"
    assert sent(here) == 3


def test_a_postman_killed_with_a_letter_in_hand_leaves_it_uncertain(installations) -> None:
    here = installations.migrated()
    here.python(QUEUE)
    program = "from goliard.cli.django_setup import setup; setup()\n" + textwrap.dedent(STUCK)
    postman = subprocess.Popen([sys.executable, "-c", program], env=here.environment, stdout=subprocess.PIPE, text=True)
    assert postman.stdout is not None
    assert postman.stdout.readline() == "handed over\n"
    os.kill(postman.pid, signal.SIGKILL)
    postman.wait()
    assert here.python(STATES) == "sent claimed waiting"
    assert here.goliard("letters", "send") == "1 sent\n"
    assert here.python(LATER) == "1"
    assert here.goliard("letters", "send") == "0 sent\n"
    assert here.python(STATES) == "sent uncertain sent"
    assert sent(here) == 3


def test_the_postman_stops_when_told(installations) -> None:
    here = installations.migrated()
    postman = subprocess.Popen([sys.executable, "-m", "goliard", "letters", "send", "--every", "1"], env=here.environment)
    time.sleep(2)
    here.python(QUEUE)
    postman.terminate()
    assert postman.wait(timeout=30) == 0
    assert here.python(STATES) == "sent sent sent"
