"""The catalogue's document: read host by host, because the network's is large, and written for a registry of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from types import MappingProxyType

from lxml import etree

from goliard.ewp_codec.api_entries import parse_apis, write_apis
from goliard.ewp_codec.catalogue import Catalogue, CatalogueHost
from goliard.ewp_codec.documents import CATALOGUE, Limits, RefusedDocument, check_log, checked_utf8, local_name, malformed
from goliard.ewp_codec.keys import UnusableKey, decode_der, encode_der, key_id_of
from goliard.ewp_codec.lexical import BASE64, EMAIL, SHA256_HEX
from goliard.ewp_codec.namespaces import ARCHITECTURE, REGISTRY
from goliard.ewp_codec.reading import ElementReader, Faults, Parsed
from goliard.ewp_codec.registered_heis import RegisteredHei, parse_registered_hei, write_registered_hei
from goliard.ewp_codec.writing import ElementWriter, new_document, to_bytes

_SECTIONS = ("host", "institutions", "binaries")


def parse_catalogue(body: bytes, limits: Limits = CATALOGUE) -> Parsed[Catalogue]:
    """Read the catalogue; keys that do not have the id they are listed under are left out. Raises `RefusedDocument`."""
    hosts: list[CatalogueHost] = []
    heis: list[RegisteredHei] = []
    keys: dict[str, bytes] = {}
    faults = Faults()
    for section in _sections(checked_utf8(body, limits), faults):
        reader = ElementReader(section, REGISTRY, faults)
        if local_name(section) == "host":
            hosts.append(_host(reader))
            continue
        if local_name(section) == "institutions":
            heis += [parse_registered_hei(hei) for hei in reader.children("hei")]
        else:
            keys |= dict(_keys(reader))
        reader.close()
    return Parsed(Catalogue(tuple(hosts), tuple(heis), MappingProxyType(keys)), faults.as_tuple())


def render_catalogue(catalogue: Catalogue) -> bytes:
    """Write the catalogue. Raises `Unwritable`."""
    document = new_document("catalogue", REGISTRY)
    if not catalogue.hosts:
        raise document.refuse("needs a host")
    for host in catalogue.hosts:
        _write_host(document.child("host"), host)
    institutions = document.child("institutions")
    for hei in catalogue.heis:
        write_registered_hei(institutions.child("hei"), hei)
    if catalogue.keys:
        binaries = document.child("binaries")
        for key_id, der in catalogue.keys.items():
            binaries.text("rsa-public-key", encode_der(der), BASE64).attribute("sha-256", key_id, SHA256_HEX)
    return to_bytes(document)


def _sections(utf8: bytes, faults: Faults) -> Iterator[etree._Element]:
    """The parts of the document one after the other; each is forgotten before the next one is read."""
    tags = [f"{{{REGISTRY}}}{name}" for name in _SECTIONS]
    parts = etree.iterparse(
        BytesIO(utf8), events=("end",), tag=tags, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        for _, section in parts:
            yield section
            section.clear()
    except etree.XMLSyntaxError as error:
        raise malformed(str(error.msg)) from None
    check_log(parts.error_log)
    root = parts.root
    if root is None or root.tag != f"{{{REGISTRY}}}catalogue":
        raise RefusedDocument("root", "expected <catalogue> in the registry's namespace")
    _check_order(ElementReader(root, REGISTRY, faults))


def _check_order(reader: ElementReader) -> None:
    """What is left of the document are its emptied parts: enough to see whether one is missing, out of order or unknown."""
    if not list(reader.children("host")):
        reader.fault("<host> is missing")
    reader.child("institutions", required=True)
    reader.child("binaries")
    reader.close()


def _host(reader: ElementReader) -> CatalogueHost:
    emails = reader.texts("admin-email", EMAIL, namespace=ARCHITECTURE)
    provider = reader.text("admin-provider", namespace=ARCHITECTURE)
    notes = reader.text("admin-notes", namespace=ARCHITECTURE)
    apis = parse_apis(reader)
    covered = reader.child("institutions-covered")
    hei_ids = () if covered is None else tuple(hei_id.strip() for hei_id in covered.texts("hei-id"))
    client = reader.child("client-credentials-in-use")
    certificates = () if client is None else _key_ids(client, "certificate")
    client_keys = () if client is None else _key_ids(client, "rsa-public-key")
    server = reader.child("server-credentials-in-use")
    server_keys = () if server is None else _key_ids(server, "rsa-public-key")
    for part in (covered, client, server, reader):
        if part is not None:
            part.close()
    return CatalogueHost(emails, provider, notes, apis, hei_ids, certificates, client_keys, server_keys)


def _key_ids(reader: ElementReader, name: str) -> tuple[str, ...]:
    key_ids = []
    for key in reader.children(name):
        key_ids.append(key.attribute("sha-256", SHA256_HEX, required=True))
        key.close_empty()
    return tuple(key_ids)


def _keys(reader: ElementReader) -> Iterator[tuple[str, bytes]]:
    for key in reader.children("rsa-public-key"):
        key_id = key.attribute("sha-256", SHA256_HEX, required=True)
        key.close(mixed=True)
        try:
            der = decode_der(key.own_text())
        except UnusableKey as unusable:
            key.fault(str(unusable))
            continue
        if key_id_of(der) == key_id:
            yield key_id, der
        else:
            key.fault("is not the key that its id names")


def _write_host(writer: ElementWriter, host: CatalogueHost) -> None:
    writer.texts("admin-email", host.admin_emails, EMAIL, namespace=ARCHITECTURE)
    writer.optional("admin-provider", host.admin_provider, namespace=ARCHITECTURE)
    writer.optional("admin-notes", host.admin_notes, namespace=ARCHITECTURE)
    write_apis(writer, host.apis)
    if host.hei_ids:
        writer.child("institutions-covered").texts("hei-id", host.hei_ids)
    if host.client_key_ids or host.client_certificates:
        client = writer.child("client-credentials-in-use")
        _write_key_ids(client, "certificate", host.client_certificates)
        _write_key_ids(client, "rsa-public-key", host.client_key_ids)
    if host.server_key_ids:
        _write_key_ids(writer.child("server-credentials-in-use"), "rsa-public-key", host.server_key_ids)


def _write_key_ids(writer: ElementWriter, name: str, key_ids: tuple[str, ...]) -> None:
    for key_id in key_ids:
        writer.child(name).attribute("sha-256", key_id, SHA256_HEX)
