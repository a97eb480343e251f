"""Images as browsers get them: the bytes that were checked on upload, under a type of our own, unable to run anything."""

from __future__ import annotations

from dataclasses import replace

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from goliard.apps.content.models import Image
from goliard.apps.content.queries.quoting import quoted_images
from goliard.apps.content.texts import Quotes
from goliard.portals.shared.doors import anyone, door

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif"}
DIGITS = 12
YEAR = 365 * 24 * 3600


def image_address(image: Image) -> str:
    """Return where the image's bytes stand; another file has another address, so that browsers may keep it for good."""
    return reverse("image", args=[image.file.sha256[:DIGITS], image.key, ENDINGS.get(image.file.content_type, "bin")])


def figure(image: Image, language: str) -> SafeString:
    """Return the image with its description in `language` (nl or en) and its credit, as HTML."""
    return format_html(
        '<figure class="picture"><img src="{}" alt="{}" loading="lazy"><figcaption class="credit">{} · {}</figcaption></figure>',
        image_address(image),
        image.alt_nl if language == "nl" else image.alt_en,
        image.credit,
        image.licence,
    )


def with_pictures(quotes: Quotes, text: str) -> Quotes:
    """Return the quotes with the images that stand in `text`, each with its credit; one query where there are any."""
    return replace(quotes, pictures={f"image:{image.key}": figure(image, quotes.language) for image in quoted_images([text])})


@door(anyone)
@require_safe
def image(request: HttpRequest, digest: str, key: str, ending: str) -> HttpResponseBase:
    """The image's bytes; 404 where it is gone, or holds another file by now."""
    found = Image.objects.select_related("file").filter(key=key).first()
    if found is None or found.file.sha256[:DIGITS] != digest or ENDINGS.get(found.file.content_type) != ending:
        raise Http404
    try:
        content = default_storage.open(found.file.storage_name)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(content, content_type=found.file.content_type, filename=f"{key}.{ending}")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
