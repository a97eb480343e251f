"""Facts, news, pages and images; pictures are a few pixels, made here."""

from __future__ import annotations

import datetime as dt
import io

import PIL.Image
from django.core.files.uploadedfile import SimpleUploadedFile

from goliard.apps.content.models import Image, NewsItem, Page, PublishedFact
from goliard.apps.content.services.images import keep_image
from goliard.rules.access.actor import system

NOW = dt.datetime(2023, 3, 1, 12, tzinfo=dt.UTC)


def picture(kind: str = "PNG", colour: str = "teal") -> bytes:
    stream = io.BytesIO()
    PIL.Image.new("RGB", (6, 4), colour).save(stream, kind)
    return stream.getvalue()


def upload(name: str = "globe.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, content_type="image/png")


def an_image(key: str = "globe", content: bytes | None = None) -> Image:
    row = Image(key=key, alt_en="A globe", alt_nl="Een globe", credit="Globe, by a photographer", licence="CC BY 4.0")
    return keep_image(row=row, actor=system("test"), now=NOW, upload=io.BytesIO(content or picture()), name=f"{key}.png")


def a_fact(key: str = "participants", **fields: object) -> PublishedFact:
    values: dict[str, object] = {
        "label_en": "Participants", "label_nl": "Deelnemers", "qualifier": "over", "value": "13", "unit_en": "million people",
        "unit_nl": "miljoen mensen", "source": "Commission",
    }  # fmt: skip
    return PublishedFact.objects.create(key=key, **(values | fields))


def a_page(path: str = "erasmus/about", **fields: object) -> Page:
    values: dict[str, object] = {"title_en": "About", "title_nl": "Over", "body_en": "Text.", "body_nl": "Tekst."}
    return Page.objects.create(path=path, **(values | fields))


def a_news_item(slug: str = "award", **fields: object) -> NewsItem:
    values: dict[str, object] = {
        "published_on": dt.date(2022, 12, 1), "title_en": "Award", "title_nl": "Toekenning", "body_en": "Text.", "body_nl": "Tekst.",
    }  # fmt: skip
    return NewsItem.objects.create(slug=slug, **(values | fields))
