"""What Wrongbury has: a copy of every agreement that a partner offered it, in the partner's words, and what it approved. Kept in a file."""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from goliard.cli.network.wrongbury.mischief import Mischief
from goliard.ewp_codec.documents import read_document
from goliard.ewp_codec.iias.agreement import Iia, IiaPartner
from goliard.ewp_codec.iias.conditions_hash import hash_iias
from goliard.ewp_codec.iias.get_response import ReceivedIia, receive_iias_get
from goliard.ewp_codec.iias.publishing import join_iias_get, publish_iia

HEI = "wrongbury.example.org"
ISCED = b"isced-f-code>"


@dataclass(frozen=True, slots=True)
class Mirror:
    """Wrongbury's copy `own_id` of the partner's copy `their_id`, whose XML it repeats, and the hash of it that Wrongbury approved."""

    own_id: str
    hei_id: str
    their_id: str
    their_xml: str
    approved: str = ""

    @property
    def theirs(self) -> ReceivedIia:
        """The partner's copy as it was read."""
        return receive_iias_get(join_iias_get([self.their_xml.encode()])).value[0]


class Copies:
    """All copies. Every change is written to the file at once, whole."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, threading.RLock()
        stored = json.loads(file.read_text()) if file.exists() else []
        self._mirrors = {each["own_id"]: Mirror(**each) for each in stored}

    def all(self) -> tuple[Mirror, ...]:
        """Return every copy."""
        with self._lock:
            return tuple(self._mirrors.values())

    def of(self, hei_id: str) -> tuple[Mirror, ...]:
        """Return the copies that a partner may read."""
        return tuple(each for each in self.all() if each.hei_id == hei_id)

    def take(self, hei_id: str, their_id: str, xml: bytes) -> tuple[Mirror, bool]:
        """Repeat what a partner offers, under an own id that stays; return the copy and whether it changed."""
        with self._lock:
            known = next((each for each in self.of(hei_id) if each.their_id == their_id), None)
            text = xml.decode()
            if known is not None and _text(known) == _text(replace(known, their_xml=text)):
                self._keep(replace(known, their_xml=text))
                return self._mirrors[known.own_id], False
            own_id = str(uuid.uuid4()) if known is None else known.own_id
            mirror = Mirror(own_id, hei_id, their_id, text, "" if known is None else known.approved)
            self._keep(mirror)
            return mirror, True

    def approve(self, mirror: Mirror) -> bool:
        """Approve the partner's copy as it stands; return whether that is new."""
        with self._lock:
            digest = mirror.theirs.hashed.hash
            self._keep(replace(mirror, approved=digest))
            return mirror.approved != digest

    def drop(self, hei_id: str, their_id: str) -> None:
        """Forget the copy of one that the partner no longer has."""
        with self._lock:
            self._mirrors = {key: each for key, each in self._mirrors.items() if (each.hei_id, each.their_id) != (hei_id, their_id)}
            self._write()

    def _keep(self, mirror: Mirror) -> None:
        self._mirrors[mirror.own_id] = mirror
        self._write()

    def _write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps([asdict(each) for each in self._mirrors.values()], indent=1))


def published(mirror: Mirror, faults: frozenset[Mischief]) -> bytes:
    """Return the `<iia>` that the partner reads, with the faults that are switched on."""
    xml = publish_iia(_mirrored(mirror)).xml
    if Mischief.SHORT_ISCED in faults:
        xml = _shortened(xml)
        xml = _with_hash(xml, hash_iias(xml)[0].hash)
    if Mischief.WRONG_HASH in faults:
        xml = _with_hash(xml, "0123456789abcdef" * 4)
    return xml


def _text(mirror: Mirror) -> bytes:
    return publish_iia(_mirrored(mirror)).xml


def _mirrored(mirror: Mirror) -> Iia:
    """The partner's agreement with Wrongbury first, and each copy's own id where it belongs."""
    iia = mirror.theirs.iia
    code = f"WB-{mirror.own_id[:4]}"
    return Iia(
        partners=(IiaPartner(HEI, iia_id=mirror.own_id, iia_code=code), IiaPartner(mirror.hei_id, iia_id=mirror.their_id)),
        in_effect=bool(iia.in_effect),
        conditions=iia.conditions,
        terminated_as_a_whole=iia.terminated_as_a_whole,
    )


def _shortened(xml: bytes) -> bytes:
    parts = xml.split(ISCED)
    return ISCED.join(part if number == 0 or not part[:4].isdigit() else part[:3] + part[4:] for number, part in enumerate(parts))


def _with_hash(xml: bytes, digest: str) -> bytes:
    (element,) = read_document(xml).iter("{*}iia-hash")
    return xml.replace(f">{element.text}<".encode(), f">{digest}<".encode())
