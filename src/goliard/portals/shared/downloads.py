"""Files of people, sent to be saved and never shown: what somebody uploaded does not run in anybody's browser."""

from __future__ import annotations

from urllib.parse import quote

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from goliard.apps.documents.models import StoredFile


def sent_file(stored: StoredFile) -> HttpResponseBase:
    """Return a stored file to be saved; 404 where its bytes are gone."""
    try:
        stream = default_storage.open(stored.storage_name, "rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(stream, content_type=stored.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
    return response
