"""List, page, invitation, roles, closing and reopening of accounts."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.accounts import services
from goliard.apps.accounts.models import RoleAssignment, User
from goliard.apps.accounts.policies import may_close_account, may_end_role, may_give_role, may_invite, may_see_accounts
from goliard.apps.accounts.queries import accounts, find_accounts
from goliard.apps.accounts.second_factor import has_second_factor
from goliard.apps.journal.queries import history_of
from goliard.portals.office.accounts.forms import AccountFilter, EndRoleForm, InvitationForm, ReasonForm, RoleForm
from goliard.portals.office.registers.telling import told_history
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.access.actor import Role

PER_PAGE = 50
REFUSALS = (services.AccountExists, services.LastAdministrator, services.RoleEndsBeforeItStarts, ValidationError)


@door(may_see_accounts)
def account_list(request: ActorRequest) -> HttpResponse:
    """Every account with the roles of today."""
    filters = AccountFilter(request.GET or None)
    today = timezone.localdate()
    asked = filters.cleaned_data if filters.is_valid() else {"q": "", "role": ""}
    page = Paginator(find_accounts(text=asked["q"], role=asked["role"], day=today), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(user, [role for role in user.role_assignments.all() if role.holds_on(today)]) for user in page]
    return render(
        request, "office/accounts/list.html", {"filters": filters, "page": page, "rows": rows, "may_invite": may_invite(request.actor)}
    )


@door(may_see_accounts)
def account_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One account: its roles, those that ended included, and what happened to it."""
    user = get_object_or_404(accounts(), pk=pk)
    today = timezone.localdate()
    roles = [
        {"assignment": role, "holds": role.holds_on(today), "may_end": _may_still_end(request, role)}
        for role in user.role_assignments.all()
    ]
    context = {
        "account": user,
        "roles": roles,
        "told": told_history(history_of(user)[:PER_PAGE], user),
        "may_give": any(may_give_role(request.actor, role) for role in Role),
        "may_close": may_close_account(request.actor),
        "has_second_factor": has_second_factor(user),
    }
    return render(request, "office/accounts/account.html", context)


def _may_still_end(request: ActorRequest, assignment: RoleAssignment) -> bool:
    return may_end_role(request.actor, Role(assignment.role)) and not (
        assignment.valid_until and assignment.valid_until < timezone.localdate()
    )


@door(may_invite)
def invitation(request: ActorRequest) -> HttpResponse:
    """Make an account with its first role, and show the link that sets its password: here, now, and never again."""
    form = InvitationForm(request.POST or None, actor=request.actor)

    def invited() -> HttpResponse:
        asked = form.cleaned_data
        with transaction.atomic():
            made = services.invite(
                email=asked["email"],
                display_name=asked["display_name"],
                language=asked["language"],
                actor=request.actor,
                now=timezone.now(),
            )
            services.assign_role(user=made.user, actor=request.actor, now=timezone.now(), **form.scope())
        return _link_page(request, made)

    return _answer(request, form, invited, title=_("Invite somebody"), button=_("Invite"))


@door(may_invite)
def new_role(request: ActorRequest, pk: int) -> HttpResponse:
    """Give an account a role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None, actor=request.actor)

    def given() -> HttpResponse:
        services.assign_role(user=user, actor=request.actor, now=timezone.now(), **form.scope())
        return _back(request, user, _("The role is given."))

    return _answer(request, form, given, title=_("Give a role"), button=_("Give the role"), user=user)


@door(may_invite)
def end_role(request: ActorRequest, pk: int, role: int) -> HttpResponse:
    """End a role."""
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=role, user_id=pk)
    refuse_unless(may_end_role(request.actor, Role(assignment.role)))
    form = EndRoleForm(request.POST or None)

    def ended() -> HttpResponse:
        services.end_role(assignment=assignment, actor=request.actor, now=timezone.now(), **form.cleaned_data)
        return _back(request, assignment.user, _("The role ends."))

    title = _("End the role: %(role)s") % {"role": assignment.get_role_display()}
    return _answer(request, form, ended, title=title, button=_("End the role"), user=assignment.user)


@door(may_close_account)
def close_or_reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Close an open account, or open a closed one again; both ask why."""
    user = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)

    def done() -> HttpResponse:
        change = services.deactivate_account if user.is_active else services.reactivate_account
        change(user=user, actor=request.actor, now=timezone.now(), reason=form.cleaned_data["reason"])
        return _back(request, user, _("The account is open.") if user.is_active else _("The account is closed."))

    title = _("Close the account") if user.is_active else _("Open the account again")
    return _answer(request, form, done, title=title, button=title, user=user)


@door(may_close_account)
def forget_second_factor(request: ActorRequest, pk: int) -> HttpResponse:
    """Remove the authenticator app and the recovery codes of somebody who lost both."""
    user = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST or None)

    def forgotten() -> HttpResponse:
        services.forget_second_factor(user=user, actor=request.actor, now=timezone.now(), reason=form.cleaned_data["reason"])
        return _back(request, user, _("The second factor is removed."))

    return _answer(request, form, forgotten, title=_("Remove the second factor"), button=_("Remove"), user=user)


@door(may_close_account)
@require_POST
def renew_invitation(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the password away and show a fresh link that sets one."""
    user = get_object_or_404(User, pk=pk)
    return _link_page(request, services.renew_invitation(user=user, actor=request.actor, now=timezone.now()))


def _answer(
    request: ActorRequest, form: forms.Form, act: Callable[[], HttpResponse], *, title: str, button: str, user: User | None = None
) -> HttpResponse:
    """Act on a valid form; show what the service refuses beside the form, and the form itself until then."""
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except REFUSALS as refusal:
            for sentence in refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]:
                form.add_error(None, sentence)
    return render(request, "office/accounts/form.html", {"form": form, "title": title, "button": button, "account": user})


def _link_page(request: ActorRequest, made: services.Invitation) -> HttpResponse:
    with translation.override(made.user.language):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": made.uid, "key": made.token})
    return render(request, "office/accounts/link.html", {"account": made.user, "link": request.build_absolute_uri(path)})


def _back(request: ActorRequest, user: User, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("office:account", user.pk)
