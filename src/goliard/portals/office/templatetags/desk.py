"""Tags of the office's screens: addresses of registers, sentences in the page's language, names of actors."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.db.models import Model
from django.forms import BaseForm
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import is_aware, localtime

from goliard.apps.institutions.usage import told as told_row
from goliard.portals.office.registers.register import Register
from goliard.portals.shared.templatetags.house import in_words, unlocal

register = template.Library()


@register.simple_tag
def route(of: Register, screen: str = "", row: Model | None = None) -> str:
    """The address of a register's screen; without `screen`, of its list."""
    return reverse(f"office:{of.name}-{screen}" if screen else f"office:{of.name}", args=[row.pk] if row is not None else [])


@register.simple_tag
def route_file(of: Register, kind: str) -> str:
    """The address of a register's list as a file."""
    return reverse(f"office:{of.name}-export", args=[kind])


@register.simple_tag
def route_move(of: Register, row: Model, action: str) -> str:
    """The address that takes an action of the lifecycle."""
    return reverse(f"office:{of.name}-move", args=[row.pk, action])


register.filter(unlocal)
register.simple_tag(in_words)


@register.filter
def told(row: Model) -> str:
    """How a row is called in the page's language."""
    return told_row(row)


@register.filter
def helps(form: BaseForm) -> list[tuple[object, object]]:
    """Label and explanation of every field that has one: rows of parts have no room for them beside the field."""
    return [(each.label, each.help_text) for each in form.visible_fields() if each.help_text]


@register.filter
def brief(cell: object) -> object:
    """A cell of a list: days and moments short and sortable by eye (`2027-06-30`), everything else as it is."""
    if isinstance(cell, datetime):
        return format_html('<span class="day">{}</span>', f"{localtime(cell) if is_aware(cell) else cell:%Y-%m-%d %H:%M}")
    return format_html('<span class="day">{}</span>', cell.isoformat()) if isinstance(cell, date) else cell
