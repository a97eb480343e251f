"""Letters of projects."""

from __future__ import annotations

from goliard.apps.messaging.letters import letter
from goliard.rules.values.texts import Text

FOLLOW_UP = letter(
    key="project-follow-up",
    purpose=Text("opvolging van een project na het einde", "follow-up of a project after its end"),
    values={"name", "project", "day", "plan"},
    subject=Text("Opvolging: {{ project }}", "Follow-up: {{ project }}"),
    body=Text(
        "Beste {{ name }},\n\nVoor {{ project }} spraken we af op {{ day }} te kijken wat er blijft. Het plan:\n\n{{ plan }}\n\n"
        "Laat ons weten hoe het staat.\n\nMet vriendelijke groet,\nInternational Relations",
        "Dear {{ name }},\n\nFor {{ project }} we agreed to look on {{ day }} at what stays. The plan:\n\n{{ plan }}\n\n"
        "Please tell us how it stands.\n\nKind regards,\nInternational Relations",
    ),
)
