"""The XML namespaces of the network's documents, by the words the specifications use."""

from __future__ import annotations

from typing import Final

_SPECS = "https://github.com/erasmus-without-paper/ewp-specs-"

ARCHITECTURE: Final = f"{_SPECS}architecture/blob/stable-v1/common-types.xsd"
ADDRESS: Final = f"{_SPECS}types-address/tree/stable-v1"
CONTACT: Final = f"{_SPECS}types-contact/tree/stable-v1"
PHONE: Final = f"{_SPECS}types-phonenumber/tree/stable-v1"

DISCOVERY: Final = f"{_SPECS}api-discovery/tree/stable-v6"
REGISTRY: Final = f"{_SPECS}api-registry/tree/stable-v1"
SECURITY: Final = f"{_SPECS}sec-intro/tree/stable-v2"

ECHO: Final = f"{_SPECS}api-echo/tree/stable-v2"
INSTITUTIONS: Final = f"{_SPECS}api-institutions/tree/stable-v2"
OUNITS: Final = f"{_SPECS}api-ounits/tree/stable-v2"
FACTSHEET: Final = f"{_SPECS}api-factsheet/tree/stable-v1"
IIAS_GET: Final = f"{_SPECS}api-iias/blob/stable-v7/endpoints/get-response.xsd"
IIAS_INDEX: Final = f"{_SPECS}api-iias/blob/stable-v7/endpoints/index-response.xsd"
IIAS_STATS: Final = f"{_SPECS}api-iias/blob/stable-v7/endpoints/stats-response.xsd"
IIA_CNR: Final = f"{_SPECS}api-iia-cnr/tree/stable-v3"
IIAS_APPROVAL: Final = f"{_SPECS}api-iias-approval/tree/stable-v2"
IIA_APPROVAL_CNR: Final = f"{_SPECS}api-iia-approval-cnr/tree/stable-v2"

XML: Final = "http://www.w3.org/XML/1998/namespace"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

#: The prefixes under which our documents declare the namespaces of shared types. The document's own namespace is always the default one,
#: because strict partners look for `/iias-index-response/iia-id` without prefix.
PREFIXES: Final = {"ewp": ARCHITECTURE, "a": ADDRESS, "c": CONTACT, "p": PHONE, "r": REGISTRY, "sec": SECURITY}


def manifest_entry(specification: str, major: int) -> str:
    """Return the namespace of an API's manifest entry; `specification` is the repository's word, such as `iias` or `ounits`."""
    return f"{_SPECS}api-{specification}/blob/stable-v{major}/manifest-entry.xsd"
