"""Forms of accounts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.choices import RoleName, TokenRole
from goliard.apps.accounts.policies import may_give_role
from goliard.apps.accounts.services.api_tokens import LONGEST
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.portals.office.registers.fields import DateInput, LookupField
from goliard.rules.access.actor import Actor, Role


class AccountFilter(forms.Form):
    """Narrow the list by name or address, and by role."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all")), *RoleName.choices])


class RoleForm(forms.Form):
    """A role with its scope and dates; only the roles that the actor may give."""

    role = forms.ChoiceField(label=_("Role"))
    unit = LookupField(
        OrganizationalUnit.objects.filter(organisation__is_home=True),
        "home-units",
        label=_("Home unit"),
        required=False,
        help_text=_("For a faculty officer: the unit with all below it."),
    )
    organisation = LookupField(
        Organisation.objects.filter(is_home=False),
        "organisations",
        label=_("Partner organisation"),
        required=False,
        help_text=_("For a contact person of a partner."),
    )
    valid_from = forms.DateField(label=_("From"), widget=DateInput)
    valid_until = forms.DateField(label=_("Until (inclusive)"), widget=DateInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        given = [(value, name) for value, name in RoleName.choices if may_give_role(actor, Role(value))]
        self.fields["role"].choices = [("", _("choose a role")), *given]  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = localdate

    def scope(self) -> dict[str, Any]:
        """What `assign_role` takes."""
        asked = dict(self.cleaned_data)
        return {"role": Role(asked["role"]), **{name: asked[name] for name in ("unit", "organisation", "valid_from", "valid_until")}}


class InvitationForm(RoleForm):
    """A new account with its first role."""

    field_order = ("email", "display_name", "language")
    email = forms.EmailField(label=_("E-mail address"))
    display_name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class EndRoleForm(forms.Form):
    """The last day of a role, and why."""

    last_day = forms.DateField(label=_("Last day"), widget=DateInput, initial=localdate)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class ReasonForm(forms.Form):
    """Why an account is closed or opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class TokenForm(forms.Form):
    """A token of the API: for which system, as what, until when."""

    name = forms.CharField(label=_("Which system is it for?"), max_length=120, help_text=_("The journal names it: “Student system”."))
    role = forms.ChoiceField(label=_("Acts as"), choices=[("", _("choose a role")), *TokenRole.choices])
    unit = LookupField(
        OrganizationalUnit.objects.filter(organisation__is_home=True),
        "home-units",
        label=_("Home unit"),
        required=False,
        help_text=_("For a faculty officer: the token sees this unit with all below it, and nothing else."),
    )
    may_write = forms.BooleanField(label=_("May change, not only read"), required=False)
    sees_people = forms.BooleanField(
        label=_("Sees personal data"), required=False, help_text=_("Names and addresses of contacts and signatories.")
    )
    expires_on = forms.DateField(
        label=_("Last day"), widget=DateInput, help_text=_("Within a year. Until then it can be revoked at any time.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["expires_on"].initial = lambda: localdate() + LONGEST / 2

    def asked(self) -> dict[str, Any]:
        """What `make_api_token` takes: the token works through its last day."""
        asked = dict(self.cleaned_data)
        midnight = datetime.combine(asked.pop("expires_on") + timedelta(days=1), time(), get_current_timezone())
        return {**asked, "role": TokenRole(asked["role"]), "expires_at": midnight}
