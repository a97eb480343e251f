"""Which role an account has, where, and for how long."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.choices import RoleName
from goliard.apps.accounts.models.users import User
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.institutions.models.dated import Dated


class RoleAssignment(Dated):
    """A role of an account, with its scope: a home unit (and all below it) for a faculty officer, an organisation for a partner contact."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=16, choices=RoleName.choices)
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="role_assignments", verbose_name=_("home unit")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="role_assignments", verbose_name=_("partner organisation")
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["role", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=RoleName.FACULTY_OFFICER, unit__isnull=False)
                | (~models.Q(role=RoleName.FACULTY_OFFICER) & models.Q(unit__isnull=True)),
                name="role_unit_for_faculty_officers",
                violation_error_message=_("A faculty officer, and nobody else, has a home unit as scope."),
            ),
            models.CheckConstraint(
                condition=models.Q(role=RoleName.PARTNER_CONTACT, organisation__isnull=False)
                | (~models.Q(role=RoleName.PARTNER_CONTACT) & models.Q(organisation__isnull=True)),
                name="role_organisation_for_partner_contacts",
                violation_error_message=_("A partner contact, and nobody else, has a partner organisation as scope."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
