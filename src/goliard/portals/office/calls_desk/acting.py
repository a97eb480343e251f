"""Who must act next in a call."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goliard.apps.funding.choices import ApplicationState, InterestState
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall, PartnershipDecision, ProjectApplication, ScoringSheet
from goliard.apps.projects.choices import ProjectState
from goliard.apps.projects.models import Project


def acting(call: FundingCall) -> list[tuple[str, str]]:
    """Return who and what, in the order of the process; empty when nobody has to do anything."""
    return list(_acting(call))


def _acting(call: FundingCall) -> Iterator[tuple[str, str]]:
    rows = ExpressionOfInterest.objects.filter(call=call)
    drafts = rows.filter(state=InterestState.DRAFT).count()
    if drafts:
        yield _("Applicants"), ngettext("finish %(n)d draft", "finish %(n)d drafts", drafts) % {"n": drafts}
    sheets = ScoringSheet.objects.filter(interest__call=call, submitted_at__isnull=True, interest__state=InterestState.SUBMITTED).count()
    if sheets:
        yield _("Reviewers"), ngettext("hand in %(n)d sheet", "hand in %(n)d sheets", sheets) % {"n": sheets}
    waiting = rows.filter(state=InterestState.SUBMITTED).count()
    if waiting:
        yield _("Office"), ngettext("decide on %(n)d proposal", "decide on %(n)d proposals", waiting) % {"n": waiting}
    yield from _application(call, rows.filter(state=InterestState.SELECTED).count())
    unpublished = Project.objects.filter(call=call, state=ProjectState.DRAFT, is_historical=False).count()
    if unpublished:
        words = ngettext("complete and publish %(n)d project", "complete and publish %(n)d projects", unpublished)
        yield _("Coordinators and office"), words % {"n": unpublished}


def _application(call: FundingCall, selected: int) -> Iterator[tuple[str, str]]:
    application = ProjectApplication.objects.filter(call=call).first()
    if application is None:
        if selected:
            yield _("Office"), _("begin the application")
    elif application.state == ApplicationState.DRAFT:
        yield _("Coordinators and office"), _("answer the quality questions and make the application final")
    elif application.state == ApplicationState.FINAL:
        yield _("Office"), _("submit the application to the National Agency")
    elif application.state == ApplicationState.SUBMITTED:
        open_decisions = selected - PartnershipDecision.objects.filter(interest__call=call).count()
        yield _("National Agency"), _("decides; then the office records it (%(n)d open)") % {"n": open_decisions}
