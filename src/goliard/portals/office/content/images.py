"""The register of images."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.content.models import Image
from goliard.apps.content.policies import may_edit_content, may_read_content
from goliard.apps.content.queries.quoting import texts_that_show
from goliard.apps.content.services.images import keep_image, remove_image
from goliard.apps.institutions.usage import users_of
from goliard.portals.office.registers.fields import SearchFilter, form_field
from goliard.portals.office.registers.register import Panel, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class ImageFilter(SearchFilter):
    """Narrow by words."""

    search_in = ("key", "alt_en", "alt_nl", "credit", "licence")


class ImageForm(forms.ModelForm):
    """An image with its file, its words and its credit."""

    upload = forms.FileField(
        label=_("file"), required=False, help_text=_("PNG, JPEG or WebP, at most 5 MB. A new file takes the place of the old one."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip

    class Meta:
        model = Image
        formfield_callback = form_field
        fields = ["key", "upload", "alt_nl", "alt_en", "credit", "licence", "source_url"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("credit", "licence"):  # the service refuses with a sentence that says why
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Hand the file on with the row."""
        self.instance.uploaded = self.cleaned_data.get("upload")
        return self.cleaned_data


def _keep(*, row: Image, actor: Actor, now: datetime, parts: Sequence[Model], removed: Sequence[Model], seen: str | None) -> Image:
    upload = getattr(row, "uploaded", None)
    name = upload.name if upload else ""
    return keep_image(row=row, actor=actor, now=now, upload=upload, name=name, parts=parts, removed=removed, seen=seen)


def _rows(_actor: Actor) -> QuerySet[Image]:
    return Image.objects.select_related("file")


def _alt(image: Image) -> str:
    return image.alt_nl if (get_language() or "").startswith("nl") else image.alt_en


IMAGES = Register(
    name="images",
    model=Image,
    title=_("Images"),
    hint=_("A text shows an image, with its credit, as [[image:key]] on a line of its own."),
    one=_("image"),
    rows=_rows,
    columns=(
        Column("key", _("Key"), "key", lambda row: row.key),
        Column("alt", _("What it shows"), "alt_en", _alt),
        Column("credit", _("Credit"), "credit", lambda row: row.credit),
        Column("licence", _("Licence"), "licence", lambda row: row.licence),
        Column("type", _("Type"), "file__content_type", lambda row: row.file.content_type),
        Column("size", _("kB"), "file__size", lambda row: (row.file.size + 1023) // 1024, numeric=True),
    ),
    default_sort="key",
    form=ImageForm,
    may_read=may_read_content,
    may_add=may_edit_content,
    may_edit=may_edit_content,
    keep=_keep,
    remove=remove_image,
    users=lambda image: (*users_of(image), *texts_that_show(image)),
    filters=ImageFilter,
    panels=lambda image, _actor: [Panel("office/content/picture.html", {"image": image, "alt": _alt(image)})],
)
