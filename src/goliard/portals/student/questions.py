"""The questions: every change is saved by itself; without JavaScript by a button. Another window never overwrites unseen."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_open_applications
from goliard.apps.applications.queries.form import asked_questions
from goliard.apps.applications.services.writing import save_answers
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.answers import AnswersForm, shown_answer
from goliard.portals.student.audience import lead
from goliard.portals.student.finding import faults_of, find, find_to_write, following, frame, seen_in, told


@door(may_open_applications)
def questions(request: ActorRequest, public_id: str) -> HttpResponse:
    """The form. htmx gets the line that says when it was saved, and what is missing."""
    arrived = arrived_at(request)
    if request.method == "POST":
        return _save(request, find_to_write(request, public_id), arrived)
    application = find(request, public_id)
    return _page(request, application, AnswersForm(asked_questions(application)), [])


def _save(request: ActorRequest, application: Application, arrived: datetime) -> HttpResponse:
    form = AnswersForm(asked_questions(application, is_blank=True), request.POST)
    faults, others = [], []
    if form.is_valid():
        try:
            application = save_answers(
                application=application, answers=form.answers(), seen=seen_in(request), actor=request.actor, now=arrived
            )
        except ChangedMeanwhile:
            application.refresh_from_db()
            faults = [_("Not saved: you changed this in another window. Your text here is not lost.")]
            others = _differing(application, form)
        except Refused as refused:
            faults = told(refused)
    else:
        faults = [f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
    onwards = "next" in request.POST and not faults
    if request.htmx and onwards:
        return HttpResponseClientRedirect(following(request, application, "questions"))
    if request.htmx:
        context = {"application": application, "faults": faults, "others": others, "saved": not faults, "part": "answers"}
        return render(request, "student/saved.html", context)
    if faults:
        return _page(request, application, form, faults, others)
    messages.success(request, _("Saved."))
    return (
        redirect(following(request, application, "questions")) if onwards else lead(request, "questions", public_id=application.public_id)
    )


def _page(request: ActorRequest, application: Application, form: AnswersForm, faults: list[str], others: object = ()) -> HttpResponse:
    lacking = faults_of(application)
    context = {
        **frame(request, application, "questions", lacking),
        "form": form,
        "faults": faults,
        "others": others,
        "part": "answers",
        "lacking": [fault for fault in lacking if fault.field == "questions"],
    }
    return render(request, "student/questions.html", context, status=409 if others else 422 if faults else 200)


def _differing(application: Application, form: AnswersForm) -> list[tuple[str, str]]:
    """What is stored where this window says something else: question and stored answer, to compare before one overwrites it."""
    stored = {each.name: each for each in asked_questions(application)}
    mine = form.answers()
    found = []
    for each in form.asked:
        now = stored.get(each.name)
        key = (each.question.pk, each.destination.pk if each.destination else None)
        if now is not None and key in mine and mine[key] != now.answer:
            found.append((str(form.fields[each.name].label), shown_answer(now)))
    return found
