"""The registers of what projects are held against: documents, priorities, goals."""

from __future__ import annotations

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import PolicyDocumentKind, PriorityOwner
from goliard.apps.funding.models import PolicyDocument, Priority, StrategicGoal
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.institutions.services.keeping import keep, remove
from goliard.apps.institutions.usage import told
from goliard.portals.office.registers.fields import SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class DocumentFilter(SearchFilter):
    """Narrow by words and kind."""

    search_in = ("title_en", "title_nl", "key", "publisher")
    kind = any_of(_("Kind"), PolicyDocumentKind.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), kind="kind")


class DocumentForm(forms.ModelForm):
    """A document that rules and pages cite."""

    class Meta:
        model = PolicyDocument
        formfield_callback = form_field
        fields = [
            "key", "kind", "title_nl", "title_en", "publisher", "citation", "url", "valid_from", "valid_until", "note_nl", "note_en",
        ]  # fmt: skip


class PriorityFilter(SearchFilter):
    """Narrow by words and owner."""

    search_in = ("title_en", "title_nl", "key")
    owner = any_of(_("Whose"), PriorityOwner.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), owner="owner")


class PriorityForm(forms.ModelForm):
    """A priority of the programme or of the institution."""

    class Meta:
        model = Priority
        formfield_callback = form_field
        fields = ["key", "owner", "title_nl", "title_en", "description_nl", "description_en", "document", "position"]


class GoalFilter(SearchFilter):
    """Narrow by words."""

    search_in = ("title_en", "title_nl", "key")


class GoalForm(forms.ModelForm):
    """A goal of the strategic plan."""

    class Meta:
        model = StrategicGoal
        fields = ["key", "document", "title_nl", "title_en", "position"]


def _documents(_actor: Actor) -> QuerySet[PolicyDocument]:
    return PolicyDocument.objects.all()


def _priorities(_actor: Actor) -> QuerySet[Priority]:
    return Priority.objects.select_related("document").annotate(project_count=Count("served_by"))


def _goals(_actor: Actor) -> QuerySet[StrategicGoal]:
    return StrategicGoal.objects.select_related("document").annotate(project_count=Count("served_by"))


DOCUMENTS = Register(
    name="policy-documents",
    model=PolicyDocument,
    title=_("Policy documents"),
    one=_("policy document"),
    rows=_documents,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("kind", _("Kind"), "kind", lambda row: row.get_kind_display()),
        Column("publisher", _("Publisher"), "publisher", lambda row: row.publisher),
        Column("from", _("From"), "valid_from", lambda row: row.valid_from),
        Column("until", _("Until"), "valid_until", lambda row: row.valid_until),
    ),
    default_sort="title",
    form=DocumentForm,
    may_read=may_read_funding,
    may_add=may_edit_funding,
    may_edit=may_edit_funding,
    keep=keep,
    remove=remove,
    filters=DocumentFilter,
)
PRIORITIES = Register(
    name="priorities",
    model=Priority,
    title=_("Priorities"),
    one=_("priority"),
    rows=_priorities,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("owner", _("Whose"), "owner", lambda row: row.get_owner_display()),
        Column("document", _("Stated in"), "document__title_en", lambda row: told(row.document) if row.document else ""),
        Column("position", _("Order"), "position", lambda row: row.position, numeric=True),
        Column("projects", _("Projects"), "project_count", lambda row: row.project_count, numeric=True),
    ),
    default_sort="position",
    form=PriorityForm,
    may_read=may_read_funding,
    may_add=may_edit_funding,
    may_edit=may_edit_funding,
    keep=keep,
    remove=remove,
    filters=PriorityFilter,
)
GOALS = Register(
    name="goals",
    model=StrategicGoal,
    title=_("Strategic goals"),
    one=_("strategic goal"),
    rows=_goals,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("document", _("Strategic plan"), "document__title_en", lambda row: told(row.document)),
        Column("position", _("Order"), "position", lambda row: row.position, numeric=True),
        Column("projects", _("Projects"), "project_count", lambda row: row.project_count, numeric=True),
    ),
    default_sort="position",
    form=GoalForm,
    may_read=may_read_funding,
    may_add=may_edit_funding,
    may_edit=may_edit_funding,
    keep=keep,
    remove=remove,
    filters=GoalFilter,
)
