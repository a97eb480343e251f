"""The manifest (discovery 6): what a host tells the registry about itself."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.ewp_codec.api_entries import ApiEntry, parse_apis, write_apis
from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.keys import UnusableKey, decode_der, encode_der
from goliard.ewp_codec.lexical import BASE64, EMAIL
from goliard.ewp_codec.namespaces import ARCHITECTURE, DISCOVERY, REGISTRY
from goliard.ewp_codec.reading import ElementReader, Parsed, open_document
from goliard.ewp_codec.registered_heis import RegisteredHei, parse_registered_hei, write_registered_hei
from goliard.ewp_codec.writing import ElementWriter, new_document, to_bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """One host that serves one institution. Keys are DER encodings of public keys; `certificates` belong to a method of the past."""

    admin_emails: tuple[str, ...]
    admin_provider: str
    admin_notes: str = ""
    apis: tuple[ApiEntry, ...] = ()
    hei: RegisteredHei | None = None
    client_certificates: tuple[bytes, ...] = ()
    client_keys: tuple[bytes, ...] = ()
    server_keys: tuple[bytes, ...] = ()


def parse_manifest(body: bytes, limits: Limits = ANSWER) -> Parsed[Manifest]:
    """Read a manifest; one without host is an empty `Manifest` and a fault. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "manifest", DISCOVERY, limits)
    host = reader.child("host", required=True)
    manifest = Manifest((), "") if host is None else _host(host)
    reader.close()
    return Parsed(manifest, faults.as_tuple())


def render_manifest(manifest: Manifest) -> bytes:
    """Write a manifest. Raises `Unwritable`."""
    document = new_document("manifest", DISCOVERY)
    writer = document.child("host")
    if not manifest.admin_emails or not manifest.admin_provider:
        raise writer.refuse("needs an administrator's address and a provider")
    writer.texts("admin-email", manifest.admin_emails, EMAIL, namespace=ARCHITECTURE)
    writer.text("admin-provider", manifest.admin_provider, namespace=ARCHITECTURE)
    writer.optional("admin-notes", manifest.admin_notes, namespace=ARCHITECTURE)
    write_apis(writer, manifest.apis)
    if manifest.hei is not None:
        covered = writer.child("institutions-covered")
        write_registered_hei(covered.child("hei", namespace=REGISTRY), manifest.hei)
    _write_keys(writer, "client-credentials-in-use", manifest.client_keys, manifest.client_certificates)
    _write_keys(writer, "server-credentials-in-use", manifest.server_keys, ())
    return to_bytes(document)


def _host(reader: ElementReader) -> Manifest:
    emails = reader.texts("admin-email", EMAIL, namespace=ARCHITECTURE)
    if not emails:
        reader.fault("<admin-email> is missing")
    provider = reader.text("admin-provider", namespace=ARCHITECTURE, required=True)
    notes = reader.text("admin-notes", namespace=ARCHITECTURE)
    apis = parse_apis(reader)
    hei = _covered_hei(reader)
    client = reader.child("client-credentials-in-use")
    certificates = () if client is None else _keys(client, "certificate")
    client_keys = () if client is None else _keys(client, "rsa-public-key")
    server = reader.child("server-credentials-in-use")
    server_keys = () if server is None else _keys(server, "rsa-public-key")
    for credentials in (client, server):
        if credentials is not None:
            credentials.close()
    reader.close()
    return Manifest(emails, provider, notes, apis, hei, certificates, client_keys, server_keys)


def _covered_hei(host: ElementReader) -> RegisteredHei | None:
    covered = host.child("institutions-covered")
    if covered is None:
        return None
    hei = covered.child("hei", namespace=REGISTRY)
    covered.close()
    return None if hei is None else parse_registered_hei(hei)


def _keys(reader: ElementReader, name: str) -> tuple[bytes, ...]:
    keys = []
    for key in reader.children(name):
        text = "".join(key.own_text().split())
        try:
            keys.append(decode_der(text))
        except UnusableKey as unusable:
            key.fault(str(unusable))
        key.close(mixed=True)
    return tuple(keys)


def _write_keys(host: ElementWriter, name: str, keys: tuple[bytes, ...], certificates: tuple[bytes, ...]) -> None:
    if keys or certificates:
        writer = host.child(name)
        writer.texts("certificate", map(encode_der, certificates), BASE64)
        writer.texts("rsa-public-key", map(encode_der, keys), BASE64)
