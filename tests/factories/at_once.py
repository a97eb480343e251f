"""Two use cases at the same moment, on a database that has more than one writer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import connection, connections, transaction

from goliard.apps.institutions.refusals import Refused
from goliard.rules.lifecycles.transition import TransitionRefused

LONGEST = 60  # seconds: whoever waits so long waits for ever


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> str:
    """Do `first`, and before it is committed begin `second`, which goes on once it waits for `first` or has ended.

    Return how the second ended: "done", "refused", or the name of what was raised.
    """
    ended: list[str] = []

    def other() -> None:
        try:
            second()
        except (Refused, TransitionRefused):
            ended.append("refused")
        except Exception as error:  # whatever it is, the test names it
            ended.append(type(error).__name__)
        else:
            ended.append("done")
        finally:
            connections.close_all()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        first()
        thread.start()
        _until_it_waits(thread)
    thread.join(LONGEST)
    return ended[0]


def _until_it_waits(thread: threading.Thread) -> None:
    end = time.monotonic() + LONGEST
    while thread.is_alive() and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
