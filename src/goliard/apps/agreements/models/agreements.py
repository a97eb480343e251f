"""The agreement, its parties and its versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import AgreementKind, AgreementState, VersionState
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.models import Organisation, OrganizationalUnit


class Agreement(models.Model):
    """What the institution agreed with one or more partners. Its text is in its versions; the dates say when it holds.

    `owner` is the faculty or programme that runs it; empty, the university as a whole does.
    """

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind.choices)
    state = models.CharField(_("state"), max_length=12, choices=AgreementState.choices, default=AgreementState.DRAFT)
    title = models.CharField(_("title"), max_length=250)
    owner = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("run by")
    )
    starts_on = models.DateField(_("in effect from"), null=True, blank=True)
    ends_on = models.DateField(_("in effect until (inclusive)"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("notice, in months"), null=True, blank=True)
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals", verbose_name=_("renews"))
    tolerance = models.PositiveSmallIntegerField(
        _("tolerable imbalance"), null=True, blank=True, help_text=_("How many more may go one way than the other over three years.")
    )
    note = models.TextField(_("note for the office"), blank=True)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)
    is_public = models.BooleanField(_("shown on the public site"), default=True)
    search_key = models.CharField(max_length=1000, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["title", "pk"]
        indexes = [
            models.Index(fields=["state", "ends_on"], name="agreement_ends"),
            models.Index(fields=["title", "id"], name="agreement_title"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True) | models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="agreement_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementParty(models.Model):
    """An institution that is party to an agreement, its signatory, and its own id of its copy."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreement_parties", verbose_name=_("institution"))
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="agreement_parties", verbose_name=_("unit")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    iia_id = models.CharField(_("id of its copy"), max_length=64, blank=True, help_text=_("As that institution numbers it in the network."))
    iia_code = models.CharField(_("its own number"), max_length=120, blank=True)
    signatory_name = models.CharField(_("signatory"), max_length=200, blank=True)
    signatory_function = models.CharField(_("function of the signatory"), max_length=200, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to agreements")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "organisation", "unit"], name="party_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.organisation_id}"


class AgreementVersion(models.Model):
    """One version of an agreement's text, kept byte for byte once agreed: `content` is the canonical text, `content_hash` its SHA-256.

    `generated` is the document that partners in the network get for as long as no signed one is there.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    terms_nl = models.TextField(_("other terms in Dutch"), blank=True)
    terms_en = models.TextField(_("other terms in English"), blank=True)
    is_terminated = models.BooleanField(_("terminates the agreement as a whole"), default=False)
    content = models.TextField(editable=False, blank=True)
    content_hash = models.CharField(_("hash"), max_length=64, editable=False, blank=True)
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="agreement_versions", verbose_name=_("signed document")
    )
    generated = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="generated_for",
        verbose_name=_("generated document"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once"),
            models.UniqueConstraint(fields=["agreement"], condition=models.Q(state="agreed"), name="one_agreed_version"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"
