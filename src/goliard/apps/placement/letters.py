"""Letters of a placement; an officer may change their texts. No letter names a group: only the applicant reads that, in the portal."""

from __future__ import annotations

from goliard.apps.messaging.letters import Letter, letter
from goliard.rules.values.texts import Text

GREETING = Text("\n\nMet vriendelijke groet,\nInternational Relations", "\n\nKind regards,\nInternational Relations")


def _letter(key: str, purpose: Text, values: set[str], subject: Text, body: Text) -> Letter:
    dear = Text("Beste {{ name }},\n\n", "Dear {{ name }},\n\n")
    whole = Text(dear.nl + body.nl + GREETING.nl, dear.en + body.en + GREETING.en)
    return letter(key=key, purpose=purpose, values={"name", "round"} | values, subject=subject, body=whole)


OFFERED = _letter(
    "offer-made", Text("plaats aangeboden", "place offered"), {"destination", "until", "reasons"},
    Text("Een plaats voor jou: {{ destination }}", "A place for you: {{ destination }}"),
    Text(
        "In «{{ round }}» bieden we je een plaats aan: {{ destination }}.\n\n{{ reasons }}\n\n"
        "Meld je aan in het studentenportaal en neem de plaats aan of sla haar af, uiterlijk {{ until }}. "
        "Zonder antwoord vervalt het aanbod en gaat de plaats naar wie wacht.",
        "In “{{ round }}” we offer you a place: {{ destination }}.\n\n{{ reasons }}\n\n"
        "Sign in to the student portal and accept or decline it, by {{ until }} at the latest. "
        "Without an answer the offer expires and the place goes to who is waiting.",
    ),
)  # fmt: skip
BETTER = _letter(
    "offer-better", Text("betere wens vrijgekomen", "a better wish came free"), {"destination", "before", "reasons"},
    Text("Een betere wens kwam vrij: {{ destination }}", "A better wish came free: {{ destination }}"),
    Text(
        "Je nam {{ before }} aan en bleef wachten op een betere wens. Die kwam vrij: je hebt nu {{ destination }} («{{ round }}»).\n\n"
        "{{ reasons }}\n\nJe hoeft niets te doen.",
        "You accepted {{ before }} and went on waiting for a better wish. It came free: you now have {{ destination }} (“{{ round }}”).\n\n"
        "{{ reasons }}\n\nYou need not do anything.",
    ),
)  # fmt: skip
UNPLACED = _letter(
    "placement-none", Text("geen plaats", "no place"), {"reasons", "waiting"},
    Text("Uitslag van {{ round }}", "Results of {{ round }}"),
    Text(
        "In «{{ round }}» hebben we je nu geen plaats kunnen geven.\n\n{{ reasons }}\n\n{{ waiting }}",
        "In “{{ round }}” we could not give you a place for now.\n\n{{ reasons }}\n\n{{ waiting }}",
    ),
)  # fmt: skip
BY_HAND = _letter(
    "offer-by-hand", Text("plaats aangeboden door het bureau", "place offered by the office"), {"destination", "until", "reason"},
    Text("Een plaats voor jou: {{ destination }}", "A place for you: {{ destination }}"),
    Text(
        "Het bureau biedt je in «{{ round }}» een plaats aan buiten de plaatsingsregel om: {{ destination }}.\nDe reden: {{ reason }}\n\n"
        "Meld je aan in het studentenportaal en neem de plaats aan of sla haar af, uiterlijk {{ until }}.",
        "The office offers you a place in “{{ round }}” outside the placement policy: {{ destination }}.\nThe reason: {{ reason }}\n\n"
        "Sign in to the student portal and accept or decline it, by {{ until }} at the latest.",
    ),
)  # fmt: skip
ACCEPTED = _letter(
    "offer-accepted", Text("bevestiging: plaats aangenomen", "receipt: place accepted"), {"destination"},
    Text("Aangenomen: {{ destination }}", "Accepted: {{ destination }}"),
    Text(
        "Je hebt je plaats aangenomen: {{ destination }} («{{ round }}»). Wij nomineren je bij de partner en laten je weten wanneer.",
        "You accepted your place: {{ destination }} (“{{ round }}”). We nominate you to the partner, and tell you once that is done.",
    ),
)  # fmt: skip
DECLINED = _letter(
    "offer-declined", Text("bevestiging: plaats afgeslagen of teruggegeven", "receipt: place declined or given back"), {"destination"},
    Text("Afgeslagen: {{ destination }}", "Declined: {{ destination }}"),
    Text(
        "Je hebt je plaats afgeslagen of teruggegeven: {{ destination }} («{{ round }}»). De plaats gaat naar wie wacht.",
        "You declined your place or gave it back: {{ destination }} (“{{ round }}”). It goes to who is waiting.",
    ),
)  # fmt: skip
EXPIRED = _letter(
    "offer-expired", Text("aanbod vervallen", "offer expired"), {"destination", "until"},
    Text("Vervallen: {{ destination }}", "Expired: {{ destination }}"),
    Text(
        "Op {{ until }} hadden we geen antwoord op ons aanbod van {{ destination }} («{{ round }}»). Het aanbod is vervallen.",
        "By {{ until }} we had no answer to our offer of {{ destination }} (“{{ round }}”). The offer has expired.",
    ),
)  # fmt: skip
WITHDRAWN = _letter(
    "offer-withdrawn", Text("aanbod ingetrokken", "offer withdrawn"), {"destination", "reason"},
    Text("Ingetrokken: {{ destination }}", "Withdrawn: {{ destination }}"),
    Text(
        "Wij moeten je plaats intrekken: {{ destination }} («{{ round }}»). De reden: {{ reason }}",
        "We have to withdraw your place: {{ destination }} (“{{ round }}”). The reason: {{ reason }}",
    ),
)  # fmt: skip
PLACE_GONE = _letter(
    "offer-place-gone", Text("plaats door de partner teruggetrokken", "place taken back by the partner"), {"destination", "reason"},
    Text("Je plaats vervalt: {{ destination }}", "Your place is gone: {{ destination }}"),
    Text(
        "Het spijt ons: je plaats bij {{ destination }} («{{ round }}») bestaat niet meer. De reden: {{ reason }}\n\n"
        "Dit ligt niet aan jou, en je doet gewoon weer mee: al je wensen tellen, op volgorde van score, voor elke plaats die vrijkomt. "
        "Wie al een plaats heeft, houdt die. Zodra er een plaats voor je is, krijg je een brief.",
        "We are sorry: your place at {{ destination }} (“{{ round }}”) no longer exists. The reason: {{ reason }}\n\n"
        "This is not because of anything you did, and you take part again: all your wishes count, by your scores, for every place that "
        "comes free. Whoever has a place keeps it. As soon as there is a place for you, you get a letter.",
    ),
)  # fmt: skip
LATER_ROUND = _letter(
    "later-round", Text("latere ronde voor wie geen plaats heeft", "later round for who has no place"), {"later", "until"},
    Text("Een nieuwe kans: {{ later }}", "Another chance: {{ later }}"),
    Text(
        "In «{{ round }}» kregen we je niet geplaatst. Er is nu een ronde voor de plaatsen die over zijn: «{{ later }}».\n\n"
        "Meld je aan in het studentenportaal, uiterlijk {{ until }}. Je staat intussen nog op de wachtlijsten waar je op stond.",
        "In “{{ round }}” we could not place you. There is now a round for the places that are left: “{{ later }}”.\n\n"
        "Apply in the student portal, by {{ until }} at the latest. Meanwhile you stay on the waiting lists that you were on.",
    ),
)  # fmt: skip
REMINDER = _letter(
    "offer-reminder", Text("herinnering aan een aanbod", "reminder of an offer"), {"destination", "until"},
    Text("Antwoord nog: {{ destination }}", "Please answer: {{ destination }}"),
    Text(
        "Je hebt nog niet geantwoord op ons aanbod van {{ destination }} («{{ round }}»). Doe dat uiterlijk {{ until }} in het portaal.",
        "You have not answered our offer of {{ destination }} (“{{ round }}”) yet. Please do so by {{ until }} in the student portal.",
    ),
)  # fmt: skip
