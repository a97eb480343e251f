"""What an editor writes becomes what a visitor reads: numbers quoted, nothing harmful let through."""

from __future__ import annotations

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from goliard.apps.content.texts import Quotes, faults, fill, placeholders, to_html

QUOTES = Quotes("en", {"fact:people": "over 13 million people", "call:partners": "17", "fact:bad": "<b>*1*</b>"})
PLAIN = [
    ("It reached [[fact:people]].", "It reached over 13 million people."),
    ("[[fact:people]] took part.", "Over 13 million people took part."),
    ("Since 1987. [[fact:people]] took part.", "Since 1987. Over 13 million people took part."),
    ("[[ call:partners ]] partners", "17 partners"),
    ("[[fact:unknown]] people", "… people"),
    ("no [[end", "no [[end"),
]
HTML = [
    ("# Title", "<h2>Title</h2>\n"),
    ("###### Deep", "<h2>Deep</h2>\n"),
    ("## A\n\n### B\n\n## C", "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"),
    ("# A\n\n###### B", "<h2>A</h2>\n<h6>B</h6>\n"),
    ("**[[call:partners]]** partners", "<p><strong>17</strong> partners</p>\n"),
    ("- [[fact:people]]", "<ul>\n<li>Over 13 million people</li>\n</ul>\n"),
    ("It says [[fact:bad]]", "<p>It says &lt;b&gt;*1*&lt;/b&gt;</p>\n"),
    ("[[nothing:here]]", "<p>…</p>\n"),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
    ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
    ("[the call](/icm/2022/)", '<p><a href="/en/icm/2022/" rel="noopener">the call</a></p>\n'),
    ("[Dutch](/nl/icm/)", '<p><a href="/nl/icm/" rel="noopener">Dutch</a></p>\n'),
    ("[out](https://example.org/)", '<p><a href="https://example.org/" rel="noopener">out</a></p>\n'),
    ("![picture](x.png)", "<p></p>\n"),
]


FIGURE = mark_safe('<figure><img src="/x.jpg" alt=""></figure>')
PICTURES = Quotes("en", {"fact:people": "13 people"}, {"image:globe": FIGURE, "image:stars": FIGURE.replace("x", "y")})
SHOWN = [
    ("Before\n\n[[image:globe]]\n\nAfter", f"<p>Before</p>\n{FIGURE}\n<p>After</p>\n"),
    ("Before\n[[ image:globe ]]\nAfter", f"<p>Before</p>\n{FIGURE}\n<p>After</p>\n"),
    ("[[image:globe]]\n[[image:stars]]", f"{FIGURE}\n{FIGURE.replace('x', 'y')}\n"),
    ("In a line [[image:globe]] it means nothing.", "<p>In a line … it means nothing.</p>\n"),
    ("[[image:gone]]", "<p>…</p>\n"),
    ("\ue0020\ue003\n\n[[image:globe]]", f"<p>0</p>\n{FIGURE}\n"),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_images_stand_on_a_line_of_their_own(text: str, expected: str) -> None:
    assert to_html(text, PICTURES) == expected


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_fill(text: str, expected: str) -> None:
    assert fill(text, QUOTES) == expected


@pytest.mark.parametrize(("text", "expected"), HTML)
def test_to_html(text: str, expected: str) -> None:
    assert to_html(text, QUOTES) == expected


def test_an_editor_sees_the_fault_that_a_visitor_does_not() -> None:
    text = "We have [[call:partners]] and [[fact:typo]], [[fact:typo]]."
    assert faults(text, QUOTES) == ("[[fact:typo]]",)
    assert '<mark class="fault">[[fact:typo]]</mark>' in to_html(text, QUOTES, show_faults=True)
    assert "typo" not in to_html(text, QUOTES)


def test_placeholders_of_several_texts() -> None:
    assert placeholders(["[[year]] [[fact:a]]", "", "[[fact:a]]"]) == {"year", "fact:a"}


@given(st.text(max_size=80), st.text(max_size=20))
def test_no_text_brings_markup_that_runs(text: str, value: str) -> None:
    html = to_html(f"{text}[[v]]", Quotes("nl", {"v": value})).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert "<iframe" not in html
