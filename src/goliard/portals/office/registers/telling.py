"""Fields and history in words: labels instead of column names, choices instead of codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goliard.apps.accounts.queries import names_of_actors
from goliard.apps.institutions.usage import told
from goliard.apps.journal.models import JournalEntry

VERBS = {
    "add": gettext_lazy("added"),
    "change": gettext_lazy("changed"),
    "remove": gettext_lazy("deleted"),
    "publish": gettext_lazy("published"),
    "withdraw": gettext_lazy("taken off the site"),
    "archive": gettext_lazy("archived"),
    "announce": gettext_lazy("shown as under construction"),
    "rebuild": gettext_lazy("shown as under construction"),
    "move-to-idea": gettext_lazy("reopened"),
    "move-to-feasibility": gettext_lazy("feasibility being studied"),
    "move-to-consortium": gettext_lazy("consortium being formed"),
    "move-to-application": gettext_lazy("application being prepared"),
    "move-to-ended": gettext_lazy("ended"),
    "ask-placement": gettext_lazy("placement asked for"),
    "compute-placement": gettext_lazy("placement computed and audited"),
    "adopt-placement": gettext_lazy("placement adopted as the result"),
    "put-back-placement": gettext_lazy("adoption taken back"),
    "discard-placement": gettext_lazy("placement set aside"),
    "publish-placement": gettext_lazy("placement published, letters queued"),
    "accept-offer": gettext_lazy("offer accepted"),
    "decline-offer": gettext_lazy("offer declined or given back"),
    "withdraw-offer": gettext_lazy("offer withdrawn"),
    "expire-offers": gettext_lazy("offers expired without an answer"),
    "remind-offers": gettext_lazy("reminders of offers queued"),
    "give-by-hand": gettext_lazy("place given by hand"),
    "invite-to-round": gettext_lazy("invited to a later round"),
    "leave-waiting": gettext_lazy("left the waiting lists"),
    "prepare-nominations": gettext_lazy("nominations prepared"),
    "prepare-nomination": gettext_lazy("nomination prepared again"),
    "nominate": gettext_lazy("nominated to the partner"),
    "withdraw-nomination": gettext_lazy("nomination withdrawn"),
    "confirm-nomination": gettext_lazy("nomination confirmed by the partner"),
    "refuse-nomination": gettext_lazy("nomination refused by the partner"),
    "make-nomination-link": gettext_lazy("link to nominations made"),
    "revoke-nomination-link": gettext_lazy("link to nominations revoked"),
    "refuse-nomination-link": gettext_lazy("link to nominations refused"),
    "open-nominations": gettext_lazy("page of nominations opened"),
    "settle-places": gettext_lazy("places that were not used given back"),
    "take-student-feed": gettext_lazy("feed of the student system taken in"),
    "link-person": gettext_lazy("linked to the person by e-mail address"),
    "take-staff-feed": gettext_lazy("feed of staff taken in"),
    "offer-places": gettext_lazy("places offered without an agreement"),
    "ask-approval": gettext_lazy("line manager asked"),
    "approve-as-manager": gettext_lazy("line manager approves"),
    "refuse-as-manager": gettext_lazy("line manager does not approve"),
    "start-application": gettext_lazy("application begun by the applicant"),
    "start-on-paper": gettext_lazy("application begun by the office, from paper"),
    "withdraw-application": gettext_lazy("application withdrawn"),
    "resume-application": gettext_lazy("application taken up again"),
    "reopen-for-one": gettext_lazy("more time given"),
    "request-document": gettext_lazy("document asked for"),
    "answer-request": gettext_lazy("document came in"),
    "remind-applicants": gettext_lazy("applicants reminded"),
    "declare-opportunity": gettext_lazy("declaration kept"),
    "withdraw-declaration": gettext_lazy("declaration taken back"),
    "read-declaration": gettext_lazy("declaration read"),
    "assess-declaration": gettext_lazy("declaration assessed"),
    "name-special-data-reader": gettext_lazy("named to read special data"),
    "end-special-data-reader": gettext_lazy("reads special data no more"),
    "load": gettext_lazy("loaded from a folder"),
    "invite": gettext_lazy("invited"),
    "renew-invitation": gettext_lazy("invitation renewed"),
    "assign-role": gettext_lazy("role given"),
    "end-role": gettext_lazy("role ended"),
    "deactivate-account": gettext_lazy("account closed"),
    "reactivate-account": gettext_lazy("account opened again"),
    "forget-second-factor": gettext_lazy("second factor removed"),
    "create-administrator": gettext_lazy("administrator made"),
    "create-demonstration-account": gettext_lazy("demonstration account made"),
    "import-rates": gettext_lazy("rates imported"),
    "carry-rates": gettext_lazy("rates carried forward"),
    "change-rates": gettext_lazy("figure of the rates changed"),
    "keep-shipped-rates": gettext_lazy("shipped rates kept as version 1"),
    "start-interest": gettext_lazy("proposal begun"),
    "submit-interest": gettext_lazy("submitted"),
    "withdraw-interest": gettext_lazy("withdrawn"),
    "return-interest": gettext_lazy("returned for completion"),
    "assign-reviewer": gettext_lazy("reviewer assigned"),
    "release-reviewer": gettext_lazy("reviewer released"),
    "submit-sheet": gettext_lazy("scoring sheet handed in"),
    "select-interest": gettext_lazy("selected"),
    "decline-interest": gettext_lazy("not selected"),
    "open-application": gettext_lazy("application begun"),
    "hand-in-partnership": gettext_lazy("version of the partnership handed in"),
    "comment-partnership": gettext_lazy("comment sent to the writers"),
    "remind-call": gettext_lazy("reminders queued"),
    "plan-period": gettext_lazy("period of the project set"),
    "finalise-application": gettext_lazy("application made final"),
    "reopen-application": gettext_lazy("application opened again"),
    "submit-application": gettext_lazy("application submitted"),
    "record-decision": gettext_lazy("decision of the National Agency recorded"),
    "decide-application": gettext_lazy("award recorded"),
    "set-flows": gettext_lazy("flows of a project set"),
    "report-realised": gettext_lazy("realised numbers and money reported"),
    "request-partner": gettext_lazy("new partner asked for"),
    "approve-partner": gettext_lazy("new partner approved"),
    "refuse-partner": gettext_lazy("new partner refused"),
    "move-budget": gettext_lazy("budget moved"),
    "interrupt-project": gettext_lazy("project interrupted"),
    "resume-project": gettext_lazy("project goes on"),
    "close-project": gettext_lazy("project closed"),
    "remind-coordinator": gettext_lazy("coordinator reminded"),
    "copy-plan": gettext_lazy("what-if copy made"),
    "change-copy": gettext_lazy("what-if copy changed"),
    "drop-copy": gettext_lazy("what-if copy thrown away"),
    "ask-scholarship": gettext_lazy("scholarship asked for"),
    "withdraw-scholarship": gettext_lazy("scholarship withdrawn"),
    "award-scholarship": gettext_lazy("scholarship awarded"),
    "refuse-scholarship": gettext_lazy("scholarship refused"),
    "pay-scholarship": gettext_lazy("scholarship paid"),
    "note-other-grant": gettext_lazy("other grant noted"),
    "make-project": gettext_lazy("project made from an award"),
    "reopen-step": gettext_lazy("step opened again"),
    "prepare-call": gettext_lazy("call prepared"),
    "store-file": gettext_lazy("file stored"),
    "delete-file": gettext_lazy("file deleted"),
    "erase-details": gettext_lazy("details erased"),
    "propose-agreement": gettext_lazy("proposed to the partner"),
    "recall-agreement": gettext_lazy("proposal taken back"),
    "agree-agreement": gettext_lazy("recorded as agreed by both"),
    "start-agreement": gettext_lazy("put into effect"),
    "amend-agreement": gettext_lazy("new version begun"),
    "renew-agreement": gettext_lazy("closed as renewed"),
    "end-agreement": gettext_lazy("ended"),
    "import-agreements": gettext_lazy("agreements imported"),
    "claim-places": gettext_lazy("places held"),
    "used-places": gettext_lazy("places used"),
    "reduce-places": gettext_lazy("fewer places held"),
    "released-places": gettext_lazy("places given back"),
    "make-partner-link": gettext_lazy("partner link made"),
    "revoke-partner-link": gettext_lazy("partner link revoked"),
    "refuse-partner-link": gettext_lazy("partner link refused"),
    "open-partner-page": gettext_lazy("partner page opened"),
    "partner-comment": gettext_lazy("comment of the partner"),
    "partner-proposal": gettext_lazy("proposal of the partner"),
    "partner-approval": gettext_lazy("approval of the partner"),
    "refuse-partner-word": gettext_lazy("word of the partner refused"),
    "decide-renewal": gettext_lazy("renewal decided"),
    "renew": gettext_lazy("begun as a renewal"),
    "begin-renewal": gettext_lazy("renewal begun"),
    "keep-signatures": gettext_lazy("signatures kept"),
    "take-signed-document": gettext_lazy("signed document taken out"),
    "keep-bounce": gettext_lazy("mail came back"),
    "mark-bounced": gettext_lazy("noted that mail comes back"),
    "believe-address": gettext_lazy("address works again"),
    "ask-import": gettext_lazy("import asked for"),
    "remind-partner": gettext_lazy("partner reminded"),
    "answer-partner": gettext_lazy("partner answered"),
    "create-key": gettext_lazy("key made"),
    "rotate-key": gettext_lazy("key replaced"),
    "keep-catalogue": gettext_lazy("catalogue of the network kept"),
    "give-iia-id": gettext_lazy("given its id in the network"),
    "publish-iia": gettext_lazy("published in the network"),
    "withdraw-iia": gettext_lazy("no longer published in the network"),
    "receive-iia": gettext_lazy("copy of the partner received"),
    "approve-iia": gettext_lazy("copy of the partner approved"),
    "generate-document": gettext_lazy("document generated for the network"),
    "receive-document": gettext_lazy("document of the partner fetched"),
    "lose-iia": gettext_lazy("copy removed by the partner"),
    "map-iia": gettext_lazy("copy of the partner mapped"),
    "remap-iia": gettext_lazy("another copy of the partner mapped"),
    "unmap-iia": gettext_lazy("copy of the partner let go"),
    "adopt-iia": gettext_lazy("text of the partner taken over"),
    "remove-from-network": gettext_lazy("removed from the network"),
    "withdraw-approval": gettext_lazy("approval of the partner's copy taken back"),
    "receive-partner-approval": gettext_lazy("approved by the partner"),
    "lose-partner-approval": gettext_lazy("approval taken back by the partner"),
    "repeat-notification": gettext_lazy("partner notified again"),
    "cancel-notification": gettext_lazy("partner not notified"),
    "terminate-agreement": gettext_lazy("termination as a whole proposed"),
    "revert-agreement": gettext_lazy("change given up"),
    "make-api-token": gettext_lazy("API token made"),
    "revoke-api-token": gettext_lazy("API token revoked"),
    "refuse-api-token": gettext_lazy("API token refused"),
    "change-letter": gettext_lazy("letter changed"),
    "reset-letter": gettext_lazy("letter put back to its first text"),
    "repeat-delivery": gettext_lazy("letter sent again"),
    "name-member": gettext_lazy("member of the committee named"),
    "end-member": gettext_lazy("member of the committee left"),
    "deal-sheets": gettext_lazy("applications dealt to the committee"),
    "declare-conflict": gettext_lazy("conflict of interest declared"),
    "declare-no-conflict": gettext_lazy("no conflict of interest declared"),
    "hand-in-sheet": gettext_lazy("scoring sheet handed in"),
    "return-sheet": gettext_lazy("scoring sheet given back"),
    "correct-score": gettext_lazy("score corrected"),
    "ask-recommendation": gettext_lazy("recommendation asked"),
    "give-recommendation": gettext_lazy("recommendation given"),
    "lock-policy": gettext_lazy("placement policy locked"),
    "open-round": gettext_lazy("opened"),
    "close-round": gettext_lazy("closed"),
    "reopen-round": gettext_lazy("later deadline given"),
    "score-round": gettext_lazy("scoring begun"),
    "place-round": gettext_lazy("placement recorded"),
    "rescore-round": gettext_lazy("back to scoring"),
    "publish-round": gettext_lazy("results published"),
    "revise-round": gettext_lazy("revised after an appeal"),
    "end-round": gettext_lazy("ended"),
    "call-off-round": gettext_lazy("called off"),
    "copy-round": gettext_lazy("copied from another round"),
    "open-later-round": gettext_lazy("later round made for what is left"),
    "draw-places": gettext_lazy("places drawn"),
    "change-places": gettext_lazy("number of places changed"),
    "withdraw-destination": gettext_lazy("destination withdrawn"),
    "cancel-delivery": gettext_lazy("letter not sent"),
}
HIDDEN = {
    "wishes_revision",
    "answers_revision",
    "stay_revision",
    "id",
    "public_id",
    "policy",  # told in words by the panel of the round
    "policy_text",
    "policy_hash",
    "search_key",
    "created_at",
    "updated_at",
    "state",
}


def told_fields(row: models.Model) -> list[tuple[str, Any]]:
    """Return label and value of every field that holds something, in the order of the model."""
    told = []
    for field in row._meta.concrete_fields:
        if field.name in HIDDEN:
            continue
        value = _told_value(row, field)
        if value not in (None, ""):
            told.append((str(field.verbose_name), value))
    return told


def told_history(entries: Iterable[JournalEntry], row: models.Model) -> list[dict[str, Any]]:
    """Return each entry with who, what and its changes in words."""
    entries = list(entries)
    names = names_of_actors({entry.actor for entry in entries})
    return [
        {"entry": entry, "who": told_actor(entry.actor, names), "what": told_verb(entry.verb), "changes": _told_changes(entry, row)}
        for entry in entries
    ]


def told_actor(actor: str, names: Mapping[str, str]) -> str:
    """Return who it was: the name of an account, the system's part, or the opaque id of an account that is gone."""
    kind, _colon, name = actor.partition(":")
    return _("the system (%(name)s)") % {"name": name} if kind == "system" else names.get(actor, actor)


def told_verb(verb: str) -> str:
    """Return what happened, in the page's language; a verb without words stands for itself."""
    return str(VERBS.get(verb, verb))


def _told_value(row: models.Model, field: models.Field) -> Any:
    if isinstance(field, models.BooleanField):
        return _("yes") if getattr(row, field.name) else _("no")
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    value = getattr(row, field.name)
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, time):
        return time_format(value)
    return told(value) if isinstance(value, models.Model) else value


def _told_changes(entry: JournalEntry, row: models.Model) -> list[dict[str, Any]]:
    erasable = getattr(entry, "erasable", None)  # absent where the details were erased, or there were none
    details = erasable.as_dict if erasable else {}
    told = [
        {"field": _label(type(row), name), **change}
        for name, change in details.items()
        if name not in {"parts", "search_key"} and isinstance(change, dict) and {"before", "after"} & change.keys()
    ]
    for part in (details.get("parts") or {}).get("after") or ():
        model = apps.get_model(part["part"])
        told += [
            {"field": f"{model._meta.verbose_name}: {_label(model, name)}", **change}
            for name, change in part["changes"].items()
            if not _is_own_link(model, name, row)
        ]
    return told


def _label(model: type[models.Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name


def _is_own_link(model: type[models.Model], name: str, row: models.Model) -> bool:
    field = model._meta.get_field(name) if name in {each.name for each in model._meta.concrete_fields} else None
    return isinstance(field, models.ForeignKey) and isinstance(row, field.related_model)


def told_subject(entry: JournalEntry) -> str:
    """Return what an entry is about: the kind of row in words, and its number."""
    try:
        kind = str(apps.get_model(entry.subject_type)._meta.verbose_name)
    except (LookupError, ValueError):
        kind = entry.subject_type
    return f"{kind} {entry.subject_id}"
