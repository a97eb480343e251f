"""The renewal desk: which agreements ask for attention, and why."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import AgreementState
from goliard.apps.agreements.models import Agreement, ExchangeCount, LanguageSkill, SubjectArea
from goliard.apps.agreements.queries.versions import conditions_in_force
from goliard.rules.funding.eligibility import add_months

ENDS_WITHIN = 12  # months
RENEWAL_FILTERS = (
    ("ends-6", _("ends within 6 months")),
    ("ends-12", _("ends within 12 months")),
    ("ended", _("past its end, still in effect")),
    ("no-subject", _("a condition without subject")),
    ("no-language", _("a language without level")),
    ("never-used", _("never used")),
)


def narrowed(rows: QuerySet[Agreement], wish: str, today: date) -> QuerySet[Agreement]:
    """Return the agreements in effect to which one of `RENEWAL_FILTERS` applies; every row for an empty or unknown wish."""
    conditions = conditions_in_force()  # asked once for all agreements, not once for each
    wishes = {
        "ends-6": Q(ends_on__gte=today, ends_on__lte=add_months(today, 6)),
        "ends-12": Q(ends_on__gte=today, ends_on__lte=add_months(today, 12)),
        "ended": Q(ends_on__lt=today),
        "no-subject": Q(
            pk__in=conditions.exclude(Exists(SubjectArea.objects.filter(condition=OuterRef("pk")))).values("version__agreement")
        ),
        "no-language": Q(
            pk__in=conditions.filter(Exists(LanguageSkill.objects.filter(condition=OuterRef("pk"), level=""))).values("version__agreement")
        ),
        "never-used": ~Q(Exists(_counts())),
    }
    return rows.filter(wishes[wish], state=AgreementState.IN_EFFECT) if wish in wishes else rows


def _counts() -> QuerySet[ExchangeCount]:
    """Exchange counts above zero with a partner that is party to the agreement."""
    return ExchangeCount.objects.filter(
        people__gt=0, organisation__is_home=False, organisation__agreement_parties__agreement=OuterRef("pk")
    )
