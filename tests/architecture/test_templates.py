"""Templates hold nothing inline, load nothing from elsewhere, are short, and have no untranslated word."""

from __future__ import annotations

import pytest
from tests.architecture.checks.markup import markup
from tests.architecture.checks.sizes import template_size
from tests.architecture.source import Template, templates

BAD = {
    '<p style="color: red"></p>': "no inline style",
    "<style>p { color: red }</style>": "no inline <style>",
    "<script>alert(1)</script>": "no inline <script>",
    '<button onclick="go()"></button>': "no inline onclick",
    '<a href="javascript:go()"></a>': "no inline href",
    '<script src="https://cdn.example.org/x.js"></script>': "nothing is loaded from elsewhere",
    '<link rel="stylesheet" href="//cdn.example.org/x.css">': "nothing is loaded from elsewhere",
    "<p>Our partners</p>": "not translated: 'Our partners'",
    '<img src="{{ image.url }}" alt="A map of the world">': "not translated: 'A map of the world'",
    '<input type="submit" value="Save">': "not translated: 'Save'",
    "{% if x %}<p>{{ count }} partners</p>{% endif %}": "not translated: 'partners'",
}
GOOD = (
    "{% load i18n %}<p>{% translate 'Our partners' %} ({{ count }})</p>",
    "<p>{% blocktranslate count n=n %}{{ n }} partner{% plural %}{{ n }} partners{% endblocktranslate %}</p>",
    '{# not shown #}{% comment "why" %}not shown{% endcomment %}<a href="https://example.org">{{ name }}</a>',
    "<script src=\"{% static 'x.js' %}\" defer></script><img alt=\"{% translate 'Map' %}\">",
    '<a href="{{ page.nl }}" hreflang="nl" lang="nl">Nederlands</a>',
    '{% block body %}class="office wide"{% endblock %}',
    '<script type="application/json">{"words": true}</script><a download>CSV</a>',
)


def test_every_template_keeps_the_rules() -> None:
    found = [finding for template in templates() for finding in markup(template)]
    assert not found, "\n".join(found)


def test_every_template_is_short() -> None:
    found = [finding for template in templates() for finding in template_size(template)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("text", "sentence"), BAD.items())
def test_a_bad_template_is_found(text: str, sentence: str) -> None:
    found = markup(Template("x.html", f"<div>\n{text}\n</div>"))
    assert len(found) == 1
    assert found[0].startswith(f"x.html:2: {sentence}")


@pytest.mark.parametrize("text", GOOD)
def test_a_good_template_is_left_alone(text: str) -> None:
    assert markup(Template("x.html", text)) == []


def test_a_long_template_is_found() -> None:
    assert template_size(Template("x.html", "<br>\n" * 121)) == ["x.html: 121 lines, and 120 is the most without a reason"]
