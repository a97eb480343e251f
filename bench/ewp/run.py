"""Signed answers of `iias get` a second and core, beside what `openssl speed rsa2048` reaches on the same core in the same run.

    python bench/ewp/run.py [--seconds 3] [--sizes 600,100000]

First the parts of an answer, in the codec alone. Then whole answers of an installation on SQLite, with a key of 2,048 bits and with one as
`goliard ewp keys create` makes it: each is asked for through the WSGI application, as a web server would, by a signed request of its own.
The application verifies the signature, knows the partner, reads the agreement, signs the answer and logs it. Only the socket and TLS stand
outside. Requests ask for 500 agreements in random order, each once before the clock runs.

All numbers are processor time of one core, so that a busy machine counts less; what the others do to its caches and clock still counts.
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
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from fuzz.seeds import condition

from goliard.ewp_codec.iias.agreement import Iia, IiaPartner, MobilityKind
from goliard.ewp_codec.iias.conditions_hash import hash_iias
from goliard.ewp_codec.iias.get_response import parse_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index, render_iias_index
from goliard.ewp_codec.iias.publishing import join_iias_get, publish_iia
from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.signatures.answers import Answer, sign_answer, verify_answer
from goliard.ewp_codec.signatures.requests import Request, sign_request, verify_request

NOW = dt.datetime(2026, 11, 3, 10, 0, 0, tzinfo=dt.UTC)
SHARE = 0.5
BITS = (2048, 3072)
ROUNDS = 3
WARM = 500  # answers before the clock runs: each once, as a worker that has served for a while


def main() -> int:
    options = _options()
    if options.data:
        _inside(options)
        return 0
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    load = os.getloadavg()[0]
    print(f"{platform.python_implementation()} {platform.python_version()}, core {core}, {options.seconds} s each, load {load:.1f}\n")
    signs, verifies = _openssl(options.seconds)
    _row("openssl speed rsa2048, sign", signs)
    _row("openssl speed rsa2048, verify", verifies)
    client, server = (SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=2048)) for _ in range(2))
    _pieces(client, server, options.seconds)
    print("\nthrough the application")
    missed = [share for size in options.sizes.split(",") for share in _installation(int(size), options.seconds) if share < SHARE]
    if missed:
        print(f"\nmissed: fewer answers than {SHARE:.0%} of what openssl signs")
    return int(bool(missed))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--sizes", default="600,100000")
    for name in ("--data", "--fill", "--measure", "--bits"):  # how this file calls itself
        parser.add_argument(name, type=str if name == "--data" else int, help=argparse.SUPPRESS)
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


def _installation(size: int, seconds: int) -> list[float]:
    """Answers of an installation with so many agreements; return which share of openssl's signing each is."""
    shares = []
    with tempfile.TemporaryDirectory() as place:
        started = time.monotonic()
        _in_process(place, "--fill", str(size))
        print(f"(loaded {size:,} agreements in {time.monotonic() - started:.0f} s)")
        for bits in BITS:
            rates, limits = [], []
            for _ in range(ROUNDS):  # in turn, so that both see the same machine
                limits.append(_openssl(seconds, bits)[0])
                rates.append(float(_in_process(place, "--measure", str(seconds), "--bits", str(bits))))
            rate, limit = max(rates), max(limits)
            shares.append(rate / limit if limit else 1.0)
            remark = f"{shares[-1]:.0%} of {limit:,.0f} that openssl signs"
            _row(f"answers, {size:,} agreements, key of {bits:,} bits", rate, remark if limit else "")
    return shares


def _in_process(place: str, *words: str) -> str:
    """Run this file in a process of its own, which loads an installation, and return the last line it prints."""
    command = [sys.executable, __file__, "--data", place, *words]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[-1]


def _inside(options: argparse.Namespace) -> None:
    """In the process of an installation: make it, or measure it."""
    from bench.ewp import installation

    data = Path(options.data)
    installation.settle(data)
    if options.fill:
        installation.fill(data, options.fill, BITS)
        print("filled")
        return
    answers = installation.answers(data, options.bits)
    for _ in range(WARM):
        next(answers)
    print(_rate(lambda: next(answers), options.measure))


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


def _openssl(seconds: int, bits: int = 2048) -> tuple[float, float]:
    """What openssl signs and verifies in a second of processor time; zeros where it is not installed."""
    if shutil.which("openssl") is None:
        print("openssl is not installed: nothing to compare with")
        return 0, 0
    command = ["openssl", "speed", "-seconds", str(seconds), f"rsa{bits}"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    line = next(line for line in output.splitlines() if re.match(rf"rsa\s+{bits} bits", line))
    numbers = [float(number) for number in re.findall(r"[0-9.]+(?!s)\b", line.partition("bits")[2]) if "." in number]
    return numbers[-2], numbers[-1]


def _row(name: str, rate: float, remark: str = "") -> None:
    print(f"{name:48} {rate:>12,.0f} /s   {remark}")


if __name__ == "__main__":
    sys.exit(main())
