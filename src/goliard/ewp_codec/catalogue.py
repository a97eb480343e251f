"""The registry's catalogue (registry 1.5): who is in the network, what each host serves, and which key speaks for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from goliard.ewp_codec.api_entries import ApiEntry
from goliard.ewp_codec.keys import key_id_of
from goliard.ewp_codec.manifest import Manifest
from goliard.ewp_codec.registered_heis import RegisteredHei


@dataclass(frozen=True, slots=True)
class CatalogueHost:
    """One host. Keys are named by their ids; `client_certificates` are fingerprints that belong to a method of the past."""

    admin_emails: tuple[str, ...] = ()
    admin_provider: str = ""
    admin_notes: str = ""
    apis: tuple[ApiEntry, ...] = ()
    hei_ids: tuple[str, ...] = ()
    client_certificates: tuple[str, ...] = ()
    client_key_ids: tuple[str, ...] = ()
    server_key_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServedApi:
    """An API together with the host that serves it: only that host's server keys may sign its answers."""

    api: ApiEntry
    host: CatalogueHost

    def may_be_signed_by(self, key_id: str) -> bool:
        """Whether a key may sign the answers of this API."""
        return key_id in self.host.server_key_ids


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole network at one moment. Immutable: a fresh copy replaces it as a whole. `keys` maps key ids to DER encodings."""

    hosts: tuple[CatalogueHost, ...] = ()
    heis: tuple[RegisteredHei, ...] = ()
    keys: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    _hosts_of_hei: Mapping[str, tuple[CatalogueHost, ...]] = field(init=False, repr=False, compare=False)
    _heis_of_client_key: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _heis: Mapping[str, RegisteredHei] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        hosts: dict[str, list[CatalogueHost]] = {}
        clients: dict[str, dict[str, None]] = {}
        for host in self.hosts:
            for hei_id in host.hei_ids:
                hosts.setdefault(hei_id, []).append(host)
            for key_id in host.client_key_ids:
                clients.setdefault(key_id, {}).update(dict.fromkeys(host.hei_ids))
        object.__setattr__(self, "_hosts_of_hei", {hei_id: tuple(found) for hei_id, found in hosts.items()})
        object.__setattr__(self, "_heis_of_client_key", {key_id: tuple(hei_ids) for key_id, hei_ids in clients.items()})
        object.__setattr__(self, "_heis", {hei.hei_id: hei for hei in self.heis})

    def hei(self, hei_id: str) -> RegisteredHei | None:
        """Return an institution, `None` where the network does not know it."""
        return self._heis.get(hei_id)

    def apis(self, hei_id: str, name: str) -> tuple[ServedApi, ...]:
        """Return every entry of an API that serves an institution, the newest generation first."""
        served = [ServedApi(api, host) for host in self._hosts_of_hei.get(hei_id, ()) for api in host.apis if api.name == name]
        return tuple(sorted(served, key=lambda entry: -entry.api.major))

    def client_key(self, key_id: str) -> bytes | None:
        """Return the key with which somebody may sign requests, `None` for unknown keys and for keys that only sign answers."""
        return self.keys.get(key_id) if key_id in self._heis_of_client_key else None

    def heis_of_client_key(self, key_id: str) -> tuple[str, ...]:
        """Return the institutions for which a key signs requests; none for an unknown key and for hosts that cover nobody."""
        return self._heis_of_client_key.get(key_id, ())

    def server_key(self, served: ServedApi, key_id: str) -> bytes | None:
        """Return the key that signed an answer of an API, `None` where it may not sign that API's answers."""
        return self.keys.get(key_id) if served.may_be_signed_by(key_id) else None

    def renamed(self, hei_id: str) -> str:
        """Return the id that an institution has now, where the given one is a former id of it; else the id as given."""
        if hei_id in self._heis:
            return hei_id
        former = (hei.hei_id for hei in self.heis for other in hei.other_ids if other.type == "previous-schac" and other.value == hei_id)
        return next(former, hei_id)


def catalogue_of(manifests: Iterable[Manifest]) -> Catalogue:
    """Return the catalogue that a registry would build from manifests: hosts in the order given, each key once."""
    hosts: list[CatalogueHost] = []
    heis: list[RegisteredHei] = []
    keys: dict[str, bytes] = {}
    for manifest in manifests:
        hosts.append(
            CatalogueHost(
                admin_emails=manifest.admin_emails,
                admin_provider=manifest.admin_provider,
                admin_notes=manifest.admin_notes,
                apis=manifest.apis,
                hei_ids=() if manifest.hei is None else (manifest.hei.hei_id,),
                client_key_ids=tuple(map(key_id_of, manifest.client_keys)),
                server_key_ids=tuple(map(key_id_of, manifest.server_keys)),
            )
        )
        heis += [] if manifest.hei is None else [manifest.hei]
        keys |= {key_id_of(der): der for der in (*manifest.client_keys, *manifest.server_keys)}
    return Catalogue(tuple(hosts), tuple(heis), MappingProxyType(keys))
