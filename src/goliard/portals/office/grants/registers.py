"""The registers of schemes and of scholarships; a scholarship's page has its verdict and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.grants.choices import ScholarshipState
from goliard.apps.grants.models import Scholarship, ScholarshipScheme
from goliard.apps.grants.policies import may_decide_scholarships, may_read_scholarships
from goliard.apps.grants.queries.verdicts import promised, verdict_on
from goliard.apps.institutions.services.keeping import keep, remove
from goliard.apps.institutions.usage import told
from goliard.portals.office.registers.fields import SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Panel, Register
from goliard.portals.shared.lists import Column
from goliard.portals.shared.money import EuroField
from goliard.rules.access.actor import Actor
from goliard.rules.values.money import Money


class SchemeForm(forms.ModelForm):
    """A scheme: its rate table, time and budget."""

    budget_cents = EuroField(label=_("budget in euros"), required=False)

    class Meta:
        model = ScholarshipScheme
        formfield_callback = form_field
        fields = [
            "key", "title_nl", "title_en", "introduction_nl", "introduction_en", "table_action", "table_year", "budget_cents", "opens_on",
            "closes_on", "is_illustrative",
        ]  # fmt: skip


class ScholarshipFilter(SearchFilter):
    """Narrow by words, scheme and state."""

    search_in = ("person__given_name", "person__family_name", "host", "country__name_en", "country__name_nl")
    scheme = forms.ModelChoiceField(ScholarshipScheme.objects.all(), label=_("Scholarship scheme"), empty_label=_("all"))
    state = any_of(_("State"), ScholarshipState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), scheme="scheme", state="state")


def _euros(cents: int | None) -> str:
    return "" if cents is None else Money(cents).text(get_language() or "en")


def _schemes(_actor: Actor) -> QuerySet[ScholarshipScheme]:
    return ScholarshipScheme.objects.all()


def _scholarships(_actor: Actor) -> QuerySet[Scholarship]:
    return Scholarship.objects.select_related("scheme", "person", "country")


def _scheme_panels(scheme: ScholarshipScheme, actor: Actor) -> Sequence[Panel]:
    spent = promised(scheme).cents
    left = None if scheme.budget_cents is None else scheme.budget_cents - spent
    waiting = scheme.scholarships.filter(state=ScholarshipState.SUBMITTED).count()
    context = {"scheme": scheme, "spent": spent, "left": left, "waiting": waiting, "may_file": may_decide_scholarships(actor)}
    return [Panel("office/grants/scheme.html", context)]


def _panels(row: Scholarship, actor: Actor) -> Sequence[Panel]:
    context: dict[str, Any] = {
        "row": row,
        "verdict": verdict_on(row),
        "may_decide": may_decide_scholarships(actor),
        "others": row.person.other_grants.all(),
    }
    return [Panel("office/grants/scholarship.html", context)]


def _nobody(_actor: Actor, _row: Model | None = None) -> bool:
    return False


SCHEMES = Register(
    name="scholarship-schemes",
    model=ScholarshipScheme,
    title=_("Scholarship schemes"),
    one=_("scholarship scheme"),
    rows=_schemes,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("table", _("Rate table"), "table_year", lambda row: f"{row.table_action} {row.table_year}"),
        Column("budget", _("Budget"), "budget_cents", lambda row: _euros(row.budget_cents), numeric=True),
        Column("closes", _("Closes on"), "closes_on", lambda row: row.closes_on),
    ),
    default_sort="title",
    form=SchemeForm,
    may_read=may_read_scholarships,
    may_add=may_decide_scholarships,
    may_edit=may_decide_scholarships,
    keep=keep,
    remove=remove,
    panels=_scheme_panels,
)
SCHOLARSHIPS = Register(
    name="scholarships",
    model=Scholarship,
    title=_("Scholarships"),
    one=_("scholarship"),
    rows=_scholarships,
    columns=(
        Column("person", _("Student"), "person__family_name", lambda row: row.person.full_name),
        Column("scheme", _("Scholarship scheme"), "scheme__title_en", lambda row: told(row.scheme)),
        Column("country", _("Country"), "country__name_en", lambda row: told(row.country)),
        Column("starts", _("First day"), "starts_on", lambda row: row.starts_on),
        Column("asked", _("Asked"), "asked_cents", lambda row: _euros(row.asked_cents), numeric=True),
        Column("awarded", _("Awarded"), "amount_cents", lambda row: _euros(row.amount_cents), numeric=True),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
        Column("illustrative", _("Illustrative"), "is_illustrative", lambda row: _("illustrative") if row.is_illustrative else ""),
    ),
    default_sort="-starts",
    form=None,
    may_read=may_read_scholarships,
    may_add=_nobody,
    may_edit=_nobody,
    filters=ScholarshipFilter,
    panels=_panels,
    users=lambda _row: (),
)
