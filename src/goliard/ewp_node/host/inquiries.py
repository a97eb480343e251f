"""A question that has been verified, and what may be said to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from goliard.apps.agreements.queries.network import partner_of
from goliard.apps.institutions.models import Organisation
from goliard.ewp_codec.request_parameters import RequestParameters
from goliard.ewp_node.trust import catalogue

XML = "text/xml; charset=UTF-8"


class NotPermitted(Exception):
    """The requester is known, and may not ask this: 403."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is signed."""

    body: bytes
    status: int = 200
    content_type: str = XML
    headers: Mapping[str, str] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Who asks (the institutions that the key covers), what, and when."""

    hei_ids: tuple[str, ...]
    parameters: RequestParameters
    now: datetime

    @property
    def hei_id(self) -> str:
        """The requester: one client key stands for one institution. Raises NotPermitted for a key that covers several."""
        if len(self.hei_ids) != 1:
            raise NotPermitted("your key covers more than one institution, so that nobody can tell which one asks")
        return self.hei_ids[0]

    def partner(self) -> Organisation | None:
        """Return the requester as we know it, by its present or a former hei id; None for an institution that we have nothing with."""
        hei = catalogue().hei(self.hei_id)
        former = () if hei is None else tuple(other.value for other in hei.other_ids if other.type == "previous-schac")
        return partner_of((self.hei_id, *former))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint. `signed` ones are open to keys of the catalogue only."""

    name: str
    answer: Callable[[Inquiry], Reply]
    methods: tuple[str, ...] = ("GET", "POST")
    signed: bool = True
