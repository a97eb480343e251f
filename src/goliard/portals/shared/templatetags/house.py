"""Tags that every page uses: the same page in another language, links that know where one is, query strings."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from goliard.apps.content.models import Image
from goliard.portals.shared.images import figure, image_address
from goliard.portals.shared.languages import path_in_language
from goliard.rules.values.texts import Text

register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context: Context, language: str) -> str:
    """The address of this very page in `language`, with its query; the language's home page where there is no request."""
    request = context.get("request")
    return path_in_language(request.get_full_path(), language) if request else f"/{language}/"


@register.simple_tag
def picture(image: Image) -> SafeString:
    """An image with its description and its credit."""
    return figure(image, (get_language() or "en")[:2])


@register.simple_tag
def image_source(image: Image) -> str:
    """Where an image's bytes stand."""
    return image_address(image)


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """This page's query string with `changes`; a value of None takes the key away."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


class NavLink(Node):
    """A link that is marked as current on its own page and on the pages below it."""

    def __init__(self, route: FilterExpression, nodes: NodeList) -> None:
        self.route, self.nodes = route, nodes

    def render(self, context: Context) -> str:
        """Return the `<a>`."""
        address = reverse(self.route.resolve(context))
        request = context.get("request")
        path = request.path if request else ""
        here = "page" if path == address else "true" if _below(path, address) else "false"
        return format_html('<a href="{}" aria-current="{}">{}</a>', address, here, self.nodes.render(context))


def _below(path: str, address: str) -> bool:
    return path.startswith(address) and address.count("/") > 2  # the home page is above everything, and nobody's heading


@register.tag
def nav_link(parser: Parser, token: Token) -> NavLink:
    """`{% nav_link 'public:news' %}News{% end_nav_link %}`."""
    bits = token.split_contents()
    if len(bits) != 2:
        raise TemplateSyntaxError("nav_link takes one route name")
    nodes = parser.parse(("end_nav_link",))
    parser.delete_first_token()
    return NavLink(parser.compile_filter(bits[1]), nodes)


@register.filter
def unlocal(number: float) -> str:
    """A number as a drawing needs it, whatever the page's language: 12.5."""
    return f"{number:g}"


@register.simple_tag
def in_words(text: Text) -> str:
    """A sentence of the rules in the page's language."""
    return text.in_language(get_language() or "en")
