"""Why a partner was not asked, or why its answer does not count; each failure says whether asking again may help."""

from __future__ import annotations


class AskingFailed(RuntimeError):
    """There is no answer that counts. The message is for the office and for the partner's developers."""

    is_worth_repeating = True
    status = 0


class NotServed(AskingFailed):
    """The catalogue has no such API of this partner, or one that we cannot speak to. A later catalogue may."""


class CannotAsk(AskingFailed):
    """Our own node is not ready: no client key, or an address in the catalogue that we do not call."""


class Unreachable(AskingFailed):
    """No connection, a certificate that does not hold, no answer in time, or an answer that breaks off."""


class NotTrusted(AskingFailed):
    """The partner declares that it signs its answers, and this one is not signed as it should be: as good as no answer."""


class Broken(AskingFailed):
    """The partner answers that it cannot answer now, or with something that is no answer of this network."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class RefusedByPartner(AskingFailed):
    """The partner refuses the request as it stands (4xx): the same request again would be refused again."""

    is_worth_repeating = False

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status
