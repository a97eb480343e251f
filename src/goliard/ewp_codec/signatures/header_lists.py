"""Headers as they arrive: a list of pairs, names in any case, some repeated."""

from __future__ import annotations

from collections.abc import Iterable

from goliard.ewp_codec.signatures.refusals import SignatureRefused


class HeaderList:
    """The headers of one message by lower-case name; several of one name keep their order.

    Raises `SignatureRefused` for a value with a line break, which would let one header pass for two in the signed text.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._joined: dict[str, str] = {}
        self._repeated: set[str] = set()
        for name, value in pairs:
            if "\n" in value or "\r" in value:
                raise SignatureRefused("a header holds a line break")
            key, text = name.lower(), value.strip(" \t")
            if key in self._joined:
                self._repeated.add(key)
                text = f"{self._joined[key]}, {text}"
            self._joined[key] = text

    def __contains__(self, name: str) -> bool:
        return name in self._joined

    def single(self, name: str) -> str:
        """Return a header that may stand only once, empty where it is absent. Raises `SignatureRefused` where it is repeated."""
        if name in self._repeated:
            raise SignatureRefused(f"the header {name} is repeated")
        return self._joined.get(name, "")

    def joined(self, name: str) -> str:
        """Return all values of a header joined by comma and blank, as the signature covers them."""
        return self._joined.get(name, "")

    def only(self, names: Iterable[str]) -> dict[str, str]:
        """Return the headers of these names, joined: what is left when unsigned headers are ignored."""
        return {name: self._joined[name] for name in names if name in self._joined}
