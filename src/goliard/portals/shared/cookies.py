"""The cookies that this site sets, as the privacy page prints them. All are essential: nothing is measured and no third party is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie: its name, what it is for, when it is set and how long it stays."""

    name: str
    purpose: str | Promise
    set_when: str | Promise
    kept: str | Promise


def cookies() -> tuple[Cookie, ...]:
    """Return every cookie that a visitor can get from us."""
    return (
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _("Remembers that you have signed in, and messages for you."),
            _("when you sign in"),
            _("until you sign out or close the browser"),
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("Proves that a form that is sent comes from this site."),
            _("when a page shows a form"),
            _("one year"),
        ),
        Cookie(
            settings.LANGUAGE_COOKIE_NAME,
            _("Remembers which language you chose."),
            _("when you choose a language"),
            _("until you close the browser"),
        ),
    )
