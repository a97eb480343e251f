"""Destinations of a round and their pools of places, as registers."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.usage import told
from goliard.apps.rounds.choices import TermChoice
from goliard.apps.rounds.models import Criterion, DestinationPool, PoolGroup, Round, RoundDestination, RoundRequirement
from goliard.apps.rounds.policies import may_edit_round, may_read_rounds
from goliard.apps.rounds.services.destinations import keep_destination, keep_pool
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Panel, Parts, Register
from goliard.portals.office.rounds.rounds import CRITERION_COLUMNS, CRITERION_FIELDS, REQUIREMENT_COLUMNS, REQUIREMENT_FIELDS, SHORT
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class DestinationFilter(SearchFilter):
    """Narrow by words and round."""

    search_in = ("organisation__search_key", "organisation__name_en", "organisation__name_nl")
    round = forms.ModelChoiceField(Round.objects.all(), required=False, label=_("Round"), empty_label=_("all"))

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), round="round")


class DestinationForm(forms.ModelForm):
    """What applicants read about a destination."""

    class Meta:
        model = RoundDestination
        formfield_callback = form_field
        fields = ["info_nl", "info_en", "nominate_by"]


def source_of(pool: DestinationPool) -> str:
    """Say where places come from: the agreement, or the project."""
    if (condition := pool.current_condition) is not None:
        return told(condition.version.agreement)
    return told(pool.project_flow.project) if pool.project_flow else gettext("without an agreement")


def destinations(_actor: Actor) -> QuerySet[RoundDestination]:
    """Return every destination with its places."""
    rows = RoundDestination.objects.select_related("round", "organisation__country", "unit")
    return rows.annotate(place_count=Sum("pools__places"))


def _panels(destination: RoundDestination, actor: Actor) -> Sequence[Panel]:
    pools = destination.pools.select_related(
        "condition__version__agreement", "claim__condition__version__agreement", "project_flow__project", "faculty"
    )
    return [
        Panel(
            "office/rounds/pools.html",
            {
                "destination": destination,
                "pools": [(pool, source_of(pool)) for pool in pools.prefetch_related("group_places__group")],
                "may_edit": may_edit_round(actor, destination.round),
            },
        )
    ]


def _may_edit(actor: Actor, destination: RoundDestination) -> bool:
    return may_edit_round(actor, destination.round)


def _nobody(*_about: object) -> bool:
    """Destinations are drawn from the ledger, and withdrawn with a reason."""
    return False


DESTINATIONS = Register(
    name="round-destinations",
    model=RoundDestination,
    title=_("Destinations of rounds"),
    one=_("destination"),
    rows=destinations,
    columns=(
        Column("name", _("Destination"), "organisation__name_en", told),
        Column("country", _("Country"), "organisation__country__name_en", lambda row: told(row.organisation.country)),
        Column("round", _("Round"), "round__title_en", lambda row: told(row.round)),
        Column("direction", _("Direction"), "direction", lambda row: row.get_direction_display()),
        Column("places", _("Places"), "place_count", lambda row: row.place_count or 0, numeric=True),
        Column("withdrawn", _("Withdrawn"), "is_withdrawn", lambda row: "✓" if row.is_withdrawn else ""),
    ),
    default_sort="name",
    form=DestinationForm,
    may_read=may_read_rounds,
    may_add=_nobody,
    may_edit=_may_edit,
    may_remove=_nobody,
    keep=keep_destination,
    filters=DestinationFilter,
    parts=(
        Parts(
            "requirement",
            _("Asked here in place of what the round asks"),
            forms.inlineformset_factory(
                RoundDestination, RoundRequirement, fk_name="destination", fields=REQUIREMENT_FIELDS, extra=1, max_num=1
            ),
            REQUIREMENT_COLUMNS,
            lambda destination: RoundRequirement.objects.filter(destination=destination),
        ),
        Parts(
            "criteria",
            _("Criteria here in place of those of the round"),
            forms.inlineformset_factory(
                RoundDestination, Criterion, fk_name="destination", fields=CRITERION_FIELDS, extra=1, widgets=SHORT
            ),
            CRITERION_COLUMNS,
            lambda destination: destination.criteria.all(),
        ),
    ),
    panels=_panels,
)


class PoolFilter(SearchFilter):
    """Narrow by words, round and semester."""

    search_in = ("destination__organisation__search_key", "destination__organisation__name_en")
    round = forms.ModelChoiceField(Round.objects.all(), required=False, label=_("Round"), empty_label=_("all"))
    term = any_of(_("Semester"), TermChoice.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), round="destination__round", term="term")


class PoolForm(forms.ModelForm):
    """What the places are for."""

    faculty = LookupField(lookup_rows("home-units"), "home-units", required=False, label=_("only for the faculty"))

    class Meta:
        model = DestinationPool
        formfield_callback = form_field
        fields = ["term", "eqf_levels", "subjects", "faculty"]


class PoolGroupForm(forms.ModelForm):
    """What is kept for one of the round's groups."""

    class Meta:
        model = PoolGroup
        fields = ["group", "reserved", "maximum"]


class PoolGroups(forms.BaseInlineFormSet):
    """Groups of the pool's own round only."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Offer the groups of the round."""
        super().add_fields(form, index)
        form.fields["group"].queryset = self.instance.destination.round.groups.all()  # type: ignore[attr-defined]


def _pools(_actor: Actor) -> QuerySet[DestinationPool]:
    return DestinationPool.objects.select_related(
        "destination__round", "destination__organisation", "destination__unit", "faculty", "condition__version__agreement",
        "claim__condition__version__agreement", "project_flow__project",
    )  # fmt: skip


POOLS = Register(
    name="round-pools",
    model=DestinationPool,
    title=_("Places of rounds"),
    one=_("pool of places"),
    rows=_pools,
    columns=(
        Column("destination", _("Destination"), "destination__organisation__name_en", lambda row: told(row.destination)),
        Column("round", _("Round"), "destination__round__title_en", lambda row: told(row.destination.round)),
        Column("source", _("Places from"), "", source_of),
        Column("term", _("Semester"), "term", lambda row: row.get_term_display()),
        Column("levels", _("EQF"), "eqf_levels", lambda row: row.eqf_levels),
        Column("subjects", _("Subjects"), "subjects", lambda row: row.subjects),
        Column("faculty", _("Faculty"), "faculty__name_en", lambda row: told(row.faculty) if row.faculty else ""),
        Column("places", _("Places"), "places", lambda row: row.places, numeric=True),
    ),
    default_sort="destination",
    form=PoolForm,
    may_read=may_read_rounds,
    may_add=_nobody,
    may_edit=lambda actor, pool: may_edit_round(actor, pool.destination.round),
    may_remove=_nobody,
    keep=keep_pool,
    filters=PoolFilter,
    parts=(
        Parts(
            "groups",
            _("Kept for groups"),
            forms.inlineformset_factory(DestinationPool, PoolGroup, form=PoolGroupForm, formset=PoolGroups, extra=1),
            (
                Column("group", _("Group"), export=lambda row: told(row.group)),
                Column("reserved", _("Reserved"), export=lambda row: row.reserved),
                Column("maximum", _("At most"), export=lambda row: "" if row.maximum is None else row.maximum),
            ),
            lambda pool: pool.group_places.select_related("group"),
        ),
    ),
)
