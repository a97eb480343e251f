"""What bytes are, told from the bytes: never from the name or from what a browser says."""

from __future__ import annotations

import zipfile
from typing import IO

HEAD = 4096

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_OFFICE = {
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
UNKNOWN = "application/octet-stream"
MARKUP = "text/html"  # whatever a browser might run: HTML, SVG, and XML that may be either


def sniff(stream: IO[bytes]) -> str:
    """Return the media type of a seekable stream, `application/octet-stream` for what is not known; leave the stream at its start."""
    stream.seek(0)
    head = stream.read(HEAD)
    kind = _of_head(head) or (_of_zip(stream) if head.startswith(b"PK\x03\x04") else _of_text(head))
    stream.seek(0)
    return kind


def _of_head(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), "")


def _of_zip(stream: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return UNKNOWN
    if "[Content_Types].xml" not in names:
        return "application/zip"
    return next((kind for folder, kind in _OFFICE.items() if any(name.startswith(folder) for name in names)), UNKNOWN)


def _of_text(head: bytes) -> str:
    """Text is UTF-8 without NUL; the last character of the head may be cut."""
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or len(head) < HEAD:
            return UNKNOWN
        text = head[: error.start].decode("utf-8-sig")
    if "\0" in text:
        return UNKNOWN
    return MARKUP if text.lstrip().startswith("<") else "text/plain"
