"""How Wrongbury misbehaves: each fault is one that partners in the world have shown, and has a trace that the other office should find."""

from __future__ import annotations

from enum import Enum

from goliard.rules.values.texts import Text


class About(Enum):
    """What a fault is about, as the page groups them."""

    NOTIFICATIONS = Text("Berichten", "Notifications")
    COPIES = Text("Kopieën", "Copies")
    APPROVALS = Text("Goedkeuringen", "Approvals")
    ANSWERS = Text("Alle antwoorden", "Every answer")


class Mischief(Enum):
    """A fault that can be switched on: its name in forms, what it is about, what it does, and what the other office should see."""

    SILENT = (
        "silent",
        About.NOTIFICATIONS,
        Text("Stuurt geen berichten.", "Sends no notifications."),
        Text("Pas de nachtelijke blik door de index vindt de kopie.", "Only the nightly look through its index finds the copy."),
    )
    LATE = (
        "late",
        About.NOTIFICATIONS,
        Text("Houdt zijn berichten vast tot iemand ze laat gaan.", "Keeps its notifications until somebody lets them go."),
        Text("Niets, tot zij komen.", "Nothing, until they come."),
    )
    WRONG_HASH = (
        "wrong-hash",
        About.COPIES,
        Text("Noemt een andere hash dan die van zijn tekst.", "Declares another hash than that of its text."),
        Text(
            "De partner is aan de beurt; goedkeuren wordt geweigerd.",
            "It is the partner’s turn; approving is refused.",
        ),
    )
    SHORT_ISCED = (
        "short-isced",
        About.COPIES,
        Text("Schrijft vakgebieden met drie cijfers.", "Writes subject areas with three digits."),
        Text(
            "De fout met regel en plaats, en een verschil; goedkeuren wordt geweigerd.",
            "The fault with line and path, and a difference; approving is refused.",
        ),
    )
    NO_IIA_ID = (
        "no-iia-id",
        About.APPROVALS,
        Text("Beantwoordt goedkeuringen zonder iia-id.", "Answers approvals without iia-id."),
        Text(
            "Niet goedgekeurd door de partner, en de fout met regel en plaats.",
            "Not approved by the partner, and the fault with line and path.",
        ),
    )
    WRONG_APPROVAL = (
        "wrong-approval",
        About.APPROVALS,
        Text("Keurt een andere hash goed dan die van onze kopie.", "Approves another hash than that of our copy."),
        Text("Een goedkeuring van een tekst die nooit gepubliceerd is.", "An approval of a text that was never published."),
    )
    HTML = (
        "html",
        About.ANSWERS,
        Text("Antwoordt 502 met een webpagina.", "Answers 502 with a page of HTML."),
        Text(
            "De uitwisseling met wat er werd gezegd; later opnieuw gevraagd.", "The exchange with what was said; it is asked again later."
        ),
    )
    HTML_OK = (
        "html-200",
        About.ANSWERS,
        Text("Antwoordt 200 met een webpagina.", "Answers 200 with a page of HTML."),
        Text("Hetzelfde: een webpagina is geen antwoord.", "The same: a web page is no answer."),
    )
    ERROR_OK = (
        "error-200",
        About.ANSWERS,
        Text("Antwoordt 200 met een foutmelding (error-response).", "Answers 200 with an error-response."),
        Text("Hetzelfde: een foutmelding is geen antwoord.", "The same: an error is no answer."),
    )
    UNSIGNED = (
        "unsigned",
        About.ANSWERS,
        Text(
            "Ondertekent zijn antwoorden niet, al zegt zijn manifest van wel.", "Does not sign its answers, although its manifest says so."
        ),
        Text("Geldt niet als antwoord.", "As good as no answer."),
    )
    SKEWED = (
        "skewed",
        About.ANSWERS,
        Text("Zijn klok loopt twintig minuten voor.", "Its clock is twenty minutes ahead."),
        Text("Hoeveel de klok afwijkt; het antwoord geldt niet.", "How far the clock is off; the answer does not count."),
    )
    SLOW = (
        "slow",
        About.ANSWERS,
        Text("Doet over elk antwoord een halve minuut.", "Takes half a minute for every answer."),
        Text(
            "De uitwisseling met haar tijd; na een minuut wordt er niet meer gewacht.",
            "The exchange with its time; after a minute nobody waits any more.",
        ),
    )

    def __init__(self, word: str, about: About, does: Text, seen: Text) -> None:
        self.word, self.about, self.does, self.seen = word, about, does, seen


def named(words: list[str]) -> frozenset[Mischief]:
    """Return the faults with these words; unknown words are ignored."""
    return frozenset(each for each in Mischief if each.word in words)
