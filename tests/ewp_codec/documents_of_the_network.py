"""Every document that the codec reads and writes, with its official example: the table that several tests walk through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from goliard.ewp_codec.catalogue_documents import parse_catalogue, render_catalogue
from goliard.ewp_codec.echo import parse_echo, render_echo
from goliard.ewp_codec.error_response import parse_error_response, render_error_response
from goliard.ewp_codec.factsheets import parse_factsheets, render_factsheets
from goliard.ewp_codec.iias.approvals import parse_iias_approval, render_iias_approval
from goliard.ewp_codec.iias.get_response import parse_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index, parse_iias_stats, render_iias_index, render_iias_stats
from goliard.ewp_codec.iias.publishing import render_iias_get
from goliard.ewp_codec.institutions import parse_institutions, render_institutions
from goliard.ewp_codec.manifest import parse_manifest, render_manifest
from goliard.ewp_codec.ounits import parse_ounits, render_ounits


@dataclass(frozen=True)
class Kind:
    """A kind of document: how to read and write it, and where its example is ("" for none)."""

    name: str
    parse: Callable[[bytes], Any]
    render: Callable[[Any], bytes]
    example: str = ""


KINDS = (
    Kind("iias get", parse_iias_get, render_iias_get, "iias/endpoints/get-response-example.xml"),
    Kind("iias index", parse_iias_index, render_iias_index, "iias/endpoints/index-response-example.xml"),
    Kind("iias stats", parse_iias_stats, render_iias_stats, "iias/endpoints/stats-response-example.xml"),
    Kind("iias approval", parse_iias_approval, render_iias_approval, "iias-approval/response-example.xml"),
    Kind("institutions", parse_institutions, render_institutions, "institutions/response-example.xml"),
    Kind("ounits", parse_ounits, render_ounits, "ounits/response-example.xml"),
    Kind("factsheet", parse_factsheets, render_factsheets, "factsheet/response-example.xml"),
    Kind("manifest", parse_manifest, render_manifest, "discovery/manifest-example.xml"),
    Kind("catalogue", parse_catalogue, render_catalogue, "registry/catalogue-example.xml"),
    Kind("echo", parse_echo, render_echo),
    Kind("error", parse_error_response, render_error_response),
)
