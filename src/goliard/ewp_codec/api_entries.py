"""Entries of `apis-implemented`: which API in which version, where, with which limits and security (manifests and the catalogue)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.ewp_codec.documents import local_name, namespace_of
from goliard.ewp_codec.http_security import HttpSecurity, parse_http_security, write_http_security
from goliard.ewp_codec.lexical import BOOLEAN, EMAIL, HTTPS_URL, POSITIVE, VERSION, Lexical
from goliard.ewp_codec.namespaces import ARCHITECTURE, REGISTRY, SECURITY, manifest_entry
from goliard.ewp_codec.reading import ElementReader, Faults, as_integer
from goliard.ewp_codec.writing import ElementWriter


@dataclass(frozen=True, slots=True)
class ApiEntry:
    """One API at one host. `settings` are its addresses and limits in the order of its schema: `(("url", "https://…"), …)`."""

    name: str
    namespace: str
    version: str
    settings: tuple[tuple[str, str], ...] = ()
    security: HttpSecurity | None = None
    admin_emails: tuple[str, ...] = ()
    admin_notes: str = ""

    @property
    def major(self) -> int:
        """The generation of the API; 0 where the version is unreadable."""
        return as_integer(self.version.partition(".")[0]) or 0

    def setting(self, name: str) -> str:
        """Return an address or limit as text, empty where the entry does not have it."""
        return next((value for key, value in self.settings if key == name), "")

    def limit(self, name: str) -> int | None:
        """Return a limit such as `max-iia-ids`, `None` where the entry does not have it or nobody can read it."""
        return as_integer(self.setting(name).strip())


@dataclass(frozen=True, slots=True)
class ApiShape:
    """What the schema of one API's entry allows: settings in order, with their type and whether they must be there."""

    name: str
    namespace: str
    version: str
    settings: tuple[tuple[str, Lexical, bool], ...]
    secured: bool = True


def _shape(name: str, version: str, settings: str, *, specification: str = "", secured: bool = True) -> ApiShape:
    """`settings` as the schema lists them; a `?` marks an optional one."""
    named = [(setting.removesuffix("?"), not setting.endswith("?")) for setting in settings.split()]
    return ApiShape(
        name,
        manifest_entry(specification or name, int(version.partition(".")[0]) or 1),
        version,
        tuple((setting, _type_of(setting), required) for setting, required in named),
        secured,
    )


def _type_of(setting: str) -> Lexical:
    if setting.endswith("url"):
        return HTTPS_URL
    return POSITIVE if setting.startswith("max-") else BOOLEAN


#: The current version of every API, by name.
SHAPES: dict[str, ApiShape] = {
    shape.name: shape
    for shape in (
        _shape("discovery", "6.0.0", "url", secured=False),
        _shape("registry", "1.5.0", "catalogue-url", secured=False),
        _shape("echo", "2.0.1", "url"),
        _shape("institutions", "2.2.0", "url max-hei-ids"),
        _shape("organizational-units", "2.1.1", "url max-ounit-ids max-ounit-codes", specification="ounits"),
        _shape("courses", "0.7.1", "url max-los-ids max-los-codes"),
        _shape(
            "simple-course-replication",
            "1.0.0",
            "url allows-anonymous-access supports-modified-since",
            specification="course-replication",
        ),
        _shape("factsheet", "1.2.0", "url max-hei-ids"),
        _shape("file", "1.0.0", "url"),
        _shape("iias", "7.0.0", "get-url max-iia-ids index-url stats-url?"),
        _shape("iia-cnr", "3.0.0", "url"),
        _shape("iias-approval", "2.0.0", "url max-iia-ids"),
        _shape("iia-approval-cnr", "2.0.0", "url"),
        _shape("omobilities", "3.0.0", "get-url index-url update-url max-omobility-ids"),
        _shape("omobility-cnr", "2.0.0", "url max-omobility-ids"),
        _shape("omobility-stats", "1.0.0", "url"),
        _shape("imobilities", "2.0.0", "get-url max-omobility-ids"),
        _shape("imobility-cnr", "2.0.0", "url max-omobility-ids"),
        _shape("omobility-las", "1.2.0", "get-url index-url update-url? stats-url? max-omobility-ids"),
        _shape("omobility-la-cnr", "1.1.0", "url stats-url? max-omobility-ids"),
        _shape("imobility-tors", "3.0.0", "get-url index-url max-omobility-ids"),
        _shape("imobility-tor-cnr", "2.0.0", "url max-omobility-ids"),
        _shape("imobility-tor-stats", "1.0.0", "url"),
        _shape("monitoring", "0.2.0", "url"),
    )
}
_SHAPE_OF_NAMESPACE = {shape.namespace: shape for shape in SHAPES.values()}


def current_api(name: str, settings: Iterable[tuple[str, str]], security: HttpSecurity | None = None) -> ApiEntry:
    """Return an entry of the current version of an API. Raises `KeyError` for a name that is none."""
    shape = SHAPES[name]
    return ApiEntry(name, shape.namespace, shape.version, tuple(settings), security)


def parse_apis(host: ElementReader) -> tuple[ApiEntry, ...]:
    """Read `apis-implemented` inside a host, APIs that we do not know included."""
    reader = host.child("apis-implemented", namespace=REGISTRY)
    if reader is None:
        return ()
    apis = []
    for entry in reader.anyone():
        if namespace_of(entry.element) in {"", REGISTRY}:
            entry.fault("is no API of another namespace")
        apis.append(_api(entry))
    reader.close()
    return tuple(apis)


def write_apis(host: ElementWriter, apis: tuple[ApiEntry, ...]) -> None:
    """Write `apis-implemented`. Raises `Unwritable` where an entry of a current API does not follow its schema."""
    if not apis:
        return
    writer = host.child("apis-implemented", namespace=REGISTRY)
    for api in apis:
        if api.namespace in {"", REGISTRY}:
            raise writer.refuse(f"names {api.name}, which is no API of another namespace")
        _write_api(writer.foreign(api.name, api.namespace), api)


def _api(reader: ElementReader) -> ApiEntry:
    """Read one entry. What an API that we do not know holds is taken as it comes: its schema may allow it."""
    namespace = namespace_of(reader.element)
    shape = _SHAPE_OF_NAMESPACE.get(namespace)
    if shape is None:
        reader = ElementReader(reader.element, namespace, Faults())
    version = reader.attribute("version", VERSION, required=True)
    emails = reader.texts("admin-email", EMAIL, namespace=ARCHITECTURE)
    notes = reader.text("admin-notes", namespace=ARCHITECTURE)
    security = reader.child("http-security", inner=SECURITY)
    parsed = None if security is None else parse_http_security(security)
    if shape is None or shape.name != local_name(reader.element):
        settings = tuple((local_name(other.element), other.own_text().strip()) for other in reader.anyone())
    else:
        found = ((name, reader.text(name, lexical, required=required)) for name, lexical, required in shape.settings)
        settings = tuple((name, value) for name, value in found if value)
        reader.close()
    return ApiEntry(local_name(reader.element), namespace, version, settings, parsed, emails, notes)


def _write_api(writer: ElementWriter, api: ApiEntry) -> None:
    writer.attribute("version", api.version, VERSION)
    writer.texts("admin-email", api.admin_emails, EMAIL, namespace=ARCHITECTURE)
    writer.optional("admin-notes", api.admin_notes, namespace=ARCHITECTURE)
    shape = _SHAPE_OF_NAMESPACE.get(api.namespace)
    known = {} if shape is None else {name: lexical for name, lexical, _ in shape.settings}
    if shape is not None:
        _check_shape(writer, api, shape)
    if api.security is not None:
        write_http_security(writer.child("http-security", inner=SECURITY), api.security)
    for name, value in api.settings:
        if name in known:
            writer.text(name, value, known[name])
        else:
            writer.text(name, value)


def _check_shape(writer: ElementWriter, api: ApiEntry, shape: ApiShape) -> None:
    given = [name for name, _ in api.settings]
    allowed = [name for name, _, required in shape.settings if required or name in given]
    if api.name != shape.name or given != allowed:
        raise writer.refuse(f"has {' '.join(given) or 'nothing'} where its schema wants {' '.join(allowed)}")
    if api.security is not None and not shape.secured:
        raise writer.refuse("does not declare security")
