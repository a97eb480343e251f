"""The register of news."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goliard.apps.content.choices import PageState
from goliard.apps.content.models import FeaturedProject, NewsItem
from goliard.apps.content.policies import may_edit_content, may_read_content
from goliard.apps.content.services.writing import keep_news, move_writing
from goliard.apps.institutions.services.keeping import remove
from goliard.apps.institutions.usage import told
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.publication import PAGE


class NewsFilter(SearchFilter):
    """Narrow by words and state."""

    search_in = ("title_en", "title_nl", "slug", "body_en", "body_nl")
    state = any_of(_("State"), PageState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), state="state")


class NewsForm(forms.ModelForm):
    """A news item in both languages."""

    class Meta:
        model = NewsItem
        formfield_callback = form_field
        fields = [
            "slug", "published_on", "call", "title_nl", "title_en", "summary_nl", "summary_en", "body_nl", "body_en", "image", "source",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 18}) for name in ("body_nl", "body_en")}


class FeaturedForm(forms.ModelForm):
    """A project that the item shows as an example."""

    project = LookupField(lookup_rows("projects"), "projects", label=_("project"))

    class Meta:
        model = FeaturedProject
        fields = ["project", "position"]


def _rows(_actor: Actor) -> QuerySet[NewsItem]:
    return NewsItem.objects.select_related("call")


def _hidden_examples(_request: HttpRequest, item: NewsItem) -> Sequence[str]:
    hidden = [each.project for each in item.featured.select_related("project__call") if not _is_visible(each)]
    return [
        gettext("“%(project)s” is not on the public site, so the item does not show it yet.") % {"project": told(row)} for row in hidden
    ]


def _is_visible(featured: FeaturedProject) -> bool:
    return featured.project.state != "draft" and featured.project.call.is_public


NEWS = Register(
    name="news",
    model=NewsItem,
    title=_("News"),
    one=_("news item"),
    hint=_("Numbers are quoted, not typed: [[fact:key]], and of the chosen call [[call:projects]], [[figure:award-cents]] or [[year]]."),
    rows=_rows,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("date", _("Date"), "published_on", lambda row: row.published_on),
        Column("call", _("Call"), "call__year", lambda row: told(row.call) if row.call else ""),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
    ),
    default_sort="-date",
    form=NewsForm,
    may_read=may_read_content,
    may_add=may_edit_content,
    may_edit=may_edit_content,
    keep=keep_news,
    remove=remove,
    filters=NewsFilter,
    parts=(
        Parts(
            "featured",
            _("Featured projects"),
            forms.inlineformset_factory(NewsItem, FeaturedProject, form=FeaturedForm, extra=1),
            (
                Column("position", _("Order"), export=lambda row: row.position),
                Column("project", _("Project"), export=lambda row: told(row.project)),
            ),
            lambda item: item.featured.select_related("project"),
        ),
    ),
    preview=lambda row: {language: f"/{language}/news/{row.slug}/" for language in ("nl", "en")},
    lifecycle=PAGE,
    move=move_writing,
    warnings=_hidden_examples,
    try_out="office:try-out",
)
