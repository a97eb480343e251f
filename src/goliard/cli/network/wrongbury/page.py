"""Wrongbury's page in Dutch and in English, in the look of the house: faults to be switched on, its copies, and what was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import goliard
from goliard.cli.network.wrongbury.copies import Mirror
from goliard.cli.network.wrongbury.mischief import About, Mischief
from goliard.cli.network.wrongbury.node import Wrongbury
from goliard.rules.values.texts import Text

LANGUAGES = ("nl", "en")
#: The house's own style sheet, under the address that this page gives it, and the few rules that only this page needs.
STYLES = {
    "/goliard.css": Path(goliard.__file__).parent / "portals" / "shared" / "static" / "shared" / "goliard.css",
    "/wrongbury.css": Path(__file__).parent / "wrongbury.css",
}
NAME = Text("Verzonnen Universiteit van Wrongbury", "Fictional University of Wrongbury")
_LEAD = Text(
    "Een verzonnen partner die zelf antwoordt: hij herhaalt elke overeenkomst die hij krijgt voorgelegd, en keurt haar goed zodra beide"
    " kopieën elkaar noemen. Kies wat hij fout moet doen, en kijk wat uw eigen bureau ervan ziet.",
    "An invented partner that answers by itself: it repeats every agreement that it is offered, and approves it once both copies name each"
    " other. Choose what it should do wrong, and look at what your own office sees of it.",
)
_GOOD = Text("Wrongbury gedraagt zich nu goed.", "Wrongbury behaves well now.")
_BAD = Text("Zo misdraagt Wrongbury zich nu:", "This is how Wrongbury misbehaves now:")
_FAULTS = Text("Wat het fout doet", "What it does wrong")
_SWITCH = Text("Doe het zo", "Do it like this")
_SEEN = Text("Bij u te zien: ", "You see: ")
_WAITING = Text("Berichten die wachten", "Notifications that wait")
_NONE_WAIT = Text("Er wacht geen bericht.", "No notification waits.")
_SEND = Text("Verstuur wat wacht", "Send what waits")
_COPIES = Text("Kopieën", "Copies")
_NO_COPIES = Text("Nog geen: stel Wrongbury een overeenkomst voor.", "None yet: propose an agreement to Wrongbury.")
_HEAD = (
    Text("Partner", "Partner"),
    Text("Eigen id", "Own id"),
    Text("Id van de partner", "The partner’s id"),
    Text("Goedgekeurd", "Approved"),
)
_NOT_APPROVED = Text("nog niet", "not yet")
_SAID = Text("Wat er werd gezegd", "What was said")
_NOTHING_SAID = Text("Nog niets.", "Nothing yet.")
_OTHER = {"nl": ("en", "English"), "en": ("nl", "Nederlands")}


#: Says a sentence in the language of the page, ready to stand in HTML.
Say = Callable[[Text], str]


def page(node: Wrongbury, language: str) -> str:
    """Return the page in one of `LANGUAGES`."""

    def say(text: Text) -> str:
        return escape(text.in_language(language))

    other, its_name = _OTHER[language]
    styles = "".join(f'<link rel="stylesheet" href="{style}">' for style in STYLES)
    groups = "".join(_group(each, node, say) for each in About)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{say(NAME)}</title>{styles}</head><body>'
        f'<header class="bar"><a class="name" href="/{language}/">{say(NAME)}</a>'
        f'<div class="end"><a href="/{other}/" lang="{other}" hreflang="{other}">{its_name}</a></div></header>'
        f'<main class="wrap"><h1>{say(NAME)}</h1><p class="lead">{say(_LEAD)}</p>{_now(node, say)}'
        f'<h2>{say(_FAULTS)}</h2><form method="post" action="/{language}/"><div class="two">{groups}</div>'
        f'<p class="actions"><button class="go">{say(_SWITCH)}</button></p></form>'
        f"<h2>{say(_WAITING)}</h2>{_waiting(node, language, say)}<h2>{say(_COPIES)}</h2>{_copies(node.copies.all(), say)}"
        f"<h2>{say(_SAID)}</h2>{_said(node, say)}</main></body></html>"
    )


def _now(node: Wrongbury, say: Say) -> str:
    if not node.faults:
        return f'<p class="message success" role="status">{say(_GOOD)}</p>'
    listed = "".join(f"<li>{say(each.does)}</li>" for each in Mischief if each in node.faults)
    return f'<div class="message warning" role="status"><p>{say(_BAD)}</p><ul>{listed}</ul></div>'


def _group(about: About, node: Wrongbury, say: Say) -> str:
    boxes = "".join(_box(each, say, is_on=each in node.faults) for each in Mischief if each.about is about)
    return f"<fieldset><legend>{say(about.value)}</legend>{boxes}</fieldset>"


def _box(fault: Mischief, say: Say, *, is_on: bool) -> str:
    checked = " checked" if is_on else ""
    return (
        f'<div class="field check"><input type="checkbox" name="fault" id="{fault.word}" value="{fault.word}"'
        f' aria-describedby="{fault.word}-seen"{checked}> <label for="{fault.word}">{say(fault.does)}</label>'
        f'<p class="help" id="{fault.word}-seen">{say(_SEEN)}{say(fault.seen)}</p></div>'
    )


def _waiting(node: Wrongbury, language: str, say: Say) -> str:
    if not node.waiting:
        return f'<p class="unknown">{say(_NONE_WAIT)}</p>'
    listed = "".join(f"<li><code>{escape(api)} {escape(subject)}</code> → {escape(hei_id)}</li>" for api, hei_id, subject in node.waiting)
    button = f'<button name="send" value="1">{say(_SEND)}</button>'
    return f'<ul>{listed}</ul><form method="post" action="/{language}/">{button}</form>'


def _copies(mirrors: Sequence[Mirror], say: Say) -> str:
    if not mirrors:
        return f'<p class="unknown">{say(_NO_COPIES)}</p>'
    head = "".join(f'<th scope="col">{say(each)}</th>' for each in _HEAD)
    rows = "".join(
        f"<tr><td>{escape(each.hei_id)}</td><td><code>{escape(each.own_id)}</code></td><td><code>{escape(each.their_id)}</code></td>"
        f"<td>{f'<code>{escape(each.approved[:12])}…</code>' if each.approved else say(_NOT_APPROVED)}</td></tr>"
        for each in mirrors
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{say(_COPIES)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _said(node: Wrongbury, say: Say) -> str:
    if not node.told:
        return f'<p class="unknown">{say(_NOTHING_SAID)}</p>'
    return f'<pre class="said" tabindex="0" lang="en">{escape(chr(10).join(node.told))}</pre>'
