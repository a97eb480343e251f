"""When did a request arrive? What waits for a free worker on a deadline night did not come too late."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

_TOLD = re.compile(r"(?:t=)?([0-9]{9,11}(?:\.[0-9]{1,6})?)")
LONGEST_WAIT = timedelta(minutes=10)


def arrived_at(request: HttpRequest) -> datetime:
    """Return the moment at which the request reached the house: what the proxy wrote down, else now.

    The proxy counts only where `GOLIARD_ARRIVAL_HEADER` names its header (seconds since 1970, as nginx's `t=${msec}`), for it must
    overwrite what a visitor sends under that name. A moment in the future or more than ten minutes ago counts as now.
    """
    now = timezone.now()
    found = _TOLD.fullmatch(request.headers.get(settings.GOLIARD_ARRIVAL_HEADER, "")) if settings.GOLIARD_ARRIVAL_HEADER else None
    if found is None:
        return now
    whole, _point, fraction = found.group(1).partition(".")
    told = datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=int(fraction.ljust(6, "0")))
    return told if now - LONGEST_WAIT <= told <= now else now
