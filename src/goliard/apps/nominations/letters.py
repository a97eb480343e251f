"""Letters of nominations: to the partner, and to who is nominated."""

from __future__ import annotations

from goliard.apps.messaging.letters import letter
from goliard.rules.values.texts import Text

TO_PARTNER = letter(
    key="nominations-sent",
    purpose=Text("nominaties aan een partner", "nominations to a partner"),
    values={"contact", "home", "number", "year", "page", "deadline"},
    secret=frozenset({"page"}),
    subject=Text("Nominaties {{ year }} van {{ home }}", "Nominations {{ year }} from {{ home }}"),
    body=Text(
        "Beste {{ contact }},\n\nVoor {{ year }} nomineren wij {{ number }} student(en). Hun gegevens staan op uw pagina; daar kunt u hen "
        "ook bevestigen of ons iets laten weten, en de lijst als PDF of CSV ophalen:\n{{ page }}\n\n{{ deadline }}\n\n"
        "De link is persoonlijk: geef hem niet door.\n\nMet vriendelijke groet,\n{{ home }}, bureau internationale uitwisseling",
        "Dear {{ contact }},\n\nFor {{ year }} we nominate {{ number }} student(s). Their details are on your page; there you can confirm "
        "them or tell us something, and download the list as PDF or CSV:\n{{ page }}\n\n{{ deadline }}\n\n"
        "The link is personal: please do not hand it on.\n\nKind regards,\n{{ home }}, exchange office",
    ),
)
NOMINATED = letter(
    key="nominated",
    purpose=Text("genomineerd bij de partner", "nominated to the partner"),
    values={"name", "round", "destination"},
    subject=Text("Genomineerd: {{ destination }}", "Nominated: {{ destination }}"),
    body=Text(
        "Beste {{ name }},\n\nJe bent genomineerd bij {{ destination }} («{{ round }}»). De partner laat weten hoe je je aanmeldt.\n\n"
        "Met vriendelijke groet,\nInternational Relations",
        "Dear {{ name }},\n\nWe nominated you to {{ destination }} (“{{ round }}”). The partner tells you how to apply there.\n\n"
        "Kind regards,\nInternational Relations",
    ),
)
