"""Letters of a call."""

from __future__ import annotations

from goliard.apps.messaging.letters import letter
from goliard.rules.values.texts import Text

RECEIPT = letter(
    key="interest-receipt",
    purpose=Text("ontvangstbevestiging van een blijk van belangstelling", "receipt of an expression of interest"),
    values={"name", "title", "call", "received", "hash"},
    subject=Text("Ontvangen: {{ title }}", "Received: {{ title }}"),
    body=Text(
        "Beste {{ name }},\n\nUw blijk van belangstelling «{{ title }}» voor {{ call }} is ontvangen op {{ received }}.\n"
        "Controlegetal (SHA-256) van wat u hebt ingediend: {{ hash }}\n\nMet vriendelijke groet,\nInternational Relations",
        "Dear {{ name }},\n\nYour expression of interest “{{ title }}” for {{ call }} was received on {{ received }}.\n"
        "Checksum (SHA-256) of what you handed in: {{ hash }}\n\nKind regards,\nInternational Relations",
    ),
)
RETURNED = letter(
    key="interest-returned",
    purpose=Text("teruggegeven om aan te vullen", "returned for completion"),
    values={"name", "title", "call", "reason"},
    subject=Text("Graag aanvullen: {{ title }}", "Please complete: {{ title }}"),
    body=Text(
        "Beste {{ name }},\n\n«{{ title }}» voor {{ call }} staat weer voor u open. De reden: {{ reason }}\n\n"
        "Met vriendelijke groet,\nInternational Relations",
        "Dear {{ name }},\n\n“{{ title }}” for {{ call }} is open to you again. The reason: {{ reason }}\n\n"
        "Kind regards,\nInternational Relations",
    ),
)
SELECTED = letter(
    key="interest-selected",
    purpose=Text("geselecteerd voor de aanvraag", "selected for the application"),
    values={"name", "title", "call", "reasons"},
    subject=Text("Geselecteerd: {{ title }}", "Selected: {{ title }}"),
    body=Text(
        "Beste {{ name }},\n\n«{{ title }}» gaat mee in de aanvraag voor {{ call }}.\n\n{{ reasons }}\n\n"
        "U kunt nu de kwaliteitsvragen beantwoorden.\n\nMet vriendelijke groet,\nInternational Relations",
        "Dear {{ name }},\n\n“{{ title }}” goes into the application for {{ call }}.\n\n{{ reasons }}\n\n"
        "You can now answer the quality questions.\n\nKind regards,\nInternational Relations",
    ),
)
NOT_SELECTED = letter(
    key="interest-not-selected",
    purpose=Text("niet geselecteerd voor de aanvraag", "not selected for the application"),
    values={"name", "title", "call", "reasons"},
    subject=Text("Niet geselecteerd: {{ title }}", "Not selected: {{ title }}"),
    body=Text(
        "Beste {{ name }},\n\n«{{ title }}» gaat niet mee in de aanvraag voor {{ call }}.\n\n{{ reasons }}\n\n"
        "Met vriendelijke groet,\nInternational Relations",
        "Dear {{ name }},\n\n“{{ title }}” does not go into the application for {{ call }}.\n\n{{ reasons }}\n\n"
        "Kind regards,\nInternational Relations",
    ),
)
