"""Letters of an application."""

from __future__ import annotations

from goliard.apps.messaging.letters import letter
from goliard.rules.values.texts import Text

_NL_END = "\n\nMet vriendelijke groet,\nInternational Relations"
_EN_END = "\n\nKind regards,\nInternational Relations"

RECEIVED = letter(
    key="application-received",
    purpose=Text("ontvangstbevestiging van een aanmelding", "receipt of an application"),
    values={"name", "round", "received", "hash", "number", "wishes", "until"},
    subject=Text("Ontvangen: je aanmelding voor {{ round }}", "Received: your application for {{ round }}"),
    body=Text(
        "Beste {{ name }},\n\nJe aanmelding {{ number }} voor {{ round }} is ontvangen op {{ received }}.\n\n{{ wishes }}\n\n"
        "Controlegetal (SHA-256) van wat je indiende: {{ hash }}\n\n"
        "Tot {{ until }} kun je nog wijzigen en opnieuw indienen; wat je als laatste indient, telt." + _NL_END,
        "Dear {{ name }},\n\nYour application {{ number }} for {{ round }} was received on {{ received }}.\n\n{{ wishes }}\n\n"
        "Checksum (SHA-256) of what you submitted: {{ hash }}\n\n"
        "Until {{ until }} you can change it and submit again; what you submit last counts." + _EN_END,
    ),
)
WITHDRAWN = letter(
    key="application-withdrawn",
    purpose=Text("bevestiging dat een aanmelding is ingetrokken", "confirmation that an application is withdrawn"),
    values={"name", "round", "number"},
    subject=Text("Ingetrokken: je aanmelding voor {{ round }}", "Withdrawn: your application for {{ round }}"),
    body=Text(
        "Beste {{ name }},\n\nJe aanmelding {{ number }} voor {{ round }} is ingetrokken. Je doet niet mee aan de plaatsing." + _NL_END,
        "Dear {{ name }},\n\nYour application {{ number }} for {{ round }} is withdrawn. You do not take part in the placement." + _EN_END,
    ),
)
REMINDER = letter(
    key="application-reminder",
    purpose=Text("herinnering aan wie een concept heeft", "reminder to who has a draft"),
    values={"name", "round", "until", "missing"},
    subject=Text("Nog niet ingediend: je aanmelding voor {{ round }}", "Not submitted yet: your application for {{ round }}"),
    body=Text(
        "Beste {{ name }},\n\nJe bent aan een aanmelding voor {{ round }} begonnen en hebt haar nog niet ingediend. "
        "Dat kan tot {{ until }}.\n\n{{ missing }}\n\nDoe je niet mee? Dan hoef je niets te doen." + _NL_END,
        "Dear {{ name }},\n\nYou began an application for {{ round }} and have not submitted it. You can until {{ until }}."
        "\n\n{{ missing }}\n\nNot taking part? Then there is nothing you need to do." + _EN_END,
    ),
)
REOPENED = letter(
    key="application-reopened",
    purpose=Text("langer de tijd voor één aanmelding", "more time for one application"),
    values={"name", "round", "until", "reason"},
    subject=Text("Je hebt langer de tijd: {{ round }}", "You have more time: {{ round }}"),
    body=Text(
        "Beste {{ name }},\n\nJe kunt je aanmelding voor {{ round }} wijzigen en indienen tot {{ until }}. De reden: {{ reason }}"
        + _NL_END,
        "Dear {{ name }},\n\nYou can change and submit your application for {{ round }} until {{ until }}. The reason: {{ reason }}"
        + _EN_END,
    ),
)
ASKED = letter(
    key="application-document-asked",
    purpose=Text("verzoek om een ontbrekend document", "request for a missing document"),
    values={"name", "round", "until", "what"},
    subject=Text("Graag aanvullen: {{ round }}", "Please complete: {{ round }}"),
    body=Text(
        "Beste {{ name }},\n\nBij je aanmelding voor {{ round }} ontbreekt: {{ what }}\nVoeg dit toe voor {{ until }}." + _NL_END,
        "Dear {{ name }},\n\nMissing in your application for {{ round }}: {{ what }}\nAdd it before {{ until }}." + _EN_END,
    ),
)
