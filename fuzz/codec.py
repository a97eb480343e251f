"""Fuzz targets for the codec: what must hold for every sequence of bytes. A target that raises has found a defect."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from typing import Any

from goliard.ewp_codec.catalogue_documents import parse_catalogue, render_catalogue
from goliard.ewp_codec.documents import Limits, RefusedDocument, local_name, read_document
from goliard.ewp_codec.echo import parse_echo, render_echo
from goliard.ewp_codec.error_response import parse_error_response, render_error_response
from goliard.ewp_codec.factsheets import parse_factsheets, render_factsheets
from goliard.ewp_codec.iias.approvals import parse_iias_approval, render_iias_approval
from goliard.ewp_codec.iias.conditions_hash import hash_iias
from goliard.ewp_codec.iias.faults import iia_faults
from goliard.ewp_codec.iias.get_response import parse_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index, parse_iias_stats, render_iias_index, render_iias_stats
from goliard.ewp_codec.iias.notifications import parse_iia_approval_cnr, parse_iia_cnr
from goliard.ewp_codec.iias.publishing import render_iias_get
from goliard.ewp_codec.institutions import parse_institutions, render_institutions
from goliard.ewp_codec.manifest import parse_manifest, render_manifest
from goliard.ewp_codec.ounits import parse_ounits, render_ounits
from goliard.ewp_codec.request_parameters import BadParameters, parse_parameters
from goliard.ewp_codec.signatures.http_dates import format_http_date, parse_http_date
from goliard.ewp_codec.signatures.parameters import parse_signature_parameters
from goliard.ewp_codec.signatures.refusals import SignatureRefused
from goliard.ewp_codec.signatures.requests import Request, unverified_answer_headers, verify_request
from goliard.ewp_codec.writing import Unwritable

LIMITS = Limits(bytes=50_000, elements=2_000, attributes=2_000)
NOW = dt.datetime(2026, 11, 3, 10, 0, 0, tzinfo=dt.UTC)

#: Root element -> how to read and write its document.
DOCUMENTS: dict[str, tuple[Callable[..., Any], Callable[[Any], bytes] | None]] = {
    "catalogue": (parse_catalogue, render_catalogue),
    "error-response": (parse_error_response, render_error_response),
    "factsheet-response": (parse_factsheets, render_factsheets),
    "iia-approval-cnr-response": (parse_iia_approval_cnr, None),
    "iia-cnr-response": (parse_iia_cnr, None),
    "iias-approval-response": (parse_iias_approval, render_iias_approval),
    "iias-get-response": (parse_iias_get, render_iias_get),
    "iias-index-response": (parse_iias_index, render_iias_index),
    "iias-stats-response": (parse_iias_stats, render_iias_stats),
    "institutions-response": (parse_institutions, render_institutions),
    "manifest": (parse_manifest, render_manifest),
    "ounits-response": (parse_ounits, render_ounits),
    "response": (parse_echo, render_echo),
}


def documents(data: bytes) -> None:
    """Reading refuses or succeeds; what was read is written strictly or not at all; what was written reads back equal and without fault."""
    try:
        root = local_name(read_document(data, LIMITS))
        hash_iias(data, LIMITS)
        iia_faults(data)
    except RefusedDocument:
        root = "catalogue"  # read by another parser, which must refuse as well
    parse, render = DOCUMENTS.get(root, DOCUMENTS["iias-get-response"])
    try:
        parsed = parse(data, LIMITS)
        if render is None:
            return
        rendered = render(parsed.value)
    except (RefusedDocument, Unwritable):
        return
    again = parse(rendered)
    if again.tolerated or render(again.value) != rendered:
        raise AssertionError(f"not stable: {again.tolerated}")


def signatures(data: bytes) -> None:
    """Headers, dates, signature parameters and form parameters are read or refused, nothing else; a date that is read is written back."""
    text = data.decode("latin-1")
    moment = parse_http_date(text)
    if moment is not None and format_http_date(moment) != text:
        raise AssertionError("a date came back changed")
    with contextlib.suppress(SignatureRefused):
        parameters = parse_signature_parameters(text)
        if parse_signature_parameters(str(parameters)) != parameters:
            raise AssertionError("parameters came back changed")
    with contextlib.suppress(BadParameters):
        parse_parameters(data).modified_since()
    headers = [(name, value) for name, _, value in (line.partition(": ") for line in text.split("\n"))]
    try:
        unverified_answer_headers(headers)
        verify_request(Request("POST", "/", tuple(headers), b""), key_of=lambda _: b"not a key", now=NOW)
    except SignatureRefused:
        return
    raise AssertionError("a request was accepted under a key that is none")
