"""Forms of a register: add, edit, delete, move along the lifecycle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused, StillInUse
from goliard.apps.institutions.services.keeping import fingerprint
from goliard.apps.institutions.usage import told
from goliard.portals.office.registers.register import Register
from goliard.portals.office.registers.screens import find
from goliard.portals.shared.doors import View, door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.transition import TransitionRefused


def add_view(register: Register) -> View:
    """An empty form; what it saves is the actor's."""

    @door(register.may_add)
    def view(request: ActorRequest) -> HttpResponse:
        return _edit(register, request, register.model())

    return view


def edit_view(register: Register) -> View:
    """The form of a row, with its parts."""

    @door(register.may_read)
    def view(request: ActorRequest, pk: int) -> HttpResponse:
        row = find(register, request, pk)
        _require(register.may_edit(request.actor, row))
        return _edit(register, request, row)

    return view


def remove_view(register: Register) -> View:
    """Ask before deleting; refuse with the list of users where others refer to the row."""

    @door(register.may_read)
    def view(request: ActorRequest, pk: int) -> HttpResponse:
        row = find(register, request, pk)
        _require(register.remove is not None and register.removable_by(request.actor, row))
        users = register.users(row)
        if request.method == "POST" and not users and register.remove is not None:
            try:
                register.remove(row=row, actor=request.actor, now=timezone.now())
            except StillInUse as refused:
                users = refused.users
            else:
                messages.success(request, _("“%(row)s” is deleted.") % {"row": told(row)})
                return redirect(f"office:{register.name}")
        return render(
            request, "office/registers/remove.html", {"register": register, "row": row, "users": users}, status=409 if users else 200
        )

    return view


def move_view(register: Register) -> View:
    """Take an action of the lifecycle, such as publishing."""

    @require_POST
    @door(register.may_read)
    def view(request: ActorRequest, pk: int, action: str) -> HttpResponse:
        row = find(register, request, pk)
        _require(register.may_edit(request.actor, row))
        if register.move is None:
            raise Http404
        try:
            register.move(row=row, action=action, actor=request.actor, now=timezone.now())
        except (Refused, TransitionRefused) as refused:
            for sentence in sentences(refused):
                messages.error(request, sentence)
        else:
            messages.success(request, _("Done."))
            for warning in register.warnings(request, find(register, request, pk)):
                messages.warning(request, warning)
        return redirect(f"office:{register.name}-row", pk=row.pk)

    return view


def sentences(refused: Refused | TransitionRefused) -> list[str]:
    """Return the reasons of a refusal in the page's language."""
    language = get_language() or "en"
    texts = [reason.because for reason in refused.reasons] if isinstance(refused, Refused) else [refused.reason]
    return [text.in_language(language) for text in texts]


def _require(allowed: bool) -> None:  # noqa: FBT001 -- reads as a sentence
    if not allowed:
        raise PermissionDenied


def _edit(register: Register, request: ActorRequest, row: Model) -> HttpResponse:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    seen = request.POST.get("seen", "") if data is not None else fingerprint(row)
    if register.form is None or register.keep is None:
        raise Http404
    form = register.form(data, files, instance=row)
    parts = register.parts_of(row)
    formsets = [part.formset(data, files, instance=row, prefix=part.name) for part in parts]
    faults: list[str] = []
    if data is not None and all([form.is_valid(), *(each.is_valid() for each in formsets)]):
        faults = _keep(register, request, form, formsets, seen)
        if not faults:
            return redirect(f"office:{register.name}-row", pk=form.instance.pk)
    context = {
        "register": register,
        "row": row,
        "form": form,
        "form_rows": list(_paired(form)),
        "parts": list(zip(parts, formsets, strict=True)),
        "faults": faults + [fault for each in formsets for fault in _formset_faults(each)],
        "seen": seen,
    }
    return render(request, "office/registers/form.html", context, status=422 if data is not None else 200)


def _keep(register: Register, request: ActorRequest, form: forms.ModelForm, formsets: Sequence[Any], seen: str) -> list[str]:
    changed = [each.instance for formset in formsets for each in formset.forms if each.has_changed() and each not in formset.deleted_forms]
    removed = [each.instance for formset in formsets for each in formset.deleted_forms]
    row = form.instance
    assert register.keep is not None, "a register with a form has a service that keeps its rows"
    try:
        register.keep(row=row, actor=request.actor, now=timezone.now(), parts=changed, removed=removed, seen=seen if row.pk else None)
    except ValidationError as invalid:
        return list(invalid.messages)
    except (Refused, TransitionRefused) as refused:
        return sentences(refused)
    except ChangedMeanwhile:
        return [_("Somebody else changed this row after you opened it. Open it again in another tab, compare, and save then.")]
    messages.success(request, _("“%(row)s” is saved.") % {"row": told(row)})
    for warning in register.warnings(request, row):
        messages.warning(request, warning)
    return []


def _paired(form: forms.ModelForm) -> Any:
    """Yield one or two fields at a time: `x_nl` and `x_en` stand side by side."""
    names = list(form.fields)
    for index, name in enumerate(names):
        if name.endswith("_en") and index and names[index - 1] == f"{name[:-3]}_nl":
            continue
        twin = f"{name[:-3]}_en"
        pair = name.endswith("_nl") and index + 1 < len(names) and names[index + 1] == twin
        yield [form[name], form[twin]] if pair else [form[name]]


def _formset_faults(formset: Any) -> list[str]:
    faults = list(formset.non_form_errors())
    for number, form in enumerate(formset.forms, start=1):
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            faults += [_("row %(number)s, %(field)s: %(error)s") % {"number": number, "field": label, "error": error} for error in errors]
    return faults
