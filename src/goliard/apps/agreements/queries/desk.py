"""The renewal desk: which agreements ask for attention, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import AgreementState, VersionState
from goliard.apps.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    CooperationCondition,
    ExchangeCount,
    LanguageSkill,
    SubjectArea,
)
from goliard.apps.agreements.queries.versions import conditions_in_force
from goliard.apps.institutions.models.dated import holding
from goliard.apps.people.choices import ContactRole
from goliard.apps.people.models import BOUNCING, Contact
from goliard.rules.agreements.duplicates import Held, duplicates
from goliard.rules.funding.eligibility import add_months

ENDS_WITHIN = 12  # months
RENEWAL_FILTERS = (
    ("ends-6", _("ends within 6 months")),
    ("ends-12", _("ends within 12 months")),
    ("undecided", _("ends within 12 months, nothing decided")),
    ("ended", _("past its end, still in effect")),
    ("no-subject", _("a condition without subject")),
    ("no-level", _("students without level (EQF)")),
    ("no-language", _("a language without level")),
    ("never-used", _("never used")),
    ("duplicate", _("perhaps there twice")),
    ("unsigned", _("without signed document")),
    ("bounced", _("mail to a contact of the partner comes back")),
    ("unreachable", _("no contact of the partner can be written to")),
)


@dataclass(frozen=True, slots=True)
class About:
    """What an agreement must say in one condition: a mobility, a subject's first digits, an EQF level, a language; empty: anything."""

    mobility: str = ""
    subject: str = ""
    level: str = ""
    language: str = ""


def saying(rows: QuerySet[Agreement], about: About) -> QuerySet[Agreement]:
    """Return the agreements with a condition, in a version that still counts, that says all of it."""
    if about == About():
        return rows
    gone = (VersionState.SUPERSEDED, VersionState.WITHDRAWN)
    found = CooperationCondition.objects.exclude(version__state__in=gone)
    if about.mobility:
        found = found.filter(kind=about.mobility)
    if about.level:
        found = found.filter(eqf_levels__contains=about.level)
    if about.subject:
        found = found.filter(Exists(SubjectArea.objects.filter(condition=OuterRef("pk"), isced_f__startswith=about.subject)))
    if about.language:
        found = found.filter(Exists(LanguageSkill.objects.filter(condition=OuterRef("pk"), language=about.language)))
    return rows.filter(pk__in=found.values("version__agreement"))


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
        "undecided": Q(ends_on__gte=today, ends_on__lte=add_months(today, 12), reviews=None),
        "no-level": Q(pk__in=conditions.filter(kind__startswith="student", eqf_levels="").values("version__agreement")),
        "no-language": Q(
            pk__in=conditions.filter(Exists(LanguageSkill.objects.filter(condition=OuterRef("pk"), level=""))).values("version__agreement")
        ),
        "never-used": ~Q(Exists(_counts())),
        "bounced": Q(Exists(_contacts(today).filter(BOUNCING))),
        "unreachable": ~Q(Exists(_contacts(today).exclude(email="").exclude(BOUNCING))),
        "unsigned": ~Q(Exists(AgreementVersion.objects.filter(agreement=OuterRef("pk"), document__isnull=False))),
    }
    if wish == "duplicate":
        return rows.filter(pk__in=duplicates_in_effect())
    return rows.filter(wishes[wish], state=AgreementState.IN_EFFECT) if wish in wishes else rows


def duplicates_in_effect(*, like: Agreement | None = None) -> dict[int, frozenset[int]]:
    """Return the agreements in effect that may be there twice, each with those that it repeats; in three queries.

    With `like`, only those of its kind and unit are looked at.
    """
    about: dict[int, set[tuple[str, str]]] = defaultdict(set)
    alike = {"kind": like.kind, "owner": like.owner_id} if like else {}
    conditions = conditions_in_force().filter(**{f"version__agreement__{name}": value for name, value in alike.items()}).order_by()
    for key, kind, subject in conditions.values_list("version__agreement", "kind", "subjects__isced_f"):
        about[key].add((kind, subject or ""))
    partners: dict[int, set[int]] = defaultdict(set)
    in_effect = Agreement.objects.filter(state=AgreementState.IN_EFFECT, starts_on__isnull=False, ends_on__isnull=False, **alike)
    parties = AgreementParty.objects.filter(organisation__is_home=False, agreement__in=in_effect.order_by())
    for key, partner in parties.order_by().values_list("agreement", "organisation"):
        partners[key].add(partner)
    rows = in_effect.order_by().values_list("pk", "kind", "owner", "starts_on", "ends_on")
    return duplicates(
        Held(key, frozenset(partners[key]), kind, owner, starts, ends, frozenset(about[key]))
        for key, kind, owner, starts, ends in rows
        if starts and ends
    )


def _contacts(today: date) -> QuerySet[Contact]:
    """Contacts of the partners of the agreement, as they hold today, that a reminder could go to."""
    roles = (ContactRole.AGREEMENTS, ContactRole.COORDINATOR, ContactRole.GENERAL)
    return Contact.objects.filter(
        holding(today), role__in=roles, organisation__is_home=False, organisation__agreement_parties__agreement=OuterRef("pk")
    )


def _counts() -> QuerySet[ExchangeCount]:
    """Exchange counts above zero with a partner that is party to the agreement."""
    return ExchangeCount.objects.filter(
        people__gt=0, organisation__is_home=False, organisation__agreement_parties__agreement=OuterRef("pk")
    )
