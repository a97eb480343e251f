"""What the staff system told of a member of staff: where they work, as what, and who approves that they go."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.models.dated import Dated
from goliard.apps.people.choices import Seniority, StaffCategory
from goliard.apps.people.models.persons import Person


class Appointment(Dated):
    """A member of staff in a function at a unit of the home institution, for as long as it lasts, as it stood on `as_of`.

    `code` names the appointment in the staff system; somebody may have several. Empty is not known.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments", verbose_name=_("person"))
    code = models.CharField(_("appointment"), max_length=40)
    function_nl = models.CharField(_("function in Dutch"), max_length=250, blank=True)
    function_en = models.CharField(_("function in English"), max_length=250, blank=True)
    category = models.CharField(_("staff category"), max_length=10, choices=StaffCategory.choices)
    seniority = models.CharField(_("seniority"), max_length=12, choices=Seniority.choices, blank=True)
    unit = models.ForeignKey(OrganizationalUnit, models.PROTECT, related_name="appointments", verbose_name=_("home unit"))
    subject = models.CharField(_("subject area (ISCED-F)"), max_length=4, blank=True)
    manager_name = models.CharField(_("line manager"), max_length=250, blank=True)
    manager_email = models.EmailField(_("e-mail address of the line manager"), blank=True)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-valid_from", "code", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="appointment_once_a_code")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.code}"

    def title(self, language: str) -> str:
        """The function in `nl`, or in English; the code where the staff system named none."""
        nl, en = self.function_nl or self.function_en, self.function_en or self.function_nl
        return (nl if language.startswith("nl") else en) or self.code
