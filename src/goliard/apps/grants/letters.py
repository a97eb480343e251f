"""Letters of scholarships."""

from __future__ import annotations

from goliard.apps.messaging.letters import letter
from goliard.rules.values.texts import Text

_END_NL, _END_EN = "\n\nMet vriendelijke groet,\nInternational Relations", "\n\nKind regards,\nInternational Relations"
ASKED = letter(
    key="scholarship-asked",
    purpose=Text("ontvangstbevestiging van een beursaanvraag", "receipt of a request for a scholarship"),
    values={"name", "scheme", "host", "amount"},
    subject=Text("Ontvangen: aanvraag {{ scheme }}", "Received: request for {{ scheme }}"),
    body=Text(
        "Beste {{ name }},\n\nUw aanvraag {{ scheme }} voor {{ host }} is ontvangen. Volgens de tabel gaat het om {{ amount }}; "
        "het bureau beslist." + _END_NL,
        "Dear {{ name }},\n\nYour request for {{ scheme }} for {{ host }} was received. By the table it is about {{ amount }}; "
        "the office decides." + _END_EN,
    ),
)
DECIDED = letter(
    key="scholarship-decided",
    purpose=Text("besluit over een beurs", "decision on a scholarship"),
    values={"name", "scheme", "host", "outcome", "reasons"},
    subject=Text("{{ scheme }}: {{ outcome }}", "{{ scheme }}: {{ outcome }}"),
    body=Text(
        "Beste {{ name }},\n\n{{ scheme }} voor {{ host }}: {{ outcome }}.\n\n{{ reasons }}" + _END_NL,
        "Dear {{ name }},\n\n{{ scheme }} for {{ host }}: {{ outcome }}.\n\n{{ reasons }}" + _END_EN,
    ),
)
