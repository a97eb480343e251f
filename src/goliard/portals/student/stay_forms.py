"""The form of a planned stay: purpose and dates, a programme of sessions for staff, a host of one's own for trainees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models import Application, OwnHost, PlannedStay
from goliard.apps.applications.queries.stays import host_of, offers_own_host, stay_of
from goliard.apps.applications.services.stays import MOST_SESSIONS, StayWords
from goliard.apps.institutions.models import Country

BLANK_ROWS = 2
HOST = ("name", "website", "city", "country", "contact_name", "contact_email", "hours_week", "tasks")
ISO = "%Y-%m-%d"  # what the field of a browser sends and takes, whatever the language of the page
DAY: dict[str, Any] = {"required": False, "input_formats": [ISO], "widget": forms.DateInput(format=ISO, attrs={"type": "date"})}


class HoursField(forms.DecimalField):
    """Hours with a comma or a point, whatever the language of the page."""

    def to_python(self, value: Any) -> Any:
        """Return the hours, or None for an empty field."""
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)


class StayForm(forms.Form):
    """Nothing is required while one writes; what is missing is told when it is handed in."""

    starts_on = forms.DateField(label=_("First day"), **DAY)
    ends_on = forms.DateField(label=_("Last day"), help_text=_("Without days of travel."), **DAY)
    host_group = forms.CharField(
        label=_("Host group or person at the host"), required=False, max_length=250,
        help_text=_("With whom do you work there? Leave it empty while you do not know."),
    )  # fmt: skip

    def __init__(self, application: Application, data: Any = None) -> None:
        stay, host = stay_of(application), host_of(application)
        super().__init__(data)
        round_ = application.round
        self.asks_stay, self.asks_sessions = bool(round_.purposes), bool(round_.purposes) and round_.is_for_staff
        self.asks_host = offers_own_host(round_)
        if self.asks_stay:
            choices = [("", "–"), *((each.value, each.label) for each in round_.purpose_list)]
            self.fields = {"purpose": forms.ChoiceField(label=_("What do you go for?"), choices=choices, required=False), **self.fields}
        else:
            self.fields.clear()
        self.rows = self._add_sessions(stay, data) if self.asks_sessions else 0
        if self.asks_host:
            self._add_host(host)
        self.initial.update(_initial(stay))

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Purpose, dates and host group, bound."""
        return [self[name] for name in ("purpose", "starts_on", "ends_on", "host_group") if name in self.fields]

    @property
    def session_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of the programme, bound."""
        return [(self[f"topic_{row}"], self[f"hours_{row}"]) for row in range(self.rows)]

    @property
    def host_fields(self) -> list[forms.BoundField]:
        """The host of one's own, bound."""
        return [self[f"host_{name}"] for name in HOST] if self.asks_host else []

    def words(self) -> StayWords:
        """Return what was written; an empty row of the programme is no session."""
        given = self.cleaned_data
        sessions = [(given.get(f"topic_{row}", ""), given.get(f"hours_{row}")) for row in range(self.rows)]
        return StayWords(
            purpose=given.get("purpose", ""), starts_on=given.get("starts_on"), ends_on=given.get("ends_on"),
            host_group=given.get("host_group", ""), sessions=[each for each in sessions if each[0].strip() or each[1] is not None],
            host={name: str(given.get(f"host_{name}") or "") for name in HOST} if self.asks_host else {},
        )  # fmt: skip

    def _add_sessions(self, stay: PlannedStay | None, data: Any) -> int:
        stored = list(stay.sessions.all()) if stay else []
        sent = sum(1 for name in data if name.startswith("topic_")) if data else 0
        rows = min(MOST_SESSIONS, max(sent, len(stored) + BLANK_ROWS))
        for row in range(rows):
            session = stored[row] if row < len(stored) else None
            self.fields[f"topic_{row}"] = forms.CharField(
                label=_("Topic of session %(n)d") % {"n": row + 1}, required=False, max_length=200, initial=session.topic if session else ""
            )
            self.fields[f"hours_{row}"] = HoursField(
                label=_("Hours of session %(n)d") % {"n": row + 1}, required=False, min_value=Decimal(0), max_value=Decimal(1000),
                decimal_places=1, initial=session.hours.normalize() if session and session.hours is not None else None,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip
        return rows

    def _add_host(self, host: OwnHost | None) -> None:
        language = "nl" if (get_language() or "en").startswith("nl") else "en"
        countries = Country.objects.order_by(f"name_{language}").values_list("iso2", f"name_{language}")
        long = forms.Textarea(attrs={"rows": 5})
        for name in HOST:
            label = str(OwnHost._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # plain columns
            options: dict[str, Any] = {"label": label[:1].upper() + label[1:], "required": False}
            match name:
                case "country":
                    field: forms.Field = forms.ChoiceField(choices=[("", "–"), *countries], **options)
                case "contact_email":
                    field = forms.EmailField(**options)
                case "hours_week":
                    field = forms.IntegerField(min_value=1, max_value=80, **options)
                case "tasks":
                    field = forms.CharField(max_length=5000, widget=long, **options)
                case _:
                    field = forms.CharField(max_length=250, **options)
            self.fields[f"host_{name}"] = field
            self.initial[f"host_{name}"] = _iso2(host) if name == "country" else getattr(host, name, "")


def _iso2(host: OwnHost | None) -> str:
    return host.country.iso2 if host is not None and host.country else ""


def _initial(stay: PlannedStay | None) -> dict[str, Any]:
    return {name: getattr(stay, name) for name in ("purpose", "starts_on", "ends_on", "host_group")} if stay else {}
