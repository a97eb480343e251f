"""The network as a screen: who we are there, which keys speak for us, how old our catalogue is, what came in last."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.queries.network import home_hei
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation
from goliard.apps.network.choices import KeyUse
from goliard.apps.network.policies import may_read_network
from goliard.apps.network.queries import current_catalogue, last_exchanges, last_notifications, published_keys, signing_key
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest

SHOWN = 20
MANIFEST = "/ewp/manifest.xml"


@door(may_read_network)
def network(request: ActorRequest) -> HttpResponse:
    """Our identity on the network; it changes in the register, in the configuration and by `goliard ewp`."""
    now = timezone.now()
    home = home_hei()
    hei_id = _hei_id(home)
    signing = {key.pk for use in KeyUse if (key := signing_key(use, now)) is not None}
    published = list(published_keys(now))
    keys = [{"key": key, "signs": key.pk in signing, "waits": key.signs_from > now} for key in published]
    catalogue = current_catalogue()
    context = {
        "home": "" if home is None else home.name(get_language() or "en"),
        "hei_id": hei_id,
        "manifest_url": f"{settings.GOLIARD_EWP_URL}{MANIFEST}" if settings.GOLIARD_EWP_URL else "",
        "keys": keys,
        "catalogue": catalogue,
        "notifications": last_notifications(SHOWN),
        "exchanges": last_exchanges(SHOWN),
        "missing": _missing(hei_id, {key.use for key in published}, has_catalogue=catalogue is not None),
    }
    return render(request, "office/network/identity.html", context)


def _hei_id(home: Organisation | None) -> str:
    if home is None:
        return ""
    day = timezone.localdate()
    held = (each.value for each in home.identifiers.all() if each.scheme == IdentifierScheme.HEI_ID and each.holds_on(day))
    return next(held, "")


def _missing(hei_id: str, uses: set[str], *, has_catalogue: bool) -> list[Promise]:
    """What must still be done before partners can reach us, in the order in which one does it."""
    steps = (
        (bool(hei_id), _("Give the home institution its SCHAC code, among its identifiers.")),
        (
            bool(settings.GOLIARD_EWP_URL),
            _("Set GOLIARD_EWP_URL to the address of this installation, such as https://exchange.example.org."),
        ),
        (bool(settings.GOLIARD_EWP_ADMIN), _("Set GOLIARD_EWP_ADMIN to the e-mail address of who runs this installation.")),
        (uses == set(KeyUse.values), _("Make the keys: goliard ewp keys create.")),
        (has_catalogue, _("Fetch the catalogue of the registry: goliard ewp catalogue.")),
    )
    return [sentence for is_done, sentence in steps if not is_done]
