"""Manifests and the catalogue: who speaks for whom, built, written, read and asked."""

from __future__ import annotations

import dataclasses

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from goliard.ewp_codec.api_entries import SHAPES, ApiEntry, current_api
from goliard.ewp_codec.catalogue import Catalogue, CatalogueHost, catalogue_of
from goliard.ewp_codec.catalogue_documents import parse_catalogue, render_catalogue
from goliard.ewp_codec.documents import RefusedDocument
from goliard.ewp_codec.http_security import CLIENT_SIGNATURE, SERVER_CERTIFICATE, SERVER_SIGNATURE, SIGNED, HttpSecurity, SecurityMethod
from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.lexical import BOOLEAN, HTTPS_URL
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.manifest import Manifest, parse_manifest, render_manifest
from goliard.ewp_codec.other_ids import OtherId
from goliard.ewp_codec.registered_heis import RegisteredHei
from goliard.ewp_codec.schemas import SchemaFolder
from goliard.ewp_codec.writing import Unwritable

EXAMPLE_URL = "https://ewp.example.org/x"


def value_for(lexical: object) -> str:
    if lexical is HTTPS_URL:
        return EXAMPLE_URL
    return "true" if lexical is BOOLEAN else "10"


def whole(name: str) -> ApiEntry:
    shape = SHAPES[name]
    return current_api(name, [(setting, value_for(lexical)) for setting, lexical, _ in shape.settings], SIGNED if shape.secured else None)


@pytest.fixture(scope="module")
def keys() -> tuple[SigningKey, SigningKey, SigningKey]:
    first, second, third = (SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=2048)) for _ in range(3))
    return first, second, third


@pytest.fixture
def manifests(keys: tuple[SigningKey, SigningKey, SigningKey]) -> tuple[Manifest, Manifest]:
    hei_a = RegisteredHei(
        "a.example.org",
        (LocalizedText("University A", "en"),),
        (OtherId("erasmus", "NL  CITY01"), OtherId("previous-schac", "old-a.example.org")),
    )
    hei_b = RegisteredHei("b.example.org", (LocalizedText("Universiteit B", "nl"), LocalizedText("University B", "en")))
    client, server, other = (key.public_der for key in keys)
    apis = tuple(whole(name) for name in SHAPES if name != "registry")
    return (
        Manifest(("ewp@a.example.org",), "Goliard", "Notes", apis, hei_a, client_keys=(client,), server_keys=(server,)),
        Manifest(("ewp@b.example.org",), "Goliard", apis=apis[:3], hei=hei_b, client_keys=(other,), server_keys=(other,)),
    )


def test_a_manifest_with_every_api_is_valid_and_reads_back(manifests: tuple[Manifest, Manifest], schemas: SchemaFolder) -> None:
    for manifest in manifests:
        rendered = render_manifest(manifest)
        assert schemas.faults(rendered) == ()
        parsed = parse_manifest(rendered)
        assert (parsed.value, parsed.tolerated) == (manifest, ())


def test_a_catalogue_of_manifests_is_valid_and_reads_back(manifests: tuple[Manifest, Manifest], schemas: SchemaFolder) -> None:
    catalogue = catalogue_of(manifests)
    rendered = render_catalogue(catalogue)
    assert schemas.faults(rendered) == ()
    parsed = parse_catalogue(rendered)
    assert (parsed.value, parsed.tolerated) == (catalogue, ())


def test_what_a_node_asks_the_catalogue(manifests: tuple[Manifest, Manifest], keys: tuple[SigningKey, SigningKey, SigningKey]) -> None:
    catalogue = catalogue_of(manifests)
    client, server, other = keys
    (iias,) = catalogue.apis("a.example.org", "iias")
    assert (iias.api.major, iias.api.setting("get-url"), iias.api.limit("max-iia-ids")) == (7, EXAMPLE_URL, 10)
    assert iias.api.security == HttpSecurity((CLIENT_SIGNATURE,), (SERVER_CERTIFICATE, SERVER_SIGNATURE))
    assert catalogue.apis("b.example.org", "iias") == ()
    assert catalogue.apis("unknown.example.org", "echo") == ()
    assert catalogue.heis_of_client_key(client.key_id) == ("a.example.org",)
    assert catalogue.client_key(client.key_id) == client.public_der
    # a key that only signs answers signs no request, and a key of another host signs no answer of this one
    assert catalogue.client_key(server.key_id) is None
    assert catalogue.heis_of_client_key(server.key_id) == ()
    assert catalogue.server_key(iias, server.key_id) == server.public_der
    assert catalogue.server_key(iias, client.key_id) is None
    assert catalogue.server_key(iias, other.key_id) is None
    assert catalogue.renamed("old-a.example.org") == "a.example.org"
    assert catalogue.renamed("b.example.org") == "b.example.org"
    assert catalogue.renamed("unknown.example.org") == "unknown.example.org"
    hei = catalogue.hei("a.example.org")
    assert hei is not None
    assert hei.other_ids[0].value == "NL  CITY01"


def test_the_newest_generation_comes_first_and_hosts_that_share_a_key_share_its_institutions() -> None:
    old, new = (ApiEntry("iias", f"urn:{version}", version) for version in ("6.3.0", "7.0.0"))
    first = CatalogueHost(apis=(old,), hei_ids=("a", "b"), client_key_ids=("k",))
    second = CatalogueHost(apis=(new,), hei_ids=("a", "c"), client_key_ids=("k",))
    catalogue = Catalogue((first, second))
    assert [served.api.major for served in catalogue.apis("a", "iias")] == [7, 6]
    assert catalogue.heis_of_client_key("k") == ("a", "b", "c")
    assert ApiEntry("x", "urn:x", "unreadable").major == 0
    assert new.limit("max-iia-ids") is None


def test_a_key_under_a_wrong_id_is_left_out(manifests: tuple[Manifest, Manifest], keys: tuple[SigningKey, SigningKey, SigningKey]) -> None:
    rendered = render_catalogue(catalogue_of(manifests))
    wrong = rendered.replace(keys[0].key_id.encode(), b"0" * 64)
    parsed = parse_catalogue(wrong)
    assert "0" * 64 not in parsed.value.keys
    assert [fault.fault for fault in parsed.tolerated] == ["is not the key that its id names"]
    assert parsed.value.client_key("0" * 64) is None


@pytest.mark.parametrize(
    "change",
    [
        {"admin_emails": ()},
        {"admin_emails": ("nobody",)},
        {"admin_provider": ""},
        {"apis": (current_api("iias", [("get-url", EXAMPLE_URL)]),)},
        {"apis": (current_api("echo", [("url", "http://ewp.example.org")]),)},
        {"apis": (current_api("discovery", [("url", EXAMPLE_URL)], SIGNED),)},
        {"apis": (current_api("factsheet", [("max-hei-ids", "1"), ("url", EXAMPLE_URL)]),)},
        {"apis": (current_api("factsheet", [("url", EXAMPLE_URL), ("max-hei-ids", "0")]),)},
        {"apis": (ApiEntry("x", "", "1.0.0"),)},
        {"apis": (ApiEntry("x", "urn:x", "1.0"),)},
        {"apis": (ApiEntry("x", "https:/not) an address", "1.0.0"),)},
        {"apis": (ApiEntry("x", "urn:x", "1.0.0", security=HttpSecurity((SecurityMethod("x", ""),))),)},
        {
            "apis": (
                ApiEntry("x", "urn:x", "1.0.0", security=HttpSecurity((dataclasses.replace(CLIENT_SIGNATURE, attributes=(("x", "1"),)),))),
            )
        },
        {"hei": RegisteredHei("a.example.org", ())},
    ],
)
def test_a_manifest_that_would_not_be_valid_is_not_written(manifests: tuple[Manifest, Manifest], change: dict[str, object]) -> None:
    with pytest.raises(Unwritable):
        render_manifest(dataclasses.replace(manifests[0], **change))  # type: ignore[arg-type]


def test_a_catalogue_without_hosts_is_not_written_and_other_documents_are_no_catalogue() -> None:
    with pytest.raises(Unwritable):
        render_catalogue(Catalogue())
    for body, why in ((b"<catalogue/>", "root"), (b"<html/>", "root"), (b"<catalogue", "malformed"), (b"<!DOCTYPE a><a/>", "dtd")):
        with pytest.raises(RefusedDocument) as refused:
            parse_catalogue(body)
        assert refused.value.refusal == why
    with pytest.raises(RefusedDocument) as refused:
        parse_manifest(b"<error-response/>")
    assert refused.value.refusal == "root"


def test_a_large_catalogue_is_read(manifests: tuple[Manifest, Manifest]) -> None:
    host = catalogue_of(manifests).hosts[0]
    hosts = tuple(dataclasses.replace(host, hei_ids=(f"hei-{number}.example.org",)) for number in range(300))
    heis = tuple(RegisteredHei(f"hei-{number}.example.org", (LocalizedText("University"),)) for number in range(300))
    rendered = render_catalogue(Catalogue(hosts, heis))
    parsed = parse_catalogue(rendered)
    assert parsed.tolerated == ()
    assert len(parsed.value.hosts) == 300
    assert parsed.value.apis("hei-299.example.org", "iias")[0].api.major == 7
