"""The register of published facts."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.content.models import PublishedFact
from goliard.apps.content.policies import may_edit_content, may_read_content
from goliard.apps.content.queries.quotes import printed_fact
from goliard.apps.content.queries.quoting import texts_that_quote
from goliard.apps.content.services.facts import keep_fact, remove_fact
from goliard.apps.institutions.usage import Usage, users_of
from goliard.portals.office.registers.fields import SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor

REVIEW = (("past", _("past its review date")), ("none", _("without a review date")))


class FactFilter(SearchFilter):
    """Narrow by words and by review."""

    search_in = ("key", "label_en", "label_nl", "source", "value")
    review = any_of(_("Review"), REVIEW)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        found = super().apply(rows)
        match self.cleaned_data["review"]:
            case "past":
                return found.filter(review_on__lt=timezone.localdate())
            case "none":
                return found.filter(review_on__isnull=True)
        return found


class FactForm(forms.ModelForm):
    """A number with its source."""

    class Meta:
        model = PublishedFact
        formfield_callback = form_field
        fields = ["key", "label_nl", "label_en", "qualifier", "value", "unit_nl", "unit_en", "as_of", "source", "review_on"]


def _rows(_actor: Actor) -> QuerySet[PublishedFact]:
    return PublishedFact.objects.all()


def _label(fact: PublishedFact) -> str:
    return fact.label_nl if (get_language() or "").startswith("nl") else fact.label_en


def _users(fact: PublishedFact) -> Sequence[Usage]:
    return (*users_of(fact), *texts_that_quote(fact))


FACTS = Register(
    name="facts",
    model=PublishedFact,
    title=_("Facts"),
    one=_("fact"),
    hint=_("A text quotes a fact as [[fact:key]], and prints its number as it stands here."),
    rows=_rows,
    columns=(
        Column("key", _("Key"), "key", lambda row: row.key),
        Column("label", _("What it says"), "label_en", _label),
        Column("printed", _("As a text prints it"), "", lambda row: printed_fact(row, get_language() or "en")),
        Column("as_of", _("As of"), "as_of", lambda row: row.as_of),
        Column("source", _("Source"), "source", lambda row: row.source),
        Column("review", _("Review on"), "review_on", lambda row: row.review_on),
    ),
    default_sort="key",
    form=FactForm,
    may_read=may_read_content,
    may_add=may_edit_content,
    may_edit=may_edit_content,
    keep=keep_fact,
    remove=remove_fact,
    filters=FactFilter,
    users=_users,
)
