"""Images of a folder: what they really are, whatever their name says."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from goliard.apps.transfer.faults import CellRefused
from goliard.apps.transfer.table import Picture

LARGEST = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
FOLDER = "images/"
#: what Pillow calls a format -> content type and the ending under which a dump writes it. SVG is a programme, not a picture: refused.
FORMATS = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "WEBP": ("image/webp", "webp"), "GIF": ("image/gif", "gif")}
ENDINGS = dict(FORMATS.values())


@dataclass(frozen=True, slots=True)
class PictureName:
    """The name of a file in the folder's `images/`; the value that is kept is the hash of its bytes."""

    expects: str = "the name of a PNG, JPEG, WebP or GIF file in `images/`, at most 5 MB"

    def read(self, text: str) -> str:
        """Return the name as it stands; whoever has the folder looks the file up."""
        return text

    def write(self, value: object) -> str:
        """Return the text."""
        return str(value)


def inspect(name: str, content: bytes) -> Picture:
    """Return the picture. Raises `CellRefused` for anything but a whole image of a known format and a sensible size."""
    if len(content) > LARGEST:
        raise CellRefused(f"{name} is groter dan 5 MB.", f"{name} is larger than 5 MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=list(FORMATS)) as image:
                kind, (width, height) = image.format or "", image.size
                if width * height > MOST_PIXELS:
                    raise CellRefused(f"{name} heeft meer dan {MOST_PIXELS} beeldpunten.", f"{name} has more than {MOST_PIXELS} pixels.")
                image.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        if isinstance(error, CellRefused):
            raise
        raise CellRefused(f"{name} is geen PNG, JPEG, WebP of GIF.", f"{name} is not a PNG, JPEG, WebP or GIF.") from None
    return Picture(name, content, FORMATS[kind][0], hashlib.sha256(content).hexdigest())
