"""The registers of programmes and of their actions."""

from __future__ import annotations

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import ActionKind
from goliard.apps.funding.models import Action, Programme
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.funding.services.programmes import keep_action, keep_programme
from goliard.apps.institutions.services.keeping import remove
from goliard.apps.institutions.usage import told
from goliard.portals.office.registers.fields import SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.funding.cooperation import BY_KEY, KINDS, cooperation_kind


class ProgrammeFilter(SearchFilter):
    """Narrow by words."""

    search_in = ("title_en", "title_nl", "key")


class ProgrammeForm(forms.ModelForm):
    """A funding programme of a period."""

    class Meta:
        model = Programme
        formfield_callback = form_field
        fields = [
            "key", "title_nl", "title_en", "first_year", "last_year", "is_eu_funded", "description_nl", "description_en", "predecessor",
            "source",
        ]  # fmt: skip


class ActionFilter(SearchFilter):
    """Narrow by words, programme and kind."""

    search_in = ("title_en", "title_nl", "code", "key")
    programme = forms.ModelChoiceField(Programme.objects.all(), label=_("Programme"), empty_label=_("all"))
    kind = any_of(_("Kind"), ActionKind.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows; a kind of cooperation is found by its old and by its new name."""
        named = cooperation_kind(self.cleaned_data.get("q") or "") if self.is_valid() else None
        found = rows.filter(cooperation=named.key) if named else super().apply(rows)
        return self.narrow(found, programme="programme", kind="kind")


def _cooperations() -> list[tuple[str, str]]:
    return [("", "–"), *((kind.key, cooperation_words(kind.key)) for kind in KINDS)]


def cooperation_words(key: str) -> str:
    """The kind of cooperation under its name of today, and what it was called before 2021."""
    kind, language = BY_KEY.get(key), get_language() or "en"
    if kind is None:
        return ""
    name, earlier = kind.name.in_language(language), kind.earlier.in_language(language) if kind.earlier else ""
    return name if earlier in {"", name} else _now("%(name)s (until 2020: %(earlier)s)") % {"name": name, "earlier": earlier}


class ActionForm(forms.ModelForm):
    """An action of a programme, with the rules that its calls start from."""

    cooperation = forms.ChoiceField(
        label=_("kind of cooperation"), required=False, choices=_cooperations, help_text=_("Of Key Action 2 only.")
    )

    class Meta:
        model = Action
        fields = [
            "key", "programme", "code", "title_nl", "title_en", "kind", "cooperation", "track", "first_call_year",
            "project_months", "predecessor",
            "source",
        ]  # fmt: skip


def _programmes(_actor: Actor) -> QuerySet[Programme]:
    return Programme.objects.annotate(action_count=Count("actions"))


def _actions(_actor: Actor) -> QuerySet[Action]:
    return Action.objects.select_related("programme").annotate(call_count=Count("calls"))


PROGRAMMES = Register(
    name="programmes",
    model=Programme,
    title=_("Programmes"),
    one=_("programme"),
    rows=_programmes,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("first", _("First year"), "first_year", lambda row: row.first_year),
        Column("last", _("Last year"), "last_year", lambda row: row.last_year),
        Column("eu", _("Funded by the European Union"), "is_eu_funded", lambda row: "✓" if row.is_eu_funded else ""),
        Column("actions", _("Actions"), "action_count", lambda row: row.action_count, numeric=True),
    ),
    default_sort="-first",
    form=ProgrammeForm,
    may_read=may_read_funding,
    may_add=may_edit_funding,
    may_edit=may_edit_funding,
    keep=keep_programme,
    remove=remove,
    filters=ProgrammeFilter,
)
ACTIONS = Register(
    name="actions",
    model=Action,
    title=_("Actions"),
    one=_("action"),
    rows=_actions,
    columns=(
        Column("code", _("Code"), "code", lambda row: row.code),
        Column("title", _("Title"), "title_en", told),
        Column("kind", _("Kind"), "kind", lambda row: row.get_kind_display()),
        Column("cooperation", _("Kind of cooperation"), "cooperation", lambda row: cooperation_words(row.cooperation)),
        Column("programme", _("Programme"), "programme__title_en", lambda row: told(row.programme)),
        Column("months", _("Longest project, in months"), "project_months", lambda row: row.project_months, numeric=True),
        Column("calls", _("Calls"), "call_count", lambda row: row.call_count, numeric=True),
    ),
    default_sort="code",
    form=ActionForm,
    may_read=may_read_funding,
    may_add=may_edit_funding,
    may_edit=may_edit_funding,
    keep=keep_action,
    remove=remove,
    filters=ActionFilter,
)
