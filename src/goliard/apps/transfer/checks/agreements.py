"""Agreements that can be kept: the institution is a party, what is in effect has a text, what was agreed stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from goliard.apps.agreements.choices import AgreementState, VersionState
from goliard.apps.agreements.copies import canonical, copies_of
from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion
from goliard.apps.transfer.checks.finding import Finding
from goliard.apps.transfer.table import batches
from goliard.rules.values.texts import Text

_NO_HOME = Text("De eigen instelling is geen partij.", "The home institution is no party.")
_NO_PARTNER = Text("Er is geen partner.", "There is no partner.")
_NO_TEXT = Text(
    "Wat van kracht is heeft een versie waarover beide het eens zijn, een begin en een einde.",
    "What is in effect has a version that both agreed, a beginning and an end.",
)
_CHANGED = Text(
    "Deze versie is al door beide vastgesteld en verandert niet meer; maak een nieuwe versie.",
    "Both agreed this version, and it does not change any more; make a new version.",
)


def check_agreements(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """Parties on both sides; dates and an agreed version for what is in effect."""
    parties = AgreementParty.objects.filter(agreement=OuterRef("pk"))
    agreed = AgreementVersion.objects.filter(agreement=OuterRef("pk"), state=VersionState.AGREED)
    dated = Q(starts_on__isnull=False, ends_on__isnull=False)
    for part in batches(touched["agreements"]):
        rows = Agreement.objects.filter(pk__in=part)
        for found, column, because in (
            (rows.exclude(Exists(parties.filter(organisation__is_home=True))), "key", _NO_HOME),
            (rows.exclude(Exists(parties.filter(organisation__is_home=False))), "key", _NO_PARTNER),
            (rows.filter(state=AgreementState.IN_EFFECT).exclude(Q(Exists(agreed)) & dated), "state", _NO_TEXT),
        ):
            yield from (Finding("agreements", pk, column, because, key) for pk, key in found.values_list("pk", "key"))


def check_sealed(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """What was sealed still says the same."""
    for condition_part in batches(touched["cooperation_conditions"]):
        touched["agreement_versions"].update(AgreementVersion.objects.filter(conditions__in=condition_part).values_list("pk", flat=True))
    for part in batches(touched["agreement_versions"]):
        for version, copy in copies_of(AgreementVersion.objects.filter(pk__in=part).exclude(content="")):
            if canonical(copy) != version.content:
                yield Finding("agreement_versions", version.pk, "state", _CHANGED, f"{version.agreement.key}/{version.number}")
