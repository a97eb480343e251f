"""Agreements in a folder: the invented ones of the demonstration, sealed texts, references of several parts."""

from __future__ import annotations

import csv
import runpy
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.apps.transfer.conftest import DEMO, Load

from goliard.apps.agreements.copies import canonical, copy_of, hash_of
from goliard.apps.agreements.models import Agreement, AgreementVersion, CooperationCondition, ExchangeCount, FactSheet
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier
from goliard.apps.transfer.faults import FolderRefused
from goliard.apps.transfer.services.dump import dump_folder

INVENTED = DEMO / "agreements"
TOOL = Path(__file__).resolve().parents[3] / "tools" / "demo_agreements.py"
SMALL: dict[str, str | bytes] = {
    "organisations.csv": "key,name_en,country,kind,is_home\nhome,Home,NL,hei,yes\nfictional-x,Fictional University of X,BE,hei,no\n",
    "units.csv": "key,name_en,organisation,kind\nlaw,Faculty of Law,home,faculty\n",
    "agreements.csv": "key,kind,state,title,starts_on,ends_on\nax,exchange,in-effect,Exchange with X,2024-09-01,2029-08-31\n",
    "agreement_parties.csv": "agreement,organisation,position\nax,home,1\nax,fictional-x,2\n",
    "agreement_versions.csv": "agreement,number,state,agreed_at\nax,1,agreed,2024-06-15T12:00:00.250000Z\nax,2,draft,\n",
    "cooperation_conditions.csv": "version,position,kind,sending,receiving,first_year,last_year,mobilities_per_year,amount,eqf_levels\n"
    "ax/1,1,student-studies,home,fictional-x,2024/2025,2028/2029,2,10,76\nax/2,1,student-studies,home,fictional-x,2024/2025,2028/2029,3,15,6\n",
    "condition_subjects.csv": "condition,isced_f,clarification\nax/1/1,0421,European; comparative\nax/1/1,0222,\n",
    "condition_languages.csv": "condition,language,level,isced_f\nax/1/1,en,b2,\nax/1/1,fr,B1,0421\n",
    "condition_shares.csv": "condition,unit,places\nax/1/1,law,1\n",
    "exchange_counts.csv": "organisation,academic_year,direction,kind,people,months\nfictional-x,2024/2025,outgoing,student-studies,2,10\n",
    "fact_sheets.csv": "organisation,nominations_autumn,decision_weeks\nfictional-x,04-15,3\n",
    "fact_sheet_contacts.csv": "sheet,kind,email\nfictional-x,visa,visa@example.org\n",
}

Written = Callable[[dict[str, str | bytes]], Path]


def test_the_invented_agreements_load_and_a_second_load_changes_nothing(reference: Load) -> None:
    reference(DEMO / "university")
    before = set(Organisation.objects.values_list("pk", flat=True))
    reference(INVENTED)
    assert Agreement.objects.count() == 620
    assert Agreement.objects.filter(state="in-effect", ends_on__gte=date(2026, 11, 20)).count() > 600
    assert not Agreement.objects.filter(is_illustrative=False).exists()
    assert CooperationCondition.objects.count() > 1500
    assert FactSheet.objects.count() == 157
    invented = Organisation.objects.exclude(pk__in=before)
    assert all(row.is_illustrative and row.key.startswith("fictional-") and row.name_en.startswith("Fictional ") for row in invented)
    assert all(row.name_nl.startswith("Fictieve ") for row in invented)
    assert not OrganisationIdentifier.objects.filter(organisation__in=invented).exists(), "no code that could be taken for a real one"
    assert ExchangeCount.objects.exclude(organisation__in=invented).count() == 0
    assert not AgreementVersion.objects.filter(state="agreed", content="").exists()
    assert reference(INVENTED).changes == 0


def test_the_tool_writes_the_committed_folder(tmp_path: Path) -> None:
    runpy.run_path(str(TOOL))["main"](tmp_path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {each.name: each.read_bytes() for each in INVENTED.iterdir()}


def test_what_goes_in_comes_out(countries: Load, folder: Written, tmp_path: Path) -> None:
    countries(folder(SMALL))
    version = AgreementVersion.objects.get(agreement__key="ax", number=1)
    assert (version.content, version.content_hash) == (canonical(copy_of(version)), hash_of(version.content))
    assert Agreement.objects.get(key="ax").search_key.find("fictional") > 0
    dumped = tmp_path / "dumped"
    assert dump_folder(folder=dumped).faults == ()
    rows = list(csv.reader((dumped / "cooperation_conditions.csv").read_text().splitlines()))
    assert rows[1][:6] == ["ax/1", "1", "student-studies", "home", "", "fictional-x"]
    assert (dumped / "condition_subjects.csv").read_text().splitlines()[1:] == ["ax/1/1,0222,", "ax/1/1,0421,European; comparative"]
    assert "ax,1,agreed,no,,,,2024-06-15T12:00:00.250000Z" in (dumped / "agreement_versions.csv").read_text()
    assert countries(dumped).changes == 0


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("cooperation_conditions.csv", "version,position,mobilities_per_year\nax/1,1,9\n", "Both agreed this version"),
        ("condition_subjects.csv", "condition,isced_f\nax/1/1,0511\n", "Both agreed this version"),
        ("removals.csv", "table,key\ncondition_languages,ax/1/1 | en | B2 |\n", "Both agreed this version"),
        ("condition_subjects.csv", "condition,isced_f\nax/1/7,0421\n", "“ax/1/7” is neither in cooperation_conditions.csv"),
        ("condition_subjects.csv", "condition,isced_f\nax-1,0421\n", "is not the agreement's key, the version's number and the position"),
        ("agreement_parties.csv", "agreement,organisation\nax,nowhere\n", "“nowhere” is neither in organisations.csv"),
        ("removals.csv", "table,key\nagreement_parties,ax | home |\n", "The home institution is no party."),
        ("removals.csv", "table,key\nagreement_versions,ax | 1\n", "What is in effect has a version that both agreed"),
        ("fact_sheets.csv", "organisation,nominations_autumn\nfictional-x,31-04\n", "“31-04” is not a day such as 05-15."),
        ("agreement_versions.csv", "agreement,number,agreed_at\nax,1,yesterday\n", "“yesterday” is not a moment"),
        ("agreements.csv", "key,starts_on,ends_on\nax,2030-01-01,2029-01-01\n", "The end lies before the beginning."),
        (
            "cooperation_conditions.csv",
            "version,position,kind,sending,receiving,first_year,last_year,mobilities_per_year\nax/2,2,student-studies,home,home,2026/2027,2027/2028,1\n",
            "Sender and receiver are the same.",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused(countries: Load, folder: Written, file: str, content: str, named: str) -> None:
    countries(folder(SMALL))
    with pytest.raises(FolderRefused) as refused:
        countries(folder({file: content}))
    assert named in "\n".join(refused.value.lines("en"))
    assert CooperationCondition.objects.get(version__number=1).mobilities_per_year == 2
    assert AgreementVersion.objects.count() == 2


def test_a_draft_may_change(countries: Load, folder: Written) -> None:
    countries(folder(SMALL))
    countries(folder({"cooperation_conditions.csv": "version,position,mobilities_per_year\nax/2,1,9\n"}))
    assert CooperationCondition.objects.get(version__number=2).mobilities_per_year == 9
