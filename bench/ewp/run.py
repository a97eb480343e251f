"""Signed answers of `iias get` a second and core, beside what `openssl speed rsa2048` reaches on the same core in the same run.

    python bench/ewp/run.py [--seconds 3] [--sizes 600,100000]

A signed answer is: verify the signed request, read its parameters, look up the agreement, join the answer from the published XML, sign it.
Network, database and web server stand outside. All numbers are processor time of one core, so that a busy machine does not count.
The target is half of what openssl signs, because nothing can be answered faster than it is signed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fuzz.seeds import condition

from goliard.ewp_codec.iias.agreement import Iia, IiaPartner, MobilityKind
from goliard.ewp_codec.iias.conditions_hash import hash_iias
from goliard.ewp_codec.iias.get_response import parse_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index, render_iias_index
from goliard.ewp_codec.iias.publishing import join_iias_get, publish_iia
from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.request_parameters import parse_parameters
from goliard.ewp_codec.signatures.answers import Answer, sign_answer, verify_answer
from goliard.ewp_codec.signatures.requests import Request, sign_request, verify_request

NOW = dt.datetime(2026, 11, 3, 10, 0, 0, tzinfo=dt.UTC)
SHARE = 0.5


def main() -> int:
    options = _options()
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    load = os.getloadavg()[0]
    print(f"{platform.python_implementation()} {platform.python_version()}, core {core}, {options.seconds} s each, load {load:.1f}\n")
    signs, verifies = _openssl(options.seconds)
    _row("openssl speed rsa2048, sign", signs)
    _row("openssl speed rsa2048, verify", verifies)
    client, server = (SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=2048)) for _ in range(2))
    _pieces(client, server, options.seconds)
    missed = False
    for size in (int(text) for text in options.sizes.split(",")):
        rate = _answers(client, server, size, options.seconds)
        _row(f"signed iias get answers, {size:,} agreements", rate, f"{rate / signs:.0%} of openssl's signing" if signs else "")
        missed |= bool(signs) and rate < SHARE * signs
    if missed:
        print(f"\nmissed: fewer answers than {SHARE:.0%} of what openssl signs")
    return int(missed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--sizes", default="600,100000")
    return parser.parse_args()


def _pieces(client: SigningKey, server: SigningKey, seconds: int) -> None:
    """The parts of an answer one by one."""
    iia = _iia(1)
    published = publish_iia(iia)
    body = join_iias_get([published.xml])
    request = Request("GET", "/ewp/iias/get?iia_id=1", (("Host", "ewp.example.org"),))
    request_id = str(uuid.uuid4())
    signed = sign_request(request, key=client, request_id=request_id, now=NOW)
    verified = verify_request(signed, key_of={client.key_id: client.public_der}.get, now=NOW)
    answer = Answer(body=body)
    repeated = {"request_id": request_id, "request_signature": verified.signature}
    signed_answer = sign_answer(answer, key=server, now=NOW, **repeated)
    size = f"{len(body):,} bytes"
    _row("sign a request", _rate(lambda: sign_request(request, key=client, request_id=request_id, now=NOW), seconds))
    _row("verify a request", _rate(lambda: verify_request(signed, key_of={client.key_id: client.public_der}.get, now=NOW), seconds))
    _row("sign an answer", _rate(lambda: sign_answer(answer, key=server, now=NOW, **repeated), seconds), size)
    _row(
        "verify an answer",
        _rate(lambda: verify_answer(signed_answer, key_of={server.key_id: server.public_der}.get, now=NOW, **repeated), seconds),
    )
    _row("publish an agreement (write and hash)", _rate(lambda: publish_iia(iia), seconds), size)
    _row("read an agreement", _rate(lambda: parse_iias_get(body), seconds), size)
    _row("hash an agreement", _rate(lambda: hash_iias(body), seconds), size)
    ids = [str(uuid.UUID(int=number)) for number in range(100_000)]
    index = render_iias_index(ids)
    _row("write an index of 100,000", _rate(lambda: render_iias_index(ids), seconds), f"{len(index):,} bytes")
    _row("read an index of 100,000", _rate(lambda: parse_iias_index(index), seconds))


def _answers(client: SigningKey, server: SigningKey, size: int, seconds: int) -> float:
    """Signed answers a second, one agreement each, asked for in turn."""
    templates = [publish_iia(_iia(number)).xml for number in range(50)]
    published = {str(number): templates[number % 50] for number in range(size)}
    keys = {client.key_id: client.public_der}
    requests = [
        sign_request(
            Request("GET", f"/ewp/iias/get?iia_id={number * 7919 % size}", (("Host", "ewp.example.org"),)),
            key=client,
            request_id=str(uuid.uuid4()),
            now=NOW,
        )
        for number in range(500)
    ]
    turn = 0

    def answer() -> None:
        nonlocal turn
        turn = (turn + 1) % len(requests)
        request = requests[turn]
        verified = verify_request(request, key_of=keys.get, now=NOW)
        ids = parse_parameters(request.target.partition("?")[2].encode()).repeated("iia_id", at_most=1, required=True)
        body = join_iias_get(published[iia_id] for iia_id in ids if iia_id in published)
        sign_answer(Answer(body=body), key=server, now=NOW, request_id=verified.request_id, request_signature=verified.signature)

    return _rate(answer, seconds)


def _iia(number: int) -> Iia:
    """An agreement with every kind of mobility, contacts and languages."""
    partners = (IiaPartner("a.example.org", iia_id=str(number)), IiaPartner("b.example.org", iia_id=f"b{number}"))
    return Iia(partners, in_effect=True, conditions=tuple(map(condition, MobilityKind)))


def _rate(work: Callable[[], object], seconds: int) -> float:
    """How often the work is done in a second of processor time."""
    work()
    done, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        work()
        done += 1
    return done / (time.process_time() - started)


def _openssl(seconds: int) -> tuple[float, float]:
    """What openssl signs and verifies in a second of processor time; zeros where it is not installed."""
    if shutil.which("openssl") is None:
        print("openssl is not installed: nothing to compare with")
        return 0, 0
    output = subprocess.run(["openssl", "speed", "-seconds", str(seconds), "rsa2048"], capture_output=True, text=True, check=True).stdout
    line = next(line for line in output.splitlines() if re.match(r"rsa\s+2048 bits", line))
    numbers = [float(number) for number in re.findall(r"[0-9.]+(?!s)\b", line.partition("bits")[2]) if "." in number]
    return numbers[-2], numbers[-1]


def _row(name: str, rate: float, remark: str = "") -> None:
    print(f"{name:44} {rate:>12,.0f} /s   {remark}")


if __name__ == "__main__":
    sys.exit(main())
