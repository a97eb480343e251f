"""Files that somebody uploaded, sent to be saved and never shown: nothing of them runs in anybody's browser."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from goliard.apps.documents.models import StoredFile


def sent_file(stored: StoredFile, *, name: str = "") -> HttpResponseBase:
    """Return a stored file to be saved, as `name` or else under the uploader's name; 404 where its bytes are gone."""
    try:
        stream = default_storage.open(stored.storage_name, "rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(stream, as_attachment=True, filename=name or stored.name, content_type=stored.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
