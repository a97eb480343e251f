"""Fields of the office's forms: choose one of thousands by name or key, dates, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import DateField, Field, Model, Q, QuerySet, SlugField, TextField, URLField
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from goliard.rules.values.folding import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOWN = 8
KEY_HELP = _("Stands in addresses and files, such as exchange-2027.")
KEY_WRONG = _("Use letters without accents, digits and hyphens only, without spaces: such as exchange-2027.")


class LookupWidget(forms.TextInput):
    """A text field with suggestions: `<input list>` whose options htmx renews while one types."""

    template_name = "office/registers/lookup.html"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address of the suggestions and the id of their list."""
        context = super().get_context(name, value, attrs)
        context["widget"]["address"] = reverse_lazy("office:lookup", args=[self.kind])
        context["widget"]["list_id"] = f"{context['widget']['attrs'].get('id', name)}_list"
        return context


class LookupField(forms.CharField):
    """A foreign key to a table of thousands: one types a key or a name, and the field finds the row.

    It shows `Name (key)`. A text that fits several rows is refused with the first of them, one that fits none says so.
    """

    def __init__(self, rows: QuerySet, kind: str, *, key: str = "key", **options: Any) -> None:
        super().__init__(widget=LookupWidget(kind), **options)
        self.rows, self.key = rows, key

    def prepare_value(self, value: Any) -> Any:
        """Return the text that stands for a primary key; what was typed stays as it was typed."""
        if isinstance(value, int):
            row = self.rows.model._default_manager.filter(pk=value).first()
            return shown(row, self.key) if row else ""
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text stands for another row than before."""
        return (self.prepare_value(initial) or "") != (data or "")

    def clean(self, value: Any) -> Model | None:
        """Return the row, or raise ValidationError."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = list(matching(self.rows.all(), text, self.key)[: SHOWN + 1])
        exact = [row for row in found if text in {shown(row, self.key), str(getattr(row, self.key))}]
        if len(exact) == 1 or len(found) == 1:
            only: Model = (exact or found)[0]
            return only
        if not found:
            raise ValidationError(_("Nothing is called “%(text)s”."), params={"text": text})
        names = "; ".join(shown(row, self.key) for row in found[:SHOWN])
        raise ValidationError(_("Several fit “%(text)s”: %(names)s"), params={"text": text, "names": names})


def shown(row: Any, key: str) -> str:
    """Return how a row stands in a lookup: `Name (key)`."""
    return f"{row} ({getattr(row, key)})"


def matching(rows: QuerySet, text: str, key: str) -> QuerySet:
    """Return the rows whose key or folded name fits `text`, which may also be a whole `Name (key)`."""
    inner = text.rpartition("(")[2].rstrip(")").strip() if text.endswith(")") else text
    wanted = Q(**{f"{key}__in": [value for value in {inner, text} if _may_be(rows, key, value)]})
    names = {field.name for field in rows.model._meta.concrete_fields}
    if folded := fold(text):
        if "search_key" in names:
            wanted |= Q(search_key__contains=folded)
        else:
            wanted |= Q(**{f"{'name_en' if 'name_en' in names else 'title_en'}__icontains": text})
    return rows.filter(wanted)


def _may_be(rows: QuerySet, key: str, text: str) -> bool:
    """Whether a text can stand in the key's column at all: a name is no UUID."""
    try:
        rows.model._meta.get_field(key).to_python(text)
    except ValidationError:
        return False
    return True


class DateInput(forms.DateInput):
    """The browser's own date field, always in ISO form underneath."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def form_field(column: Field, **options: Any) -> forms.Field | None:
    """Make the form field of a model's column: addresses are https unless they say otherwise, dates use the browser's field.

    Registers' forms name it as `formfield_callback` in their Meta.
    """
    if isinstance(column, URLField):
        options["assume_scheme"] = "https"
    elif isinstance(column, DateField):
        options.setdefault("widget", DateInput)
    elif isinstance(column, SlugField):
        options.setdefault("help_text", column.help_text or KEY_HELP)
        options.setdefault("error_messages", {"invalid": KEY_WRONG})
    elif isinstance(column, TextField):
        options.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
    field: forms.Field | None = column.formfield(**options)
    return field


class SearchFilter(forms.Form):
    """Text search over a register's stored search key; subclasses add their choices and narrow the rows in `apply`."""

    search_in: tuple[str, ...] = ("search_key",)
    q = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for bound in self:
            bound.field.required = False

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the rows in which every word of the search occurs."""
        for word in fold(self.cleaned_data["q"]).split():
            wanted = Q()
            for name in self.search_in:
                wanted |= Q(**{f"{name}__contains" if name.endswith("search_key") else f"{name}__icontains": word})
            rows = rows.filter(wanted)
        return rows

    def narrow(self, rows: QuerySet, **lookups: str) -> QuerySet:
        """Return the rows narrowed by every lookup whose field holds a value: `narrow(rows, kind="kind", country="country")`."""
        for name, lookup in lookups.items():
            if (value := self.cleaned_data[name]) not in (None, ""):
                rows = rows.filter(**{lookup: value})
        return rows


def any_of(label: StrOrPromise, choices: Any) -> forms.ChoiceField:
    """Return a filter by choice that also offers none; `choices` may be a function, which is asked for each page."""
    offered = (lambda: [("", _("all")), *choices()]) if callable(choices) else [("", _("all")), *choices]
    return forms.ChoiceField(label=label, required=False, choices=offered)
