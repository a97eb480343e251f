"""Documents of agreements in the network: ours, generated for as long as no signed one is there, and those of partners."""

from __future__ import annotations

import io
from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.documents.pdf import agreement_pdf
from goliard.apps.agreements.models import AgreementVersion, PartnerIia
from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import store_file
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.retention import RetentionClass


def generate_document(*, version: AgreementVersion, actor: Actor, now: datetime) -> StoredFile:
    """Write the PDF of a version and keep it; our copy names it from then on."""
    name = f"{version.agreement.key}-v{version.number}-en.pdf"
    stored = _stored(agreement_pdf(version, language="en"), name, actor, now)
    with transaction.atomic():
        AgreementVersion.objects.filter(pk=version.pk).update(generated=stored)
        outdate_copies(agreements=[version.agreement_id])
        details = {"sha256": stored.sha256, "version": version.number}
        record(actor=actor, verb="generate-document", subject=version.agreement, now=now, details=details)
    return stored


def receive_document(*, copy: PartnerIia, content: bytes, actor: Actor, now: datetime) -> StoredFile:
    """Keep the document that a partner's copy names. Raises FileRefused for what is no document."""
    stored = _stored(content, f"{copy.iia_code or copy.iia_id}.pdf", actor, now)
    with transaction.atomic():
        PartnerIia.objects.filter(pk=copy.pk).update(document=stored)
        details = {"sha256": stored.sha256, "iia_id": copy.iia_id}
        record(actor=actor, verb="receive-document", subject=copy, now=now, details=details)
    return stored


def _stored(content: bytes, name: str, actor: Actor, now: datetime) -> StoredFile:
    with io.BytesIO(content) as stream:
        return store_file(stream=stream, name=name, purpose=Purpose.DOCUMENT, retention=RetentionClass.RELATION, actor=actor, now=now)
