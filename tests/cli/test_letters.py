"""The postman: what waits is sent once, and a postman who is killed, at whatever step, leaves no letter that is sent twice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import time

from tests.cli.conftest import Installation

QUEUE = """
    import os
    from datetime import timedelta
    from django.db import transaction
    from django.utils import timezone
    from goliard.apps.messaging.letters import letter
    from goliard.apps.messaging.services.queue import queue_letter
    from goliard.rules.values.texts import Text
    letter(key="greeting", purpose=Text("groet", "greeting"), values={"name"}, subject=Text("Dag", "Hello"),
           body=Text("Beste {{ name }}", "Dear {{ name }}"))
    with transaction.atomic():
        for number in range(int(os.environ["LETTERS"])):
            queue_letter(letter="greeting", address=f"partner{number}@example.org", language="en", values={"name": "Partner"},
                         about=("test", str(number)), now=timezone.now() - timedelta(minutes=9 - number))
"""
STATES = "from goliard.apps.messaging.models import Delivery; print(*Delivery.objects.order_by('pk').values_list('state', flat=True))"
STOPPED = """
def stop(*args, **options):
    import time
    {before}
    print("there", flush=True)
    time.sleep(600)
"""
WORK = """
    from django.utils import timezone
    import goliard.apps.messaging.services.sending as sending
    from goliard.apps.messaging.services.sending import by_mail as hand_over
    {place}, carry_on = stop, {place}
    sending.send_due(worker="w", clock=timezone.now, send=lambda delivery: hand_over(delivery))
"""
#: Where the postman is killed: the function in whose place it stands still, and whether that function ran before.
STEPS = [
    ("sending.Delivery.save", True),  # being claimed, in the transaction: it never happened
    ("sending.claim_next", True),  # claimed, and nothing handed over
    ("hand_over", False),  # the mail server is being called
    ("hand_over", True),  # handed over, and not noted
    ("sending._ended", False),  # about to be noted
    ("sending._ended", True),  # noted
]
ROUND = """
    from datetime import timedelta
    from django.utils import timezone
    from tests.factories.applications import a_draft, a_student
    from tests.factories.rounds import an_open_round
    today = timezone.localdate()
    stage = an_open_round(1, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9))
    for number in range(3):
        a_draft(stage, a_student(stage, number), now=timezone.now())
"""
REMIND = """
    from django.utils import timezone
    from goliard.apps.applications.services import letters
    from goliard.apps.rounds.models import Round
    from goliard.rules.access.actor import system
    {place}, carry_on = stop, {place}
    letters.send_reminders(round=Round.objects.get(), actor=system("test"), now=timezone.now())
"""
DESK = """
    from django.utils.timezone import localdate
    from goliard.portals.office.attention.letters import sections
    from goliard.rules.access.actor import Actor, Role, RoleGrant
    for section in sections(Actor("officer", (RoleGrant(Role.OFFICER),)), localdate()):
        print(section.title, section.count, *sorted(line.why for line in section.lines))
"""
LATER = """
    from datetime import timedelta
    from django.utils import timezone
    from goliard.apps.messaging.services.sending import mark_lost
    print(mark_lost(now=timezone.now() + timedelta(minutes=11)))
"""


def sent(here: Installation) -> list[str]:
    """To whom letters went, as often as they did."""
    files = (here.folder / "letters").glob("*.log")
    return sorted(address for path in files for address in re.findall(r"^To: (\S+)@", path.read_text(), re.MULTILINE))


def killed(here: Installation, program: str, place: str, *, ran: bool) -> None:
    """Run a program until it stands still at a step, and kill it there."""
    stopped = STOPPED.format(before="carry_on(*args, **options)" if ran else "pass")
    whole = "from goliard.cli.django_setup import setup; setup()\n" + stopped + textwrap.dedent(program.format(place=place))
    process = subprocess.Popen([sys.executable, "-c", whole], env=here.environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "there\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def test_what_waits_is_sent_once(installations) -> None:
    here = installations.migrated()
    here.python(QUEUE, LETTERS="3")
    assert here.goliard("letters", "send") == "3 sent\n"
    assert here.goliard("letters", "send") == "0 sent\n"
    assert here.python(STATES) == "sent sent sent"
    assert sent(here) == ["partner0", "partner1", "partner2"]


def test_a_postman_killed_at_every_step_sends_nothing_twice_and_says_what_nobody_knows(installations) -> None:
    here = installations.migrated()
    here.python(QUEUE, LETTERS=str(len(STEPS)))
    states = []
    for place, ran in STEPS:
        killed(here, WORK, place, ran=ran)
        states.append(here.python(STATES))
    assert states[0] == "waiting waiting waiting waiting waiting waiting"
    assert states[-1] == "claimed claimed claimed claimed sent waiting"
    assert here.goliard("letters", "send") == "1 sent\n"
    assert here.python(LATER) == "4"
    assert here.goliard("letters", "send") == "0 sent\n"
    assert here.python(STATES) == "uncertain uncertain uncertain uncertain sent sent"
    assert sent(here) == ["partner2", "partner3", "partner4", "partner5"]
    uncertain, given_up = here.python(DESK).splitlines()
    partners = " ".join(f"partner{number}@example.org" for number in range(4))
    assert uncertain == f"Letters that may have been sent: decide 4 {partners}"
    assert given_up == "Letters that could not be sent 0"


def test_an_office_killed_in_the_middle_of_a_mailing_queues_all_of_it_later_and_once(installations) -> None:
    here = installations.migrated()
    here.python(ROUND)
    killed(here, REMIND, "letters.queue_letter", ran=True)  # one letter is queued, in the transaction
    assert here.python(STATES) == ""
    killed(here, REMIND, "letters.record", ran=True)  # all of them are, and nothing is committed
    assert here.python(STATES) == ""
    killed(here, REMIND, "letters.send_reminders", ran=True)  # committed, and nobody was told
    assert here.python(STATES) == "waiting waiting waiting"
    killed(here, REMIND, "letters.send_reminders", ran=True)  # hence pressed again
    assert here.python(STATES) == "waiting waiting waiting"
    assert here.goliard("letters", "send") == "3 sent\n"
    assert sent(here) == ["student0", "student1", "student2"]


def test_the_postman_stops_when_told(installations) -> None:
    here = installations.migrated()
    here.python(QUEUE, LETTERS="3")
    postman = subprocess.Popen([sys.executable, "-m", "goliard", "letters", "send", "--every", "1"], env=here.environment)
    until = time.monotonic() + 120
    while len(sent(here)) < 3:
        assert time.monotonic() < until, "it sends nothing"
        time.sleep(0.1)
    here.python(QUEUE.replace('"test", str', '"later", str'), LETTERS="3")
    postman.terminate()
    assert postman.wait(timeout=120) == 0
    assert here.python(STATES) == "sent sent sent sent sent sent", "on its way out it sends what waits"
