"""Forms of a project and its parts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from goliard.apps.projects.models import (
    JeanMonnetAward,
    Project,
    ProjectBudget,
    ProjectCoordinator,
    ProjectHomeUnit,
    ProjectOutput,
    ProjectPartner,
    ProjectPriority,
    ResourceShare,
    WorkPackage,
)
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.money import EuroField, PercentField
from goliard.portals.office.registers.fields import LookupField, form_field


class ProjectForm(forms.ModelForm):
    """What a project is about, when, and in which words; who takes part are parts. Only a load marks a record as historical."""

    country = LookupField(
        lookup_rows("countries"), "countries", key="iso2", required=False, label=_("country"),
        help_text=_("The partner country of a mobility project."),
    )  # fmt: skip
    predecessor = LookupField(lookup_rows("projects"), "projects", required=False, label=_("goes on from"))
    award_cents = EuroField(required=False, label=_("award in euros"))

    class Meta:
        model = Project
        formfield_callback = form_field
        fields = [
            "key", "call", "country", "number", "acronym", "title_nl", "title_en", "starts_on", "ends_on", "first_year", "last_year",
            "partnership", "predecessor", "award_cents", "isced_f", "keywords", "host_group",
            "lay_summary_nl", "lay_summary_en", "summary_nl", "summary_en", "home_brings_nl", "home_brings_en",
            "partner_brings_nl", "partner_brings_en", "impact_nl", "impact_en", "results_nl", "results_en",
            "sustainability_nl", "sustainability_en", "follow_up_on",
            "is_featured", "is_illustrative", "source",
        ]  # fmt: skip


class PartnerForm(forms.ModelForm):
    """A partner, where known with its unit."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("organisation"))
    unit = LookupField(lookup_rows("units"), "units", required=False, label=_("unit of the partner"))

    class Meta:
        model = ProjectPartner
        formfield_callback = form_field
        fields = ["organisation", "unit", "role", "position", "valid_from", "valid_until", "source"]


class BudgetForm(forms.ModelForm):
    """The money under one heading, in euros."""

    planned_cents = EuroField(label=_("planned"))
    granted_cents = EuroField(label=_("granted"))
    realised_cents = EuroField(label=_("realised"), required=False)

    class Meta:
        model = ProjectBudget
        fields = ["category", "planned_cents", "granted_cents", "realised_cents"]


class HomeUnitForm(forms.ModelForm):
    """A unit of the home institution."""

    unit = LookupField(lookup_rows("home-units"), "home-units", label=_("unit"))

    class Meta:
        model = ProjectHomeUnit
        fields = ["unit", "position"]


class CoordinatorForm(forms.ModelForm):
    """Somebody who coordinates, and when."""

    person = LookupField(lookup_rows("persons"), "persons", key="public_id", label=_("person"))

    class Meta:
        model = ProjectCoordinator
        formfield_callback = form_field
        fields = ["person", "side", "role", "valid_from", "valid_until", "is_public"]


class PriorityForm(forms.ModelForm):
    """A priority, and how the project serves it."""

    class Meta:
        model = ProjectPriority
        fields = ["priority", "how_nl", "how_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("how_nl", "how_en")}


class WorkPackageForm(forms.ModelForm):
    """A work package and who leads it."""

    leader = LookupField(lookup_rows("organisations"), "organisations", required=False, label=_("led by"))

    class Meta:
        model = WorkPackage
        fields = ["number", "title_nl", "title_en", "leader"]


class OutputForm(forms.ModelForm):
    """Something that the project makes."""

    class Meta:
        model = ProjectOutput
        formfield_callback = form_field
        fields = ["position", "kind", "level", "title_nl", "title_en", "published_on", "url", "licence", "is_public"]


class ShareForm(forms.ModelForm):
    """Which part of the resources an organisation bears."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", label=_("organisation"))
    hundredths = PercentField(label=_("share in percent"))

    class Meta:
        model = ResourceShare
        fields = ["organisation", "hundredths"]


class JeanMonnetForm(forms.ModelForm):
    """Chair, module or centre, and its holder."""

    holder = LookupField(lookup_rows("persons"), "persons", key="public_id", required=False, label=_("holder"))

    class Meta:
        model = JeanMonnetAward
        fields = ["kind", "holder", "is_holder_public", "teaching_hours", "activities_nl", "activities_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("activities_nl", "activities_en")}
