"""The demonstration university: what its sources say is what the database adds up to."""

from __future__ import annotations

from datetime import date

from tests.apps.transfer.conftest import DEMO, Load

from goliard.apps.funding.models import CallFigure
from goliard.apps.institutions.choices import NameStatus
from goliard.apps.institutions.models import JointProgramme, Network, Organisation, OrganizationalUnit
from goliard.apps.institutions.models.dated import holding
from goliard.apps.people.models import Person
from goliard.apps.projects.models import Project, ProjectPartner

UNIVERSITY = DEMO / "university"
CALL_2022 = {"project__call__key": "icm-2022"}


def test_a_second_load_changes_nothing(reference: Load) -> None:
    first = reference(UNIVERSITY)
    assert first.changes > 400
    assert reference(UNIVERSITY).changes == 0
    assert reference(DEMO / "reference").changes == 0


def test_call_2022_adds_up_to_what_was_published(reference: Load) -> None:
    reference(UNIVERSITY)
    partners = Organisation.objects.filter(partnerships__project__call__key="icm-2022").distinct()
    assert partners.count() == 17
    assert " ".join(sorted({row.country.iso2 for row in partners})) == "AM CN CO CU ET ID IL JP LB MA NG US ZA"
    assert set(partners.values_list("country__continent", flat=True)) == {"africa", "asia", "north-america", "south-america"}
    assert Project.objects.filter(call__key="icm-2022", state="published", is_historical=True).count() == 13
    published = dict(CallFigure.objects.filter(call__key="icm-2022").values_list("measure", "value"))
    assert published == {"projects": 13, "countries": 13, "partners": 17, "mobilities": 103, "award-cents": 45_000_000}


def test_what_no_source_confirms_says_so(reference: Load) -> None:
    reference(UNIVERSITY)
    partners = Organisation.objects.filter(partnerships__project__call__key="icm-2022").distinct()
    by_status = {status: partners.filter(name_status=status) for status in NameStatus.values}
    assert [by_status[status].count() for status in ("confirmed", "candidate", "placeholder")] == [9, 7, 1]
    assert not partners.exclude(name_status=NameStatus.CONFIRMED).filter(status_note_en="").exists()
    assert not partners.exclude(name_status=NameStatus.CONFIRMED).filter(status_note_nl="").exists()
    placeholder = by_status["placeholder"].get()
    assert (placeholder.country.iso2, placeholder.latitude, placeholder.longitude) == ("ZA", None, None)
    assert not Project.objects.exclude(award_cents=None).exists(), "no source gives money per project"


def test_directions_stand_only_where_a_source_gives_them(reference: Load) -> None:
    reference(UNIVERSITY)
    directed = ProjectPartner.objects.filter(**CALL_2022).exclude(project__mobilities__direction="").values_list("project__key", flat=True)
    assert set(directed) <= {"icm-2022-ethiopia", "icm-2022-japan", "icm-2022-united-states"}


def test_names_with_their_other_spellings(reference: Load) -> None:
    reference(UNIVERSITY)
    for spelling in ("linnaeus", "linneaus", "vaxjo"):
        assert [row.key for row in Organisation.objects.filter(search_key__contains=spelling)] == ["linnaeus-university"]
    havana = Organisation.objects.get(key="university-of-havana")
    assert (havana.name("en"), havana.name("nl")) == ("University of Havana", "Universiteit van Havana")
    isga = OrganizationalUnit.objects.get(key="isga")
    assert [row.parent.key for row in isga.parents.all()] == ["leiden-governance-and-global-affairs"]
    assert OrganizationalUnit.objects.get(key="institute-of-environmental-radioactivity").founded == "2013"


def test_networks_and_joint_programmes(reference: Load) -> None:
    reference(UNIVERSITY)
    today = date(2026, 11, 20)
    home = Organisation.objects.get(is_home=True)
    euniwell = Network.objects.get(key="euniwell")
    assert not euniwell.memberships.filter(holding(today), organisation=home).exists()
    assert euniwell.memberships.exclude(organisation=home).count() == 6
    assert Network.objects.filter(kind="erasmus-mundus").count() == 2
    assert JointProgramme.objects.count() == 3


def test_no_person_is_a_real_one(reference: Load) -> None:
    reference(UNIVERSITY)
    assert {name.rsplit(" ", 1)[-1] for name in Person.objects.values_list("family_name", flat=True)} == {"(illustrative)"}
