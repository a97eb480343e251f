"""An application as somebody writes it: wishes, answers, documents. What counts is what was handed in (`submissions`)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.documents.choices import Retention
from goliard.apps.documents.models import StoredFile
from goliard.apps.people.models import Appointment, Enrolment, Person
from goliard.apps.rounds.choices import TermChoice
from goliard.apps.rounds.models import DocumentRequirement, FormQuestion, Round, RoundDestination


class Application(models.Model):
    """One person's application in one round. Its primary key is its number: given once, in order, never again.

    `wishes_revision`, `answers_revision` and `stay_revision` count saves, so that two windows do not overwrite each other.
    `reopened_until` is a later deadline for this person alone. A student applies with an enrolment, a member of staff with an appointment.
    What came on paper (`paper_received_on`) is typed by the office, and by nobody else.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="applications", verbose_name=_("round"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications", verbose_name=_("applicant"))
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("with the programme")
    )
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("with the appointment")
    )
    state = models.CharField(_("state"), max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    language = models.CharField(_("language of letters"), max_length=2, choices=settings.LANGUAGES, default="en")
    started_at = models.DateTimeField(_("begun"), editable=False)
    saved_at = models.DateTimeField(_("saved"), editable=False)
    wishes_revision = models.PositiveIntegerField(default=0, editable=False)
    answers_revision = models.PositiveIntegerField(default=0, editable=False)
    stay_revision = models.PositiveIntegerField(default=0, editable=False)
    reopened_until = models.DateTimeField(_("open for this person until"), null=True, blank=True)
    reopening_reason = models.CharField(_("reason of the reopening"), max_length=500, blank=True)
    paper_received_on = models.DateField(_("received on paper"), null=True, blank=True, editable=False)
    paper_reason = models.CharField(_("reason of the paper"), max_length=500, blank=True, editable=False)
    retention_class = models.CharField(_("retention"), max_length=12, choices=Retention.choices, default=Retention.APPLICATION)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="application_once_a_round")]
        indexes = [models.Index(fields=["round", "state"], name="application_of_round")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_on_paper(self) -> bool:
        """Whether the office types it from paper."""
        return self.paper_received_on is not None

    @property
    def standing(self) -> Enrolment | Appointment | None:
        """With what somebody applies: the appointment in a round for staff, else the enrolment; None where there is none."""
        return self.appointment or self.enrolment

    def name(self, language: str) -> str:
        """The applicant's name with the number, as the office's lists say it."""
        return f"{self.person.full_name} ({self.pk})"


class Preference(models.Model):
    """A wish: ranked from 1 without gaps, one destination once, in a semester or in any."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="preferences")
    rank = models.PositiveSmallIntegerField(_("wish"))
    destination = models.ForeignKey(RoundDestination, models.PROTECT, related_name="preferences", verbose_name=_("destination"))
    term = models.CharField(_("semester"), max_length=8, choices=TermChoice.choices, default=TermChoice.ANY)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "rank"], name="rank_once_an_application"),
            models.UniqueConstraint(fields=["application", "destination"], name="destination_once_an_application"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}: {self.destination_id}"


class Answer(models.Model):
    """The answer to a question; `destination` is the wish that it is about, where the question is asked for each of the first wishes."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.ForeignKey(FormQuestion, models.PROTECT, related_name="answers")
    destination = models.ForeignKey(RoundDestination, models.PROTECT, null=True, blank=True, related_name="answers")
    text = models.TextField(_("answer"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__position", "question_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], condition=models.Q(destination__isnull=True), name="application_answer_once"
            ),
            models.UniqueConstraint(
                fields=["application", "question", "destination"],
                condition=models.Q(destination__isnull=False),
                name="application_answer_once_a_wish",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.question_id}"


class ApplicationDocument(models.Model):
    """The file for a document that the round asks for; another one takes its place."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    requirement = models.ForeignKey(DocumentRequirement, models.PROTECT, related_name="uploads", verbose_name=_("document"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="application_documents", verbose_name=_("file"))

    class Meta:
        verbose_name = _("document of an application")
        verbose_name_plural = _("documents of applications")
        ordering = ["requirement__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "requirement"], name="document_once_an_application")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.requirement_id}"
