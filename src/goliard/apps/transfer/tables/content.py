"""Published facts, images, news and pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goliard.apps.content.models import FeaturedProject, Image, NewsItem, Page, PageVersion, PublishedFact
from goliard.apps.transfer.columns import Column, ListColumn, column, reference
from goliard.apps.transfer.kinds import Key, Parsed, address
from goliard.apps.transfer.pictures import PictureName
from goliard.apps.transfer.table import Table, Values
from goliard.apps.transfer.tables.funding import call
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

_FACT = ("label_en", "label_nl", "qualifier", "value", "unit_en", "unit_nl", "as_of", "source", "review_on")
_TITLES = ("title_en", "title_nl", "summary_en", "summary_nl")
_BODIES = ("body_nl", "body_en")
ADDRESS = address(120)


class InvalidFigure(InvalidValue):
    """The text is no published number."""

    expected = Text(
        "een getal met een punt en zonder scheidingstekens voor duizendtallen", "a number with a point and no thousands separators"
    )


def _figure(text: str) -> str:
    digits = text.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()) or text.endswith("."):
        raise InvalidFigure(text)
    return text


def _image(model: type, name: str) -> Column:
    return reference(model, name, "images", "key", kind=Key(80), about="key of a row of images.csv")


def _credited(values: Values) -> Iterable[tuple[str, Text]]:
    for name in ("credit", "licence"):
        if name in values and not values[name].strip():
            yield (
                name,
                Text(
                    "Een afbeelding zonder bronvermelding en licentie wordt geweigerd.", "An image without credit and licence is refused."
                ),
            )


def _keep_versions(pages: set[int], now: datetime) -> None:
    found = list(Page.objects.filter(pk__in=pages))
    PageVersion.objects.bulk_create(
        PageVersion(
            page=page,
            version=page.version,
            title_en=page.title_en,
            title_nl=page.title_nl,
            body_en=page.body_en,
            body_nl=page.body_nl,
            replaced_at=now,
        )
        for page in found
    )
    for page in found:
        page.version += 1
        page.updated_at = now
    Page.objects.bulk_update(found, ["version", "updated_at"])


TABLES = (
    Table(
        "facts",
        PublishedFact,
        "Numbers that pages quote by key instead of repeating them.",
        key=("key",),
        columns=(
            column(PublishedFact, "key", kind=Key(60)),
            *(
                column(
                    PublishedFact, name, kind=Parsed(_figure, "a number with a point, no thousands separators") if name == "value" else None
                )
                for name in _FACT
            ),
        ),
    ),
    Table(
        "images",
        Image,
        "Images, none without a credit. The files stand in `images/`.",
        key=("key",),
        columns=(
            column(Image, "key"),
            Column("file", "file", PictureName(), True, "", lookup="file__sha256", about="the file"),  # noqa: FBT003 -- `required`
            *(column(Image, name) for name in ("alt_en", "alt_nl", "credit", "licence", "source_url")),
        ),
        check=_credited,
    ),
    Table(
        "news",
        NewsItem,
        "News items, one file each: `news/WORD-IN-ITS-ADDRESS.md`.",
        key=("slug",),
        form="markdown",
        columns=(
            column(NewsItem, "slug"),
            *(column(NewsItem, name) for name in ("state", "published_on", *_TITLES)),
            call(NewsItem),
            _image(NewsItem, "image"),
            column(NewsItem, "source"),
            *(column(NewsItem, name) for name in _BODIES),
        ),
        lists=(
            ListColumn(
                "featured",
                FeaturedProject,
                parent="item",
                item="project",
                kind=Key(80),
                refers_to="projects",
                lookup="project__key",
                ordered=True,
                about="keys of the projects that it shows as examples, in this order",
            ),
        ),
    ),
    Table(
        "pages",
        Page,
        "Pages and blocks of the public site, one file each: `pages/ITS/ADDRESS.md`.",
        key=("path",),
        form="markdown",
        columns=(
            column(Page, "path", kind=ADDRESS),
            reference(Page, "parent", "pages", "path", kind=ADDRESS, about="address of the page that it belongs to"),
            *(column(Page, name) for name in ("position", "state", "audience", *_TITLES)),
            _image(Page, "cover"),
            *(column(Page, name) for name in _BODIES),
        ),
        before=_keep_versions,
    ),
)
