"""An installation to be measured: a home institution, one partner with a key, so many agreements published in the network."""

from __future__ import annotations

import io
import os
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from goliard.ewp_codec.keys import SigningKey

HOST = "exchange.home.example.org"
HOME, PARTNER = "home.example.org", "partner.example.org"
BATCH = 5_000


def settle(data: Path) -> None:
    """Point this process at an installation in a folder of its own, and load Django."""
    os.environ |= {
        "GOLIARD_DATA": str(data),
        "GOLIARD_EWP_URL": f"https://{HOST}",
        "GOLIARD_EWP_ADMIN": f"network@{HOME}",
        "DJANGO_SETTINGS_MODULE": "goliard.project.settings.demo",
    }
    from goliard.cli.django_setup import setup

    setup()


def fill(data: Path, size: int, bits: Sequence[int]) -> None:
    """Make the installation: 50 agreements are written by the node, the others are theirs under other ids."""
    from goliard.cli.prepare import prepare

    prepare()
    from django.utils import timezone

    from goliard.apps.agreements.models import OwnIia
    from goliard.apps.network.services.catalogues import keep_catalogue
    from goliard.ewp_node.publishing import bring_up_to_date
    from goliard.rules.access.actor import system

    now = timezone.now()
    home, partner = _institutions()
    client = SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    (data / "client.der").write_bytes(client.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    keep_catalogue(body=_catalogue(client), source="bench", etag="", institutions=1, actor=system("bench"), now=now)
    for each in bits:
        _server_key(each, now)
    _agreements(home, partner, min(size, 50), first=0)
    bring_up_to_date(now)
    written = list(OwnIia.objects.select_related("publication", "publication__version"))
    for first in range(len(written), size, BATCH):
        _copies(_agreements(home, partner, min(BATCH, size - first), first=first), partner, written, now)
    (data / "ids").write_text("\n".join(OwnIia.objects.order_by("?").values_list("iia_id", flat=True)[:500]))


def _institutions() -> tuple[Any, Any]:
    from goliard.apps.institutions.models import Country, Organisation, OrganisationIdentifier

    country = Country.objects.get(iso2="NL")
    found = []
    for key, hei_id in (("home", HOME), ("partner", PARTNER)):
        row = Organisation.objects.create(
            key=key, kind="hei", is_home=key == "home", name_en=key, name_nl=key, country=country, search_key=key
        )
        OrganisationIdentifier.objects.create(organisation=row, scheme="hei-id", value=hei_id)
        found.append(row)
    return found[0], found[1]


def _catalogue(client: SigningKey) -> bytes:
    from goliard.ewp_codec.catalogue import catalogue_of
    from goliard.ewp_codec.catalogue_documents import render_catalogue
    from goliard.ewp_codec.localized import LocalizedText
    from goliard.ewp_codec.manifest import Manifest
    from goliard.ewp_codec.registered_heis import RegisteredHei

    hei = RegisteredHei(PARTNER, (LocalizedText(PARTNER, "en"),))
    manifest = Manifest((f"network@{PARTNER}",), "Bench", hei=hei, client_keys=(client.public_der,))
    return render_catalogue(catalogue_of([manifest]))


def _server_key(bits: int, now: Any) -> None:
    from goliard.apps.network.encryption import lock
    from goliard.apps.network.models import SigningKey as Row

    key = SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=bits))
    Row.objects.create(
        use="server", key_id=key.key_id, public_der=key.public_der, encrypted_private=lock(key.private), created_at=now, signs_from=now
    )


def _agreements(home: Any, partner: Any, number: int, *, first: int) -> list[Any]:
    """Agreements of two parties with four conditions each."""
    from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion, CooperationCondition, LanguageSkill, SubjectArea

    rows = Agreement.objects.bulk_create(
        Agreement(key=f"iia-{first + each}", kind="iia-programme", state="in-effect", title=f"Agreement {first + each}", search_key="")
        for each in range(number)
    )
    AgreementParty.objects.bulk_create(AgreementParty(agreement=row, organisation=side) for row in rows for side in (home, partner))
    versions = AgreementVersion.objects.bulk_create(AgreementVersion(agreement=row, number=1, state="agreed") for row in rows)
    if first:
        return versions  # their text stands in the publication, which is all that is asked for
    conditions = CooperationCondition.objects.bulk_create(
        CooperationCondition(
            version=version, position=position, kind=kind, sending=sending, receiving=receiving, first_year="2026/2027",
            last_year="2028/2029", mobilities_per_year=2 + version.pk % 7, amount="20.00",
            eqf_levels="67" if kind.startswith("student") else "",
        )
        for version in versions
        for position, (kind, sending, receiving) in enumerate(
            (kind, *sides) for kind in ("student-studies", "staff-teaching") for sides in ((home, partner), (partner, home))
        )
    )  # fmt: skip
    SubjectArea.objects.bulk_create(SubjectArea(condition=row, isced_f="0222", clarification="Modern history") for row in conditions)
    LanguageSkill.objects.bulk_create(LanguageSkill(condition=row, language="en", level="B2") for row in conditions)
    return versions


def _copies(versions: list[Any], partner: Any, written: list[Any], now: Any) -> None:
    from goliard.apps.agreements.models import IiaPublication, OwnIia

    publications = []
    for place, version in enumerate(versions):
        like, iia_id = written[place % len(written)].publication, str(uuid.uuid4())
        publications.append(
            IiaPublication(
                agreement_id=version.agreement_id, version=version, iia_id=iia_id, xml=like.xml.replace(like.iia_id, iia_id),
                iia_hash=like.iia_hash, hashed_text=like.hashed_text.replace(like.iia_id, iia_id), published_at=now,
            )
        )  # fmt: skip
    IiaPublication.objects.bulk_create(publications, batch_size=500)
    OwnIia.objects.bulk_create(
        (
            OwnIia(
                agreement_id=each.agreement_id, partner=partner, partner_hei_id=PARTNER, iia_id=each.iia_id, publication=each,
                is_readable=True, is_current=True, changed_at=now, checked_at=now, years="2026/2027-2028/2029",
            )
            for each in publications
        ),
        batch_size=500,
    )  # fmt: skip


def answers(data: Path, bits: int) -> Iterator[bytes]:
    """Answer signed requests for agreements in turn, without end, signed by the key of so many bits. The requests hold for five minutes."""
    from django.utils import timezone

    from goliard.apps.network.models import SigningKey as Row
    from goliard.ewp_codec.keys import load_public_key
    from goliard.ewp_codec.signatures.requests import Request, sign_request
    from goliard.project.wsgi import application

    now = timezone.now()
    for row in Row.objects.all():
        is_asked = load_public_key(bytes(row.public_der)).key_size == bits
        Row.objects.filter(pk=row.pk).update(published_until=None if is_asked else now)
    private = load_der_private_key((data / "client.der").read_bytes(), password=None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("the key of the bench is no RSA key")
    key = SigningKey(private)
    environs = []
    for iia_id in (data / "ids").read_text().split():
        request = Request("GET", f"/ewp/iias/get?iia_id={iia_id}", (("Host", HOST),))
        environs.append(_environ(sign_request(request, key=key, request_id=str(uuid.uuid4()), now=now)))
    return _answered(application, environs)


def _answered(application: Callable[..., Any], environs: list[dict[str, Any]]) -> Iterator[bytes]:
    while True:
        for environ in environs:
            told: list[tuple[str, list[tuple[str, str]]]] = []
            response = application({**environ, "wsgi.input": io.BytesIO()}, lambda *given: told.append(given))  # noqa: B023 -- called at once
            body = b"".join(response)
            ((status, headers),) = told
            if status != "200 OK" or b"<iia-hash>" not in body or "Signature" not in dict(headers):
                raise SystemExit(f"{status}: {body[:300]!r}")
            yield body


def _environ(message: Any) -> dict[str, Any]:
    path, _, query = message.target.partition("?")
    return {
        "REQUEST_METHOD": message.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in message.headers},
    }
