"""The register of rounds: dates, form, requirements, criteria and groups; the row's page is the round at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.services.keeping import remove
from goliard.apps.institutions.usage import told
from goliard.apps.rounds.choices import RoundKind, RoundState
from goliard.apps.rounds.models import Criterion, DocumentRequirement, FormQuestion, Round, RoundGroup, RoundRequirement
from goliard.apps.rounds.policies import may_add_round, may_edit_round, may_read_rounds
from goliard.apps.rounds.services.rounds import keep_round, move_round
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Panel, Parts, Register
from goliard.portals.office.rounds.glance import glance_of
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.round import ROUND
from goliard.rules.placement.policies import POLICIES

BY_BUTTON = frozenset({"open", "close", "score", "end"})  # the others ask for a moment or a reason, or are the placement's


class RoundFilter(SearchFilter):
    """Narrow by words, kind and state."""

    search_in = ("title_en", "title_nl", "key", "academic_year")
    kind = any_of(_("Kind"), RoundKind.choices)
    state = any_of(_("State"), RoundState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), kind="kind", state="state")


def _policies() -> list[tuple[str, str]]:
    return [(name, policy.title.in_language(get_language() or "en")) for name, policy in POLICIES.items()]


class RoundForm(forms.ModelForm):
    """What a round is, its dates, and how it gives out places."""

    owner = LookupField(
        lookup_rows("home-units"), "home-units", required=False, label=_("run by"), help_text=_("Empty: the university as a whole.")
    )
    project = LookupField(lookup_rows("projects"), "projects", required=False, label=_("project"))
    policy = forms.ChoiceField(label=_("placement policy"), choices=_policies)

    class Meta:
        model = Round
        formfield_callback = form_field
        fields = [
            "key", "kind", "audience", "title_nl", "title_en", "introduction_nl", "introduction_en", "owner", "project", "academic_year",
            "opens_on",
            "opens_at", "closes_on", "closes_at", "zone", "results_on", "answer_by", "wishes_min", "wishes_max", "purposes", "days_min",
            "days_max", "doctoral_short_stays", "teaching_hours", "asks_approval", "recommendations",
            "policy", "ties", "seed", "total_decimals", "rounding", "is_public", "is_illustrative",
        ]  # fmt: skip


class OwnParts(forms.BaseInlineFormSet):
    """Parts of the round as a whole, without those of single destinations."""

    def get_queryset(self) -> QuerySet:
        """Return the parts that name no destination."""
        return super().get_queryset().filter(destination__isnull=True)


REQUIREMENT_FIELDS = (
    "minimum_credits", "minimum_average", "eqf_levels", "programmes", "faculty_keys", "subjects", "staff_categories", "languages",
    "only_nationalities",
    "barred_nationalities", "barred_advice",
)  # fmt: skip
CRITERION_FIELDS = (
    "position", "name_nl", "name_en", "description_nl", "description_en", "aim", "source", "weight", "least", "most",
)  # fmt: skip
SHORT: dict[str, Any] = {
    name: forms.Textarea(attrs={"rows": 2}) for name in ("description_nl", "description_en", "choices_nl", "choices_en")
}


class GroupForm(forms.ModelForm):
    """A group; one of a unit names it."""

    unit = LookupField(lookup_rows("home-units"), "home-units", required=False, label=_("unit"))

    class Meta:
        model = RoundGroup
        formfield_callback = form_field
        fields = ["key", "kind", "unit", "title_nl", "title_en", "minimum"]


def _text(name: str) -> Any:
    return lambda row: getattr(row, name)(get_language() or "en")


def _asked(row: RoundRequirement) -> str:
    """What is filled in, with its labels: `credits, at least (EC): 60; average, at least: 7`."""
    found = []
    for name in REQUIREMENT_FIELDS:
        value = getattr(row, name)
        if value not in (None, ""):
            label = RoundRequirement._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # all of them are plain columns
            found.append(f"{label}: {number_format(value.normalize(), use_l10n=True) if isinstance(value, Decimal) else value}")
    return "; ".join(found)


REQUIREMENT_COLUMNS: tuple[Column, ...] = (Column("asked", _("What is asked"), export=_asked),)


REQUIREMENTS = Parts(
    "requirement",
    _("Requirements"),
    forms.inlineformset_factory(Round, RoundRequirement, formset=OwnParts, fields=REQUIREMENT_FIELDS, extra=1, max_num=1),
    REQUIREMENT_COLUMNS,
    lambda round_: round_.requirements.filter(destination__isnull=True),
)
QUESTIONS = Parts(
    "questions",
    _("Questions"),
    forms.inlineformset_factory(
        Round, FormQuestion, extra=1, widgets=SHORT,
        fields=[
            "position", "kind", "text_nl", "text_en", "help_nl", "help_en", "choices_nl", "choices_en", "longest", "first_wishes",
            "is_required",
        ],
    ),
    (
        Column("position", _("Order"), export=lambda row: row.position),
        Column("text", _("Question"), export=_text("text")),
        Column("kind", _("Answer"), export=lambda row: row.get_kind_display()),
        Column("longest", _("Longest answer"), export=lambda row: row.longest or ""),
        Column("first", _("For the first wishes"), export=lambda row: row.first_wishes or ""),
        Column("required", _("Required"), export=lambda row: "✓" if row.is_required else ""),
    ),
    lambda round_: round_.questions.all(),
)  # fmt: skip
DOCUMENTS = Parts(
    "documents",
    _("Documents"),
    forms.inlineformset_factory(
        Round, DocumentRequirement, extra=1,
        fields=["position", "title_nl", "title_en", "help_nl", "help_en", "types", "megabytes", "is_required"],
    ),
    (
        Column("title", _("Document"), export=_text("title")),
        Column("types", _("Types of file"), export=lambda row: row.types),
        Column("megabytes", _("Largest, in megabytes"), export=lambda row: row.megabytes),
        Column("required", _("Required"), export=lambda row: "✓" if row.is_required else ""),
    ),
    lambda round_: round_.documents.all(),
)  # fmt: skip
CRITERION_COLUMNS: tuple[Column, ...] = (
    Column("name", _("Criterion"), export=_text("name")),
    Column("aim", _("Serves"), export=lambda row: row.get_aim_display()),
    Column("source", _("Value from"), export=lambda row: row.get_source_display()),
    Column("scale", _("Scale"), export=lambda row: f"{number_format(row.least.normalize())}–{number_format(row.most.normalize())}"),
    Column("weight", _("Weight"), export=lambda row: f"{row.weight}%"),
)
CRITERIA = Parts(
    "criteria",
    _("Criteria"),
    forms.inlineformset_factory(Round, Criterion, formset=OwnParts, fields=CRITERION_FIELDS, extra=1, widgets=SHORT),
    CRITERION_COLUMNS,
    lambda round_: round_.criteria.filter(destination__isnull=True),
)
GROUPS = Parts(
    "groups",
    _("Groups with reserved places, maxima or hoped-for minima"),
    forms.inlineformset_factory(Round, RoundGroup, form=GroupForm, extra=1),
    (
        Column("title", _("Group"), export=_text("title")),
        Column("kind", _("Who"), export=lambda row: row.get_kind_display()),
        Column("unit", _("Unit"), export=lambda row: told(row.unit) if row.unit else ""),
        Column("minimum", _("Hoped-for minimum"), export=lambda row: row.minimum or ""),
    ),
    lambda round_: round_.groups.select_related("unit"),
)


def _rows(_actor: Actor) -> QuerySet[Round]:
    return Round.objects.select_related("owner", "project", "follows").prefetch_related("reopenings")


def _panels(round_: Round, actor: Actor) -> Sequence[Panel]:
    return [Panel("office/rounds/glance.html", glance_of(round_, actor))]


ROUNDS = Register(
    name="rounds",
    model=Round,
    title=_("Rounds"),
    one=_("round"),
    rows=_rows,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("kind", _("Kind"), "kind", lambda row: row.get_kind_display()),
        Column("audience", _("Who applies"), "audience", lambda row: row.get_audience_display()),
        Column("year", _("Academic year"), "academic_year", lambda row: row.academic_year),
        Column("owner", _("Run by"), "owner__name_en", lambda row: told(row.owner) if row.owner else ""),
        Column("opens", _("Opens"), "opens_on", lambda row: row.opens_on),
        Column("closes", _("Deadline"), "closes_on", lambda row: row.closes_on),
        Column("locked", _("Policy locked"), "policy_locked_at", lambda row: "✓" if row.is_locked else ""),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
    ),
    default_sort="-closes",
    form=RoundForm,
    may_read=may_read_rounds,
    may_add=may_add_round,
    may_edit=may_edit_round,
    may_remove=lambda actor, row: may_edit_round(actor, row) and row.state == RoundState.DRAFT,
    keep=keep_round,
    remove=remove,
    filters=RoundFilter,
    parts=(REQUIREMENTS, QUESTIONS, DOCUMENTS, CRITERIA, GROUPS),
    panels=_panels,
    lifecycle=ROUND,
    move=move_round,
    offers=lambda _row, action: action in BY_BUTTON,
)
