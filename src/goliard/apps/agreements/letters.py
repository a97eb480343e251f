"""The letters that agreements send; an officer may change their texts."""

from __future__ import annotations

from goliard.apps.messaging.letters import letter
from goliard.rules.values.texts import Text

ENDING = letter(
    key="agreement-ends",
    purpose=Text("herinnering aan de partner dat een overeenkomst eindigt", "reminder to the partner that an agreement ends"),
    values={"agreement", "contact", "ends_on", "home"},
    subject=Text("{{ agreement }} eindigt op {{ ends_on }}", "{{ agreement }} ends on {{ ends_on }}"),
    body=Text(
        "Beste {{ contact }},\n\n"
        "Onze overeenkomst «{{ agreement }}» eindigt op {{ ends_on }}. Wij willen graag met u bespreken of wij haar verlengen. "
        "Laat u ons weten wat u wenst?\n\n"
        "Met vriendelijke groet,\n{{ home }}, bureau internationale uitwisseling",
        "Dear {{ contact }},\n\n"
        "Our agreement “{{ agreement }}” ends on {{ ends_on }}. We would like to discuss with you whether to renew it. "
        "Could you let us know what you wish?\n\n"
        "Kind regards,\n{{ home }}, exchange office",
    ),
)
