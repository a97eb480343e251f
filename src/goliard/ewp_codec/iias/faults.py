"""What a file of agreements does against its schema, as far as the reader sees it: for files of any origin, without the schemas at hand."""

from __future__ import annotations

from goliard.ewp_codec.documents import local_name, read_document
from goliard.ewp_codec.iias.get_response import parse_iia
from goliard.ewp_codec.namespaces import IIAS_GET
from goliard.ewp_codec.reading import ElementReader, Faults, Tolerance


def iia_faults(body: bytes) -> tuple[Tolerance, ...]:
    """Return the faults of a get response or of a bare `<iia>`, none where it follows its schema. Raises `RefusedDocument`."""
    root = read_document(body)
    faults = Faults()
    faults.check_namespace(root, IIAS_GET)
    reader = ElementReader(root, IIAS_GET, faults)
    if local_name(root) == "iia":
        parse_iia(reader)
    else:
        if local_name(root) != "iias-get-response":
            reader.fault("is neither <iias-get-response> nor <iia>")
        for iia in reader.children("iia"):
            parse_iia(iia)
        reader.close()
    return faults.as_tuple()
