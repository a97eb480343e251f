"""Which version of an agreement's text counts."""

from __future__ import annotations

from django.db.models import QuerySet

from goliard.apps.agreements.choices import AgreementState, VersionState
from goliard.apps.agreements.models import Agreement, AgreementVersion, CooperationCondition


def version_in_force(agreement: Agreement) -> AgreementVersion | None:
    """Return the newest version that both agreed, or None."""
    return agreement.versions.filter(state=VersionState.AGREED).order_by("-number").first()


def newest_version(agreement: Agreement) -> AgreementVersion | None:
    """Return the newest version that was not given up, or None."""
    return agreement.versions.exclude(state=VersionState.WITHDRAWN).order_by("-number").first()


def sealed_before(version: AgreementVersion) -> AgreementVersion | None:
    """Return the newest earlier version of the same agreement whose text was sealed, or None."""
    return version.agreement.versions.filter(number__lt=version.number).exclude(content="").order_by("-number").first()


def conditions_in_force() -> QuerySet[CooperationCondition]:
    """Return the conditions that give places: of the agreed version (there is one at most) of every agreement in effect."""
    return CooperationCondition.objects.filter(version__state=VersionState.AGREED, version__agreement__state=AgreementState.IN_EFFECT)
