"""The register of pages and blocks."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from goliard.apps.content.choices import Audience, PageState
from goliard.apps.content.models import Page
from goliard.apps.content.policies import may_edit_content, may_read_content
from goliard.apps.content.services.writing import keep_page, move_writing
from goliard.apps.institutions.services.keeping import remove
from goliard.apps.institutions.usage import told
from goliard.portals.office.registers.fields import SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Panel, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.publication import PAGE

BLOCK = "block/"
# the addresses at which the site shows what the office wrote
WRITTEN = {"public:page", "public:erasmus", "public:privacy", "public:accessibility", "public:data"}


class PageFilter(SearchFilter):
    """Narrow by words, state and audience."""

    search_in = ("path", "title_en", "title_nl", "body_en", "body_nl")
    state = any_of(_("State"), PageState.choices)
    audience = any_of(_("Audience"), Audience.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), state="state", audience="audience")


class PageForm(forms.ModelForm):
    """A page or block in both languages."""

    class Meta:
        model = Page
        formfield_callback = form_field
        fields = [
            "path", "parent", "position", "audience", "title_nl", "title_en", "summary_nl", "summary_en", "body_nl", "body_en", "cover",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 18}) for name in ("body_nl", "body_en")}

    def clean_path(self) -> str:
        """Refuse an address at which the site itself shows something."""
        path: str = self.cleaned_data["path"].strip("/")
        try:
            shown_by = resolve(f"/en/{path}/").view_name
        except Resolver404:
            return path  # malformed: the service says how an address looks
        if shown_by not in WRITTEN:
            raise ValidationError(_("At this address the site shows something else."))
        return path


def _rows(_actor: Actor) -> QuerySet[Page]:
    return Page.objects.select_related("parent")


def _panels(page: Page, actor: Actor) -> Sequence[Panel]:
    versions = page.versions.all()
    if not versions:
        return []
    return [Panel("office/content/versions.html", {"page": page, "versions": versions, "may_edit": may_edit_content(actor)})]


PAGES = Register(
    name="pages",
    model=Page,
    title=_("Pages"),
    one=_("page"),
    hint=_(
        "A page whose address starts with block/ is shown inside other pages. Texts are Markdown; numbers are quoted: [[fact:key]]; "
        "an image, alone on its line: [[image:key]]."
    ),
    rows=_rows,
    columns=(
        Column("path", _("Address"), "path", lambda row: row.path),
        Column("title", _("Title"), "title_en", told),
        Column("audience", _("Audience"), "audience", lambda row: row.get_audience_display()),
        Column("version", _("Version"), "version", lambda row: row.version, numeric=True),
        Column("updated", _("Last changed"), "updated_at", lambda row: localdate(row.updated_at)),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
    ),
    default_sort="path",
    form=PageForm,
    may_read=may_read_content,
    may_add=may_edit_content,
    may_edit=may_edit_content,
    keep=keep_page,
    remove=remove,
    filters=PageFilter,
    panels=_panels,
    preview=lambda row: None if row.path.startswith(BLOCK) else {language: f"/{language}/{row.path}/" for language in ("nl", "en")},
    lifecycle=PAGE,
    move=move_writing,
    try_out="office:try-out",
)
