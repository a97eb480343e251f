"""The text of an agreement: one version with its cooperation conditions. Only a draft can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.copies import copy_of, read_canonical
from goliard.apps.agreements.models import AgreementVersion, CooperationCondition
from goliard.apps.agreements.policies import may_edit_agreement, may_read_agreements
from goliard.apps.agreements.queries.versions import sealed_before
from goliard.apps.agreements.services.versions import ConditionTexts, keep_version
from goliard.apps.agreements.texts import parse_languages, parse_levels, parse_subjects, written
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.services.keeping import remove
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.fields import LookupField, SearchFilter, any_of, form_field
from goliard.portals.office.registers.register import Panel, Parts, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.comparison import compare
from goliard.rules.agreements.copy import Language, Subject
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.invalid_value import InvalidValue


class ConditionForm(forms.ModelForm):
    """One condition; subjects, languages and levels as one types them in a cell."""

    sending = LookupField(lookup_rows("organisations"), "organisations", label=_("sends"))
    sending_unit = LookupField(lookup_rows("units"), "units", required=False, label=_("sending unit"))
    receiving = LookupField(lookup_rows("organisations"), "organisations", label=_("receives"))
    receiving_unit = LookupField(lookup_rows("units"), "units", required=False, label=_("receiving unit"))
    subjects_text = forms.CharField(label=_("subjects (0222 Modern history; 0232)"), required=False, max_length=1000)
    shares_text = forms.CharField(label=_("places per unit (leiden-law-school 2; …)"), required=False, max_length=1000)
    languages_text = forms.CharField(label=_("languages (en B2; fr B1)"), required=False, max_length=300)

    class Meta:
        model = CooperationCondition
        formfield_callback = form_field
        fields = [
            "kind", "sending", "sending_unit", "receiving", "receiving_unit", "first_year", "last_year", "mobilities_per_year", "amount",
            "eqf_levels", "is_blended", "other_terms",
        ]  # fmt: skip
        widgets = {"other_terms": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["subjects_text"].initial = written(
                Subject(each.isced_f, each.clarification) for each in self.instance.subjects.all()
            )
            self.fields["shares_text"].initial = "; ".join(
                f"{each.unit.key} {each.places}" for each in self.instance.splits.select_related("unit")
            )
            self.fields["languages_text"].initial = written(
                Language(each.language, each.level, each.isced_f) for each in self.instance.languages.all()
            )

    def clean_eqf_levels(self) -> str:
        """Read `6, 7` as `67`."""
        return "".join(str(level) for level in sorted(_read(parse_levels, self.cleaned_data["eqf_levels"])))

    def clean_first_year(self) -> str:
        """An academic year."""
        return str(_read(parse_academic_year, self.cleaned_data["first_year"]))

    def clean_last_year(self) -> str:
        """An academic year."""
        return str(_read(parse_academic_year, self.cleaned_data["last_year"]))

    def clean(self) -> dict[str, Any]:
        """Read subjects and languages, and lay them beside the condition for the service."""
        cleaned = super().clean() or self.cleaned_data
        try:
            subjects, languages = parse_subjects(cleaned.get("subjects_text", "")), parse_languages(cleaned.get("languages_text", ""))
        except InvalidValue as invalid:
            raise ValidationError(invalid.text.in_language(get_language() or "en")) from None
        self.instance.typed_texts = ConditionTexts(subjects, languages, _shares(cleaned.get("shares_text", "")))
        return cleaned


def _shares(text: str) -> tuple[tuple[OrganizationalUnit, int], ...]:
    """Read `leiden-law-school 2; leiden-science 1`: the keys of home units with their places."""
    found: dict[int, tuple[OrganizationalUnit, int]] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        key, _blank, number = part.rpartition(" ")
        unit = OrganizationalUnit.objects.filter(organisation__is_home=True, key=key.strip()).first()
        if unit is None or not number.isascii() or not number.isdecimal() or len(number) > 5 or unit.pk in found:
            raise ValidationError(
                _t("“%(part)s” is not a home unit's key with a number of places, or stands there twice."), params={"part": part}
            )
        found[unit.pk] = (unit, int(number))
    return tuple(found.values())


def _read(parse: Any, text: str) -> Any:
    try:
        return parse(text)
    except InvalidValue as invalid:
        raise ValidationError(invalid.text.in_language(get_language() or "en")) from None


class VersionForm(forms.ModelForm):
    """Terms beside the conditions."""

    class Meta:
        model = AgreementVersion
        fields = ["terms_nl", "terms_en"]


class VersionFilter(SearchFilter):
    """Narrow by words and state."""

    search_in = ("agreement__search_key",)
    state = any_of(_("State"), VersionState.choices)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), state="state")


def _rows(_actor: Actor) -> QuerySet[AgreementVersion]:
    return AgreementVersion.objects.select_related("agreement")


def _may_edit(actor: Actor, version: AgreementVersion | None = None) -> bool:
    return version is not None and version.state == VersionState.DRAFT and may_edit_agreement(actor, version.agreement)


def _nobody(_actor: Actor, _row: Model | None = None) -> bool:
    return False


def _keep(*, row: Any, actor: Actor, now: datetime, parts: Sequence[Model], removed: Sequence[Model], seen: str | None) -> AgreementVersion:
    texts = {place: part.typed_texts for place, part in enumerate(parts) if hasattr(part, "typed_texts")}
    return keep_version(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen, texts=texts)


def _panels(version: AgreementVersion, _actor: Actor) -> Sequence[Panel]:
    earlier = sealed_before(version)
    differences = compare(copy_of(version), read_canonical(earlier.content)) if earlier else ()
    return (Panel("office/agreements/version.html", {"version": version, "earlier": earlier, "differences": differences}),)


VERSIONS = Register(
    name="agreement-versions",
    model=AgreementVersion,
    title=_("Versions of agreements"),
    one=_("version"),
    rows=_rows,
    columns=(
        Column("agreement", _("Agreement"), "agreement__title", lambda row: row.agreement.title),
        Column("number", _("Version"), "number", lambda row: row.number, numeric=True),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
        Column("agreed", _("Agreed"), "agreed_at", lambda row: row.agreed_at),
    ),
    default_sort="agreement",
    form=VersionForm,
    may_read=may_read_agreements,
    may_add=_nobody,
    may_edit=_may_edit,
    may_remove=_nobody,
    keep=_keep,
    remove=remove,
    filters=VersionFilter,
    panels=_panels,
    parts=(
        Parts(
            "conditions",
            _("Cooperation conditions"),
            forms.inlineformset_factory(AgreementVersion, CooperationCondition, form=ConditionForm, extra=1),
            (
                Column("kind", _("Mobility"), export=lambda row: row.get_kind_display()),
                Column("sending", _("Sends"), export=lambda row: row.sending.name(get_language() or "en")),
                Column("receiving", _("Receives"), export=lambda row: row.receiving.name(get_language() or "en")),
                Column("years", _("Years"), export=lambda row: f"{row.first_year} – {row.last_year}"),
                Column("mobilities", _("A year"), export=lambda row: row.mobilities_per_year),
                Column("amount", _("Months or days"), export=lambda row: row.amount),
                Column("levels", _("EQF"), export=lambda row: ", ".join(row.eqf_levels)),
                Column(
                    "subjects",
                    _("Subjects"),
                    export=lambda row: written(Subject(each.isced_f, each.clarification) for each in row.subjects.all()),
                ),
                Column(
                    "shares",
                    _("Per unit"),
                    export=lambda row: "; ".join(f"{each.unit.name(get_language() or 'en')} {each.places}" for each in row.splits.all()),
                ),
                Column(
                    "languages",
                    _("Languages"),
                    export=lambda row: written(Language(e.language, e.level, e.isced_f) for e in row.languages.all()),
                ),
            ),
            lambda version: version.conditions.select_related("sending", "receiving").prefetch_related(
                "subjects", "languages", "splits__unit"
            ),
        ),
    ),
)
