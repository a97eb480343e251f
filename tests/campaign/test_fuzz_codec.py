"""An hour of coverage-guided fuzzing over the codec; what reaches new code is added to the corpus, which the tests replay."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import fuzz.codec
import pytest
from fuzz.engine import Campaign, Mutation, Target, file_name
from fuzz.xml_mutations import MUTATIONS

import goliard.ewp_codec

CORPUS = Path(fuzz.codec.__file__).parent / "corpus"
SECONDS = float(os.environ.get("GOLIARD_FUZZ_SECONDS", "3600"))

TAGS = """
iias-get-response iia partner hei-id iia-id in-effect cooperation-conditions student-studies-mobility-spec staff-training-mobility-spec
mobilities-per-year recommended-language-skill subject-area isced-f-code blended eqf-level iia-hash manifest host apis-implemented
rsa-public-key catalogue institutions hei binaries name contact contact-name street-address phone-number e164
"""
WORDS = [
    *(f"<{tag}>".encode() for tag in TAGS.split()),
    *(f"</{tag}>".encode() for tag in TAGS.split()),
    *(
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<!DOCTYPE a>",
        b"<?a?>",
        b"&amp;",
        b"&#13;",
        b"&#x85;",
        b"\xc2\x85",
        b"\xef\xbb\xbf",
        b"\x00",
    ),
    *(
        b' xml:lang="nl"',
        b' not-yet-defined="true"',
        b' v6-value="031"',
        b' version="7.0.0"',
        b' id="a"',
        b' xmlns="urn:x"',
        b" xsi:nil='1'",
    ),
    *(b"true", b"0", b"-1", b"0421", b"2026/2027", b"B2", b"1.50", b"--02-29", b"https://a.b", b"a@b.c", b"+31", b" ", b"\n", b"9" * 30),
    *(
        b'keyId="',
        b'algorithm="rsa-sha256"',
        b'headers="',
        b'signature="',
        b"(request-target) host date digest x-request-id",
        b'",',
        b"a" * 64,
    ),
    *(b"Authorization: Signature ", b"Date: Tue, 03 Nov 2026 10:00:00 GMT\n", b"Digest: SHA-256=", b"X-Request-Id: ", b"Host: h\n"),
    *(b"modified_since=", b"2026-02-12T15:19:21", b"%2B01:00", b"Z", b"%ff", b"&"),
]


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("name", "target", "mutations", "share"),
    [("codec", fuzz.codec.documents, MUTATIONS, 0.8), ("signatures", fuzz.codec.signatures, (), 0.2)],
)
def test_nothing_but_refusals_for_an_hour(name: str, target: Target, mutations: Sequence[Mutation], share: float) -> None:
    folder = CORPUS / name
    corpus = [file.read_bytes() for file in sorted(folder.iterdir())]
    seed = int(os.environ.get("GOLIARD_FUZZ_SEED", "1"))
    campaign = Campaign(target, Path(goliard.ewp_codec.__file__).parent, corpus, WORDS, mutations, seed)
    campaign.run(SECONDS * share, keep=lambda data: (folder / file_name(data)).write_bytes(data))
    print(f"{name}: {campaign.executions} executions, {len(campaign.corpus)} inputs, {len(campaign.seen)} steps")  # noqa: T201 - the result
    assert campaign.executions > 0
