"""Tokens of the API: which systems have one, a new one, and the end of one."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goliard.apps.accounts.models import ApiToken, User
from goliard.apps.accounts.policies import may_make_api_token, may_revoke_api_token, may_see_api_tokens
from goliard.apps.accounts.queries import api_tokens
from goliard.apps.accounts.services.api_tokens import make_api_token, revoke_api_token
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.accounts.forms import ReasonForm, TokenForm
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest


@door(may_see_api_tokens)
def token_list(request: ActorRequest) -> HttpResponse:
    """Every token with what it may and when it was used; the secret of none."""
    now = timezone.now()
    rows = [(token, _state(token, now)) for token in api_tokens()]
    context = {"rows": rows, "may_make": may_make_api_token(request.actor), "may_revoke": may_revoke_api_token(request.actor)}
    return render(request, "office/accounts/tokens.html", context)


def _state(token: ApiToken, now: datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "expired" if now >= token.expires_at else "live"


@door(may_make_api_token)
def new_token(request: ActorRequest) -> HttpResponse:
    """Make a token and show its secret: here, now, and never again."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        try:
            made = make_api_token(owner=request.user, actor=request.actor, now=timezone.now(), **form.asked())
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(reason.field or None, reason.because.in_language(get_language() or "en"))
        except ValidationError as invalid:
            form.add_error(None, invalid.messages)
        else:
            return render(request, "office/accounts/token_made.html", {"made": made, "command": _try_it(request)})
    return _form(request, form, title=_("New API token"), button=_("Make the token"))


def _try_it(request: ActorRequest) -> str:
    """A first question, to be pasted into a terminal where the token stands in the environment."""
    return f'curl -H "Authorization: Bearer $TOKEN" "{request.build_absolute_uri("/api/v1/partners?limit=1")}"'


@door(may_revoke_api_token)
def revoke(request: ActorRequest, pk: int) -> HttpResponse:
    """End a token at once; asks why."""
    token = get_object_or_404(ApiToken, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke_api_token(token=token, actor=request.actor, now=timezone.now(), reason=form.cleaned_data["reason"])
        messages.success(request, _("The token is revoked: it opens nothing any more."))
        return redirect("office:api-tokens")
    return _form(request, form, title=_("Revoke the token: %(name)s") % {"name": token.name}, button=_("Revoke"))


def _form(request: ActorRequest, form: TokenForm | ReasonForm, *, title: str, button: str) -> HttpResponse:
    return render(request, "office/accounts/token_form.html", {"form": form, "title": title, "button": button})
