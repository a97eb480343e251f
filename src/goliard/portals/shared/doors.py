"""Doors: every view names the policy that opens it.

    @door(may_see_projects)
    def project_list(request: ActorRequest) -> HttpResponse: ...

    @door(may_see_projects)
    def project_page(request: ActorRequest, key: str) -> HttpResponse:
        project = get_object_or_404(...)
        refuse_unless(may_see_project(request.actor, project))

Who has not signed in is led to sign-in and back, and gets what they wrote meanwhile on the screen; who may not enter sees the page that
says so; an account whose role waits for its second factor is led to set it up. What stands behind a
door that is not open to everyone is never kept by a cache.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goliard.apps.accounts.actors import actor_for
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.access.actor import ANONYMOUS, Actor

LONG_TEXT = 40  # characters: what is longer was not chosen from a list
Policy = Callable[[Actor], bool]
View = Callable[..., HttpResponseBase]


def anyone(actor: Actor) -> bool:
    """Open to every visitor."""
    return True


def signed_in(actor: Actor) -> bool:
    """Open to every account, whatever its role."""
    return actor.id != ANONYMOUS.id


def door(policy: Policy) -> Callable[[View], View]:
    """Open the view to actors for whom `policy` is true. The view carries the policy as `view.door`, which the tests of access read."""

    def hang(view: View) -> View:
        @wraps(view)
        def opened(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not policy(request.actor):
                return _refuse(request, policy)
            try:
                response = view(request, *args, **kwargs)
            except PermissionDenied:
                if signed_in(request.actor):
                    raise
                response = _refuse(request, policy)
            if policy is not anyone:
                add_never_cache_headers(response)
            return response

        opened.door = policy  # type: ignore[attr-defined]
        return opened

    return hang


def refuse_unless(allowed: bool) -> None:  # noqa: FBT001 -- the answer of a policy is the whole sentence
    """Show the page for what is not allowed, unless a policy about the very object said yes."""
    if not allowed:
        raise PermissionDenied


def _refuse(request: ActorRequest, policy: Policy) -> HttpResponse:
    if not signed_in(request.actor):
        if request.method == "POST" and (request.htmx or _written(request)):
            return _kept_on_screen(request)
        return _answer(request, redirect_to_login(_way_back(request), reverse("account_login")))
    if request.user.is_authenticated and policy(actor_for(request.user, localdate())):
        messages.warning(request, _("Your role asks for a second factor. Set up an authenticator app first."))
        return _answer(request, redirect("mfa_activate_totp"))
    raise PermissionDenied


def _kept_on_screen(request: ActorRequest) -> HttpResponse:
    """The session ended while somebody wrote: the text is lost to us, and must not be to them.

    A part of a page leaves the form where it is, and says that nothing is saved; a whole page shows the texts that were sent.
    """
    context = {"sign_in": reverse("account_login"), "texts": _written(request)}
    part, whole = ("shared/signed_out_part.html", 200), ("shared/signed_out.html", 403)
    template, status = part if request.htmx else whole
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def _written(request: ActorRequest) -> list[str]:
    """What somebody wrote in a form: longer texts, no choices, tokens or passwords."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken" and "password" not in name]
    return [text for name in names for text in request.POST.getlist(name) if len(text) >= LONG_TEXT]


def _way_back(request: ActorRequest) -> str:
    """Where sign-in leads to: this page, or the home page after a form (its content is lost with the session)."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"


def _answer(request: ActorRequest, response: HttpResponse) -> HttpResponse:
    """A part of a page cannot show sign-in: tell htmx to open it as a whole page."""
    if not request.htmx:
        return response
    whole_page = HttpResponse(status=200)
    whole_page["HX-Redirect"] = response["Location"]
    return whole_page
