"""For whom a screen is: the same screens serve students and, under `staff/mobility/`, members of staff; each sees only the own rounds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goliard.apps.rounds import choices
from goliard.apps.rounds.models import Round
from goliard.portals.shared.requests import ActorRequest

STAFF_NAMESPACE = "staff-mobility"  # the second instance of these addresses; `project/urls.py` hangs it


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose screens these are. Templates ask `is_staff`."""

    is_staff: bool

    def takes(self, round_: Round) -> bool:
        """Whether a round is for this audience."""
        return round_.is_for_staff == self.is_staff

    @property
    def word(self) -> str:
        """The audience as rounds name it."""
        return (choices.Audience.STAFF if self.is_staff else choices.Audience.STUDENTS).value


def audience_of(request: ActorRequest) -> Audience:
    """Return for whom the page is that was asked for."""
    match = request.resolver_match
    return Audience(is_staff=match is not None and match.namespace == STAFF_NAMESPACE)


def address(request: ActorRequest, route: str, **kwargs: object) -> str:
    """Return an address of these screens for the audience of the page that was asked for."""
    match = request.resolver_match
    return reverse(f"student:{route}", kwargs=kwargs, current_app=match.namespace if match else None)


def lead(request: ActorRequest, route: str, **kwargs: object) -> HttpResponse:
    """Lead on to another of these screens, for the same audience."""
    return redirect(address(request, route, **kwargs))
