"""The register of networks, alliances and consortia."""

from __future__ import annotations

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.choices import NetworkKind, NetworkPurpose
from goliard.apps.institutions.models import JointProgramme, Network, NetworkAim, NetworkMembership, NetworkPurposeTag
from goliard.apps.institutions.policies import may_edit_register, may_read_register
from goliard.apps.institutions.services.keeping import keep, remove
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor


class NetworkFilter(SearchFilter):
    """Narrow by words, kind and purpose."""

    search_in = ("name_en", "name_nl", "acronym", "key")
    kind = any_of(_("Kind"), NetworkKind.choices)
    purpose = any_of(_("Purpose"), NetworkPurpose.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), kind="kind", purpose="purposes__purpose")


class NetworkForm(forms.ModelForm):
    """What a network is; aims, purposes, members and joint programmes are parts."""

    owner = LookupField(lookup_rows("home-units"), "home-units", required=False, label=_("unit of the home institution"))

    class Meta:
        model = Network
        formfield_callback = form_field
        fields = [
            "key", "kind", "name_nl", "name_en", "acronym", "founded_nl", "founded_en", "founded_year", "website", "description_nl",
            "description_en", "owner", "source", "position", "is_public",
        ]  # fmt: skip


class MembershipForm(forms.ModelForm):
    """One member, since when and until when."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("organisation"))

    class Meta:
        model = NetworkMembership
        formfield_callback = form_field
        fields = [
            "organisation", "role", "valid_from", "from_text_nl", "from_text_en", "valid_until", "until_text_nl", "until_text_en", "source",
        ]  # fmt: skip


def _rows(_actor: Actor) -> QuerySet[Network]:
    return Network.objects.annotate(member_count=Count("memberships", distinct=True))


NETWORKS = Register(
    name="networks",
    model=Network,
    title=_("Networks"),
    one=_("network"),
    rows=_rows,
    columns=(
        Column("name", _("Name"), "name_en", lambda row: row.name(get_language() or "en")),
        Column("acronym", _("Abbreviation"), "acronym", lambda row: row.acronym),
        Column("kind", _("Kind"), "kind", lambda row: row.get_kind_display()),
        Column("founded", _("Founded"), "founded_year", lambda row: row.founded_en),
        Column("members", _("Memberships recorded"), "member_count", lambda row: row.member_count, numeric=True),
    ),
    default_sort="name",
    form=NetworkForm,
    may_read=may_read_register,
    may_add=may_edit_register,
    may_edit=may_edit_register,
    keep=keep,
    remove=remove,
    filters=NetworkFilter,
    preview=lambda row: {language: f"/{language}/networks/{row.key}/" for language in ("nl", "en")},
    parts=(
        Parts(
            "memberships",
            _("Members"),
            forms.inlineformset_factory(Network, NetworkMembership, form=MembershipForm, extra=1),
            (
                Column("organisation", _("Organisation"), export=lambda row: row.organisation.name(get_language() or "en")),
                Column("role", _("Role"), export=lambda row: row.get_role_display()),
                Column("from", _("Since"), export=lambda row: row.from_text_en or row.valid_from),
                Column("until", _("Until"), export=lambda row: row.until_text_en or row.valid_until),
            ),
            lambda network: network.memberships.select_related("organisation"),
        ),
        Parts(
            "aims",
            _("Aims"),
            forms.inlineformset_factory(Network, NetworkAim, fields=["position", "text_nl", "text_en"], extra=1),
            (
                Column("nl", _("In Dutch"), export=lambda row: row.text_nl),
                Column("en", _("In English"), export=lambda row: row.text_en),
            ),
            lambda network: network.aims.all(),
        ),
        Parts(
            "purposes",
            _("Purposes"),
            forms.inlineformset_factory(Network, NetworkPurposeTag, fields=["purpose"], extra=1),
            (Column("purpose", _("Purpose"), export=lambda row: row.get_purpose_display()),),
            lambda network: network.purposes.all(),
        ),
        Parts(
            "joint_programmes",
            _("Joint programmes"),
            forms.inlineformset_factory(
                Network, JointProgramme, fields=["key", "title_nl", "title_en", "level", "ects", "source"], extra=1, can_delete=True
            ),
            (
                Column("title", _("Title"), export=lambda row: row.title_en),
                Column("level", _("Level"), export=lambda row: row.get_level_display()),
                Column("ects", _("ECTS"), export=lambda row: row.ects),
            ),
            lambda network: network.joint_programmes.all(),
        ),
    ),
)
