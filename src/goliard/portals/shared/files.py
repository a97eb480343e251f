"""Send a stored file to somebody who may read it: as a download, never run by the browser."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from goliard.apps.documents.models import StoredFile


def sent(file: StoredFile) -> HttpResponseBase:
    """Return the bytes under the name that the uploader gave; 404 where they are gone."""
    try:
        content = default_storage.open(file.storage_name)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
