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
COMMENTED = letter(
    key="partnership-commented",
    purpose=Text("commentaar van het bureau op een ingeleverde versie", "comment of the office on a version that was handed in"),
    values={"name", "title", "call", "comment"},
    subject=Text("Commentaar: {{ title }}", "Comments: {{ title }}"),
    body=Text(
        "Beste {{ name }},\n\nWij lazen wat u voor «{{ title }}» ({{ call }}) inleverde.\n\n{{ comment }}\n\n"
        "Met vriendelijke groet,\nInternational Relations",
        "Dear {{ name }},\n\nWe read what you handed in for “{{ title }}” ({{ call }}).\n\n{{ comment }}\n\n"
        "Kind regards,\nInternational Relations",
    ),
)
REMINDER = letter(
    key="call-reminder",
    purpose=Text("herinnering aan een termijn van een call", "reminder of a deadline of a call"),
    values={"name", "call", "step", "moment", "todo", "title"},
    subject=Text("Herinnering: {{ step }}, {{ moment }}", "Reminder: {{ step }}, {{ moment }}"),
    body=Text(
        "Beste {{ name }},\n\n{{ call }}: {{ step }} sluit op {{ moment }}.\n{{ title }}\n{{ todo }}\n\n"
        "Met vriendelijke groet,\nInternational Relations",
        "Dear {{ name }},\n\n{{ call }}: {{ step }} closes at {{ moment }}.\n{{ title }}\n{{ todo }}\n\n"
        "Kind regards,\nInternational Relations",
    ),
)
