"""Agreements in the network: what we published, the partners' own copies, and which of those we approved."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.models.agreements import Agreement, AgreementVersion
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.models import Organisation


class IiaPublication(models.Model):
    """Our copy as the partner could read it from a moment on: the bytes of its `<iia>` and what they hash to. The newest one counts."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="publications", verbose_name=_("agreement"))
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="publications", verbose_name=_("version"))
    iia_id = models.CharField(_("our id"), max_length=64, db_index=True)
    xml = models.TextField(editable=False)
    iia_hash = models.CharField(_("hash"), max_length=64, editable=False)
    hashed_text = models.TextField(editable=False)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("publication in the network")
        verbose_name_plural = _("publications in the network")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.iia_id} {self.iia_hash[:16]}"


class OwnIia(models.Model):
    """Our copy as it stands in the network now, one row an agreement: readable by one partner in the bytes of `publication`, or not at all.

    `is_current` is taken away, in the transaction of whoever changes what the copy is written from; such a copy is written anew before
    anybody reads it. `why_not` says why a copy that should be readable could not be written. `years` are the first and last academic
    years of its conditions, as `2026/2027-2028/2029 …`.
    """

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="own_iia", verbose_name=_("agreement"))
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="own_iias", verbose_name=_("readable by"))
    partner_hei_id = models.CharField(max_length=120, blank=True, editable=False)
    iia_id = models.CharField(_("our id"), max_length=64, blank=True)
    publication = models.ForeignKey(
        IiaPublication, models.PROTECT, null=True, blank=True, related_name="current_copies", verbose_name=_("publication")
    )
    is_readable = models.BooleanField(_("readable"), default=False)
    is_current = models.BooleanField(_("up to date"), default=False)
    years = models.TextField(editable=False, blank=True)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    why_not = models.CharField(_("why not"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("our copy in the network")
        verbose_name_plural = _("our copies in the network")
        ordering = ["iia_id", "pk"]
        indexes = [
            models.Index(fields=["iia_id"], name="own_iia_id"),
            models.Index(fields=["is_current", "checked_at"], name="own_iia_to_check"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.iia_id}"


class PartnerIia(models.Model):
    """A partner's copy as it was last pulled. `our_iia_id` is the copy of ours that it names, empty where it names none.

    `content` is the copy in the canonical text of `copies.py`, to be compared with ours; `faults` are what its bytes do against the schema
    and what of it nobody can read. `is_approvable` is false while it carries values left over from version 6. `signed_by` is the key that
    signed the answer, `gone_at` since when the partner no longer has it. `pdf_file` is the id of the partner's document; `document` is
    that document, once somebody had it fetched.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="iias", verbose_name=_("partner"))
    iia_id = models.CharField(_("its id"), max_length=64)
    our_iia_id = models.CharField(_("our id in it"), max_length=64, blank=True)
    xml = models.TextField(editable=False)
    iia_hash = models.CharField(_("hash"), max_length=64, editable=False)
    hashed_text = models.TextField(editable=False)
    is_as_declared = models.BooleanField(_("declares the right hash"))
    content = models.TextField(editable=False, blank=True)
    iia_code = models.CharField(_("its own number"), max_length=120, blank=True)
    in_effect = models.BooleanField(_("in effect at the partner"), null=True, blank=True)
    is_approvable = models.BooleanField(_("can be approved"), default=True)
    faults = models.JSONField(default=list, blank=True, editable=False)
    signed_by = models.CharField(_("signed by the key"), max_length=64, blank=True, editable=False)
    pdf_file = models.CharField(max_length=64, blank=True, editable=False)
    document = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="partner_iias",
        verbose_name=_("document of the partner"),
    )
    pulled_at = models.DateTimeField(_("pulled"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    gone_at = models.DateTimeField(_("removed by the partner"), null=True, blank=True)

    class Meta:
        verbose_name = _("copy of a partner")
        verbose_name_plural = _("copies of partners")
        ordering = ["organisation_id", "iia_id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "iia_id"], name="partner_iia_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.iia_id}"


class IiaApproval(models.Model):
    """We approved a partner's copy: its hash, and its XML as we saw it then, beside our own copy of that moment."""

    copy = models.ForeignKey(PartnerIia, models.PROTECT, related_name="approvals", verbose_name=_("copy of a partner"))
    iia_hash = models.CharField(_("hash"), max_length=64, editable=False)
    xml = models.TextField(editable=False)
    hashed_text = models.TextField(editable=False)
    content = models.TextField(editable=False, blank=True)
    publication = models.ForeignKey(
        IiaPublication, models.PROTECT, null=True, blank=True, related_name="approvals_beside", verbose_name=_("our copy of that moment")
    )
    approved_at = models.DateTimeField(_("approved"))
    withdrawn_at = models.DateTimeField(_("approval withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("approval of a partner's copy")
        verbose_name_plural = _("approvals of partners' copies")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["copy", "iia_hash"], name="partner_iia_approved_once")]

    def __str__(self) -> str:
        return f"{self.copy_id} {self.iia_hash[:16]}"


class PartnerApproval(models.Model):
    """A partner approved a copy of ours: the hash that it says it saw, and its answer. `publication` is the copy with that hash, if ever
    we published one. `gone_at` says since when the partner no longer answers so."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="partner_approvals", verbose_name=_("agreement"))
    iia_id = models.CharField(_("our id"), max_length=64)
    iia_hash = models.CharField(_("hash"), max_length=64, editable=False)
    publication = models.ForeignKey(
        IiaPublication, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name=_("publication")
    )
    answer = models.TextField(editable=False)
    signed_by = models.CharField(_("signed by the key"), max_length=64, blank=True, editable=False)
    received_at = models.DateTimeField(_("received"))
    confirmed_at = models.DateTimeField(_("last confirmed"))
    gone_at = models.DateTimeField(_("withdrawn by the partner"), null=True, blank=True)

    class Meta:
        verbose_name = _("approval by a partner")
        verbose_name_plural = _("approvals by partners")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "iia_id", "iia_hash"], name="approved_by_partner_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.iia_hash[:16]}"
