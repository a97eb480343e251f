"""The feeds of the student system and the staff system on screen: upload, look at what every row would do, take it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import FileRefused, delete_file, store_file
from goliard.apps.people.policies import may_take_feed
from goliard.apps.people.services.student_feed import (
    STAFF,
    STUDENTS,
    Feed,
    FeedRefused,
    FeedReport,
    read_feed,
    take_staff_feed,
    take_student_feed,
)
from goliard.portals.shared.doors import door
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.values.retention import RetentionClass

MOST_SHOWN = 500


@dataclass(frozen=True)
class Screen:
    """A feed with its service and words; `route` begins the names of its addresses."""

    route: str
    feed: Feed
    take: Callable[..., FeedReport]
    title: Promise
    about: Promise
    number: Promise
    file: str


SCREENS = {
    "student-feed": Screen(
        "student-feed", STUDENTS, take_student_feed, gettext_lazy("Students: take in a feed"),
        gettext_lazy(
            "A CSV file of the student system, one row a student and programme. Nothing is written before you have seen what every row "
            "would do. Who is not in the file stays as they are."
        ),
        gettext_lazy("Student number"), "students.csv",
    ),
    "staff-feed": Screen(
        "staff-feed", STAFF, take_staff_feed, gettext_lazy("Staff: take in a feed"),
        gettext_lazy(
            "A CSV file of the staff system, one row a member of staff and appointment. Nothing is written before you have seen what every "
            "row would do. Who is not in the file stays as they are."
        ),
        gettext_lazy("Staff number"), "staff.csv",
    ),
}  # fmt: skip


@door(may_take_feed)
def feed_upload(request: ActorRequest, kind: str) -> HttpResponse:
    """The form for the file, and the columns that it may have."""
    screen, because = SCREENS[kind], ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            because = _("Choose a file.")
        else:
            try:
                stored = store_file(
                    stream=file, name=file.name or "", purpose=Purpose.IMPORT, retention=RetentionClass.TEMPORARY,
                    actor=request.actor, now=timezone.now(),
                )  # fmt: skip
                return redirect(f"office:{screen.route}-look", stored.pk)
            except FileRefused as refused:
                because = str(refused)
    language = get_language() or "en"
    columns = [(each.key, each.required, each.about.in_language(language)) for each in screen.feed.columns]
    context = {"because": because, "columns": columns, "screen": screen, "template": reverse(f"office:{screen.route}-template")}
    return render(request, "office/students/feed_upload.html", context, status=422 if because else 200)


@door(may_take_feed)
def feed_template(request: ActorRequest, kind: str) -> HttpResponse:
    """An empty table with every column."""
    return csv_response(SCREENS[kind].file, [[column.key for column in SCREENS[kind].feed.columns]])


@door(may_take_feed)
def feed_look(request: ActorRequest, kind: str, pk: int) -> HttpResponse:
    """What every row would do, or every fault; a POST takes the feed in."""
    screen = SCREENS[kind]
    stored = get_object_or_404(StoredFile, pk=pk, purpose=Purpose.IMPORT)
    report: FeedReport | None = None
    faults: list[str] = []
    try:
        with default_storage.open(stored.storage_name, "rb") as stream:
            rows = read_feed(stream.read(), screen.feed)
        report = screen.take(rows=rows, actor=request.actor, now=timezone.now(), dry_run=request.method != "POST")
    except FeedRefused as refused:
        faults = list(refused.lines(get_language() or "en"))
    if request.method == "POST" and report is not None:
        delete_file(stored=stored, actor=request.actor, now=timezone.now(), reason="taken in")  # personal data: not kept twice
        text = ngettext("%(n)s row is taken in.", "%(n)s rows are taken in.", report.rows) % {"n": report.rows}
        messages.success(request, text)
        return redirect(f"office:{screen.route}")
    shown = [each for each in report.effects if each.columns][:MOST_SHOWN] if report else []
    context = {
        "stored": stored,
        "report": report,
        "faults": faults,
        "shown": shown,
        "screen": screen,
        "upload": reverse(f"office:{screen.route}"),
    }
    return render(request, "office/students/feed_look.html", context, status=422 if faults else 200)
