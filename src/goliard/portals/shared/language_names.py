"""Names of languages in the language of the page."""

from __future__ import annotations

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext

from goliard.rules.values.texts import Text

_OWN = {"no": Text("Noors", "Norwegian"), "zh": Text("Chinees", "Chinese")}  # Django names their written forms only


def language_name(code: str) -> str:
    """Return `German` for de, in the language of the page; the code itself where no name is known."""
    if code in _OWN:
        return _OWN[code].in_language(get_language() or "en")
    name = LANG_INFO.get(code, {}).get("name", "")
    return gettext(name) if name else code
