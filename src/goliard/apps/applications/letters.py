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
APPROVAL = letter(
    key="manager-approval",
    purpose=Text("vraag om goedkeuring aan de leidinggevende", "request for the line manager's approval"),
    values={"applicant", "manager", "round", "link", "until"},
    secret=frozenset({"link"}),
    subject=Text("Uw goedkeuring gevraagd: {{ applicant }}", "Your approval is asked: {{ applicant }}"),
    body=Text(
        "Geachte {{ manager }},\n\n{{ applicant }} heeft zich aangemeld voor {{ round }} en noemt u als leidinggevende.\n\n"
        "Lees wat er gepland is en antwoord via uw eigen link, die werkt tot {{ until }}:\n{{ link }}\n\n"
        "Hebt u hier een account met dit e-mailadres, dan vindt u de aanvraag ook in het medewerkersportaal." + _NL_END,
        "Dear {{ manager }},\n\n{{ applicant }} applied for {{ round }} and names you as line manager.\n\n"
        "Read what is planned and answer by your own link, which works until {{ until }}:\n{{ link }}\n\n"
        "If you have an account here with this e-mail address, you find the request in the staff portal too." + _EN_END,
    ),
)
APPROVAL_ANSWERED = letter(
    key="manager-approval-answered",
    purpose=Text("antwoord van de leidinggevende", "the line manager's answer"),
    values={"name", "round", "manager", "answer", "comment"},
    subject=Text("Antwoord van je leidinggevende: {{ round }}", "Your line manager answered: {{ round }}"),
    body=Text(
        "Beste {{ name }},\n\n{{ manager }} {{ answer }} ({{ round }}).\n\nToelichting: {{ comment }}" + _NL_END,
        "Dear {{ name }},\n\n{{ manager }} {{ answer }} ({{ round }}).\n\nComment: {{ comment }}" + _EN_END,
    ),
)
