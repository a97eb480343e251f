"""The letter that asks for a recommendation; an officer may change its text."""

from __future__ import annotations

from goliard.apps.messaging.letters import letter
from goliard.rules.values.texts import Text

RECOMMENDATION = letter(
    key="recommendation-asked",
    purpose=Text("verzoek aan een referent om een aanbeveling", "request to a referee for a recommendation"),
    values={"applicant", "link", "referee", "round", "until"},
    secret=frozenset({"link"}),
    subject=Text("Aanbeveling voor {{ applicant }}", "Recommendation for {{ applicant }}"),
    body=Text(
        "Beste {{ referee }},\n\n"
        "{{ applicant }} meldt zich aan voor «{{ round }}» en vraagt u om een aanbeveling. U schrijft haar op deze pagina, zonder account, "
        "tot {{ until }}:\n\n{{ link }}\n\n"
        "{{ applicant }} leest niet wat u schrijft; de commissie en het bureau wel.\n\nMet vriendelijke groet,\nhet bureau internationale "
        "uitwisseling",
        "Dear {{ referee }},\n\n"
        "{{ applicant }} applies for “{{ round }}” and asks you for a recommendation. You write it on this page, without an account, "
        "until {{ until }}:\n\n{{ link }}\n\n"
        "{{ applicant }} does not read what you write; the committee and the office do.\n\nKind regards,\nthe exchange office",
    ),
)
