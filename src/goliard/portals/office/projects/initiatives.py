"""The register of joint programmes in the making."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.services.keeping import remove
from goliard.apps.institutions.usage import told
from goliard.apps.projects.choices import InitiativeState
from goliard.apps.projects.models import JointProgrammeInitiative
from goliard.apps.projects.policies import may_add_project, may_edit_initiative, may_read_projects, may_remove_initiative
from goliard.apps.projects.services.initiatives import keep_initiative, move_initiative
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.initiative import INITIATIVE


class InitiativeFilter(SearchFilter):
    """Narrow by words and state."""

    search_in = ("title_en", "title_nl", "idea")
    state = any_of(_("State"), InitiativeState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), state="state")


class InitiativeForm(forms.ModelForm):
    """A plan for a joint programme."""

    unit = LookupField(lookup_rows("home-units"), "home-units", label=_("unit of the home institution"))
    contact = LookupField(lookup_rows("persons"), "persons", key="public_id", required=False, label=_("contact person"))
    project = LookupField(lookup_rows("projects"), "projects", required=False, label=_("project that came of it"))

    class Meta:
        model = JointProgrammeInitiative
        formfield_callback = form_field
        fields = ["title_nl", "title_en", "level", "unit", "contact", "idea", "feasibility", "consortium", "project"]


def _rows(_actor: Actor) -> QuerySet[JointProgrammeInitiative]:
    return JointProgrammeInitiative.objects.select_related("unit")


INITIATIVES = Register(
    name="initiatives",
    model=JointProgrammeInitiative,
    title=_("Joint programme initiatives"),
    one=_("joint programme initiative"),
    rows=_rows,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("unit", _("Unit"), "unit__name_en", lambda row: told(row.unit)),
        Column("level", _("Level"), "level", lambda row: row.get_level_display()),
        Column("filed", _("Filed"), "filed_at", lambda row: localdate(row.filed_at)),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
    ),
    default_sort="-filed",
    form=InitiativeForm,
    may_read=may_read_projects,
    may_add=may_add_project,
    may_edit=may_edit_initiative,
    may_remove=may_remove_initiative,
    keep=keep_initiative,
    remove=remove,
    filters=InitiativeFilter,
    lifecycle=INITIATIVE,
    move=move_initiative,
)
