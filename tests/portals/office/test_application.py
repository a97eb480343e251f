"""The application on the office's screens, and its quality questions on those of staff."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.calls import a_selected_interest, an_open_call

from goliard.apps.funding.models import CallStep, ProjectApplication

pytestmark = pytest.mark.django_db


def test_from_selected_to_submitted(officer: Client) -> None:
    stage = an_open_call()
    interest = a_selected_interest(stage)
    base = f"/en/office/call-desk/{stage.call.pk}/application/"
    assert "Begin the application" in officer.get(base).content.decode()
    officer.post(f"{base}begin/")
    officer.post(f"{base}period/", {"starts_on": "2027-08-01", "ends_on": "2030-07-31"})
    page = officer.post(f"{base}finalise/", follow=True).content.decode()
    assert "Question 1 has no answer yet." in page
    assert "weights not verified" in page
    writer = Client()
    writer.force_login(interest.owner)
    CallStep.objects.filter(kind__in=["final", "submission"]).update(due_on="2090-01-01")
    answers = {f"answer_{question.pk}": "Because." for question in stage.call.questions.filter(stage="application")}
    flow = {"direction": "incoming", "kind": "staff/teaching/", "count": 2, "days": 7}
    flows = {"flows-TOTAL_FORMS": 1, "flows-INITIAL_FORMS": 0, **{f"flows-0-{name}": value for name, value in flow.items()}}
    address = f"/en/staff/interests/{interest.public_id}/application/"
    titles = {"title": interest.title, "title_nl": interest.title_nl}
    assert writer.get(address).status_code == 200
    assert writer.post(address, {"seen": interest.revision, **titles, **answers, **flows}).status_code == 302
    assert "Somebody else saved this" in writer.post(address, {"seen": 0, **answers, **flows}).content.decode()
    for kind, head in (("json", b'{"action"'), ("xlsx", b"PK"), ("pdf", b"%PDF-")):
        for language in ("nl", "en"):
            assert officer.get(f"{base}draft.{kind}?language={language}").content.startswith(head)
    officer.post(f"{base}finalise/")
    officer.post(f"{base}submit/", {"language": "nl"})
    application = ProjectApplication.objects.get()
    assert (application.state, application.mobilities) == ("submitted", 2)
    assert writer.get(address).status_code == 404
    kept = application.files.get(kind="json").stored
    assert kept.sha256 in officer.get(base.replace("/en/", "/nl/")).content.decode()
    assert officer.get(f"{base}submitted.json").content.startswith(b'{"action"')
    assert officer.get(f"{base}draft.exe").status_code == 404
