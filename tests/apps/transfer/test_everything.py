"""Nothing that an office maintains is forgotten by load and dump: a new model or field has to find its place here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from goliard.apps.transfer.checks.trees import in_circles
from goliard.apps.transfer.tables import TABLES

APPS = (
    "institutions", "people", "funding", "projects", "content", "agreements", "rounds", "messaging", "grants", "applications", "placement",
    "nominations", "scoring",
)  # fmt: skip
# what a folder leaves out, and why
LEFT_OUT = {
    **dict.fromkeys(
        (
            f"funding.{name}"
            for name in (
                "StepReopening",
                "PartnershipVersion",
                "PlanCopy",
                "PlanCopyFlow",
                "CoApplicant",
                "ExpressionOfInterest",
                "InterestAnswer",
                "InterestPriority",
                "InterestSubmission",
                "MobilityFlow",
                "ScoringSheet",
                "PartnershipDecision",
                "Award",
                "ProjectApplication",
                "ApplicationFile",
                "SheetScore",
                "InterestDecision",
            )
        ),
        # who asked, with whom, what reviewers thought and what was decided about people's work: personal, sealed with hashes, and true only
        # together with its journal. A folder is for what an office types and may share; steps and questions of a call are in it.
        "what happens in a call, which a backup keeps",
    ),
    **dict.fromkeys((f"projects.{name}" for name in ("AwardedProject", "ProjectFlow", "ProjectBudget")), "what an award made"),
    **dict.fromkeys(
        (f"projects.{name}" for name in ("PartnerChange", "BudgetTransfer", "ProjectInterruption", "ProjectClosure")),
        "what happened to a running project, true only together with its journal: a backup keeps it",
    ),
    "content.PageVersion": "history, which a backup keeps",
    "agreements.PartnerLink": "live access, which a backup keeps",
    "agreements.PartnerProposal": "what partners said, which a backup keeps",
    "agreements.OwnIia": "written anew from the agreements",
    "agreements.IiaPublication": "what the network could read, which a backup keeps",
    "agreements.PartnerIia": "copies of partners, which the network gives again",
    "agreements.PartnerApproval": "what partners approved, which the network gives again",
    "agreements.IiaApproval": "what was approved in the network, which a backup keeps",
    "agreements.AgreementReview": "what was decided and when, which a backup keeps",
    "agreements.ImportRun": "how far imports were, which a backup keeps",
    "agreements.PlaceClaim": "live claims of rounds and nominations, which a backup keeps",
    **dict.fromkeys(
        (
            f"applications.{name}"
            for name in (
                "Answer",
                "Application",
                "ApplicationDocument",
                "ApplicationSubmission",
                "DocumentRequest",
                "ManagerApproval",
                "OwnHost",
                "OpportunityDeclaration",
                "PlannedSession",
                "PlannedStay",
                "Preference",
                "SpecialDataReader",
                "SubmittedDocument",
            )
        ),
        "personal data of applicants: a folder travels by mail and stick, a backup is readable by its owner only",
    ),
    **dict.fromkeys(
        (f"placement.{name}" for name in ("PlacementRun", "PlacementOutcome", "Offer", "WaitingListEntry")),
        "personal data of applicants, and evidence that only counts whole: a backup keeps it",
    ),
    "placement.LaterRound": "of a round that a backup keeps",
    "nominations.Nomination": "personal data of applicants, which a backup keeps",
    "nominations.NominationLink": "live access, which a backup keeps",
    "grants.Scholarship": "what students ask for: personal, which a backup keeps",
    "grants.OtherGrant": "personal, which a backup keeps",
    "rounds.RoundReopening": "what happened in a round, which a backup keeps",
    **dict.fromkeys(("messaging.Delivery", "messaging.Bounce"), "letters to people, which a backup keeps"),
    **dict.fromkeys(
        (f"scoring.{name}" for name in ("CommitteeMember", "CommitteeScore", "CommitteeSheet", "Recommendation", "ScoreCorrection")),
        "what people thought of people, which a backup keeps",
    ),
    "people.PersonName": "personal history, which a backup keeps",
    "people.Citizenship": "personal, which a backup keeps",
    "people.PersonIdentifier": "personal, which a backup keeps",
    "people.Appointment": "personal, from the staff system, which gives it again",
    "people.Enrolment": "personal, from the student system, which gives it again",
    "people.LanguageResult": "personal, from the student system, which gives it again",
}
COMPUTED = {"id", "search_key", "created_at", "updated_at"}
FIELDS_LEFT_OUT = {
    "institutions.Organisation": {"name_en", "name_nl", "acronym"},  # from the name rows
    "institutions.OrganizationalUnit": {"name_en", "name_nl"},  # from the name rows
    "people.Person": {"retention_class", "merged_into"},  # persons of projects and contacts: relation; merged ones are named by nobody
    "rounds.Round": {"public_id", "state", "policy_text", "policy_hash", "policy_locked_at"},  # what happened: a loaded round is a draft
    "rounds.DestinationPool": {"project_flow", "claim"},  # flows are made by an award; the ledger is asked when the round opens
    "people.Contact": {"bounced_address", "bounced_at"},  # what mail servers said: history
    "content.Page": {"version"},  # history
    "projects.JointProgrammeInitiative": {"filed_at"},  # when it came in: history
    "agreements.AgreementVersion": {
        "content",
        "content_hash",
        "document",
        "generated",
    },  # sealed anew from the same rows; files are a backup's
}
BY_MODEL = {table.model._meta.label: table for table in TABLES}
LISTED = {item.model._meta.label: item for table in TABLES for item in table.lists}


def maintained() -> Iterator[type[models.Model]]:
    for name in APPS:
        yield from apps.get_app_config(name).get_models()


def test_every_model_has_its_place() -> None:
    found = {model._meta.label for model in maintained()}
    assert found == set(BY_MODEL) | set(LISTED) | set(LEFT_OUT)


@pytest.mark.parametrize("label", sorted(BY_MODEL))
def test_every_field_has_its_column(label: str) -> None:
    table = BY_MODEL[label]
    fields = {field.name for field in table.model._meta.concrete_fields}
    assert fields == {column.field for column in table.columns} | (fields & COMPUTED) | FIELDS_LEFT_OUT.get(label, set())


@pytest.mark.parametrize("label", sorted(LISTED))
def test_every_field_of_a_list_follows_from_its_items(label: str) -> None:
    item = LISTED[label]
    told = {item.parent, item.item, *(["position"] if item.ordered else []), *([item.first] if item.first else [])}
    fields = {field.name for field in item.model._meta.concrete_fields}
    assert fields == told | (fields & COMPUTED)


def test_a_table_comes_after_those_that_it_refers_to() -> None:
    written: set[str] = set()
    for table in TABLES:
        written.add(table.name)
        referred = {column.refers_to for column in table.columns} | {item.refers_to for item in table.lists}
        assert referred - {""} <= written, table.name


@given(graph=st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=2).map(tuple), max_size=8))
def test_circles_are_found_where_there_are_any(graph: dict[int, tuple[int, ...]]) -> None:
    def reachable(start: int) -> set[int]:
        seen: set[int] = set()
        waiting = list(graph.get(start, ()))
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting.extend(graph.get(node, ()))
        return seen

    circular = {node for node in graph if node in reachable(node)}
    found = in_circles(graph)
    assert circular <= found
    assert bool(found) == bool(circular), "no circle, nothing found"
