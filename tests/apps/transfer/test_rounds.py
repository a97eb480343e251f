"""Rounds in a folder: what an office prepares comes back letter by letter; what happened in a round is a backup's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.apps.transfer.conftest import Load
from tests.apps.transfer.test_roundtrip import contents, empty_database
from tests.factories import exchange
from tests.factories.rounds import NOW, OFFICER, Stage, a_drawn_round, an_open_round
from tests.factories.staff_rounds import an_open_staff_round

from goliard.apps.agreements.models import PlaceClaim
from goliard.apps.institutions.refusals import Refused
from goliard.apps.messaging.models import LetterTemplate
from goliard.apps.projects.models import ProjectFlow
from goliard.apps.rounds.models import Criterion, DestinationPool, PoolGroup, Round, RoundGroup, RoundRequirement
from goliard.apps.rounds.services.destinations import draw_flow
from goliard.apps.rounds.services.hosts import offer_places
from goliard.apps.rounds.services.rounds import move_round
from goliard.apps.transfer.faults import FolderRefused
from goliard.apps.transfer.services.dump import dump_folder

pytestmark = pytest.mark.django_db
Folder = Callable[[dict[str, str]], Path]


def a_rich_round() -> Stage:
    """A round with everything that can be said of one."""
    stage = a_drawn_round(2, introduction_nl='Regel één;\nregel "twee"', seed="Zaad 1", ties="seed")
    alpha, bravo = (pool.destination for pool in stage.pools)
    RoundRequirement.objects.create(round=stage.round, destination=alpha, minimum_average="6.50", languages="en B2, fr B1")
    Criterion.objects.create(round=stage.round, destination=bravo, name_nl="Portfolio", name_en="Portfolio", weight=100, least="5.5")
    group = RoundGroup.objects.create(
        round=stage.round, key="law", kind="unit", unit=stage.university.law, title_nl="Rechten", title_en="Law", minimum=1
    )
    PoolGroup.objects.create(pool=stage.pools[0], group=group, reserved=1, maximum=2)
    LetterTemplate.objects.create(key="application-received", subject_nl="Dag", subject_en="Hi", body_nl="{{ name }}", body_en="{{ name }}")
    return stage


def emptied(tmp_path: Path, load: Load, name: str = "first") -> Path:
    """Dump, take everything away, load."""
    dump_folder(folder=tmp_path / name)
    PoolGroup.objects.all().delete()
    DestinationPool.objects.update(claim=None)
    PlaceClaim.objects.all().delete()
    empty_database()
    assert not Round.objects.exists()
    load(tmp_path / name)
    return tmp_path / name


def test_rounds_come_back_letter_by_letter(load: Load, tmp_path: Path) -> None:
    stage = a_rich_round()
    first = emptied(tmp_path, load)
    dump_folder(folder=tmp_path / "second")
    assert contents(first) == contents(tmp_path / "second")
    assert load(first).changes == 0
    names = {path.name for path in first.glob("round*.csv")} | {path.name for path in first.glob("letters.csv")}
    assert names == {
        "rounds.csv", "round_questions.csv", "round_documents.csv", "round_groups.csv", "round_destinations.csv", "round_requirements.csv",
        "round_criteria.csv", "round_pools.csv", "round_pool_groups.csv", "letters.csv",
    }  # fmt: skip
    kept = Round.objects.get()
    assert (kept.state, kept.is_locked, kept.introduction_nl) == ("draft", False, stage.round.introduction_nl)


def test_every_kind_of_round_comes_back(load: Load, tmp_path: Path) -> None:
    stage = an_open_staff_round()
    trainees = Round.objects.create(
        key="trainees", kind="traineeship", title_nl="Stage", title_en="Traineeship", academic_year="2027/2028", purposes="traineeship",
        opens_on="2026-11-02", closes_on="2026-12-01",
    )  # fmt: skip
    offer_places(round=trainees, organisation=None, places=4, actor=OFFICER, now=NOW)
    first = emptied(tmp_path, load)
    dump_folder(folder=tmp_path / "second")
    assert contents(first) == contents(tmp_path / "second")
    kept = Round.objects.get(key=stage.round.key)
    assert (kept.audience, kept.purposes, kept.asks_approval, kept.state) == ("staff", "teaching, training", True, "draft")
    assert DestinationPool.objects.get(destination__is_own_host=True).places == 4


def test_the_ledger_is_asked_when_a_loaded_round_opens(load: Load, tmp_path: Path) -> None:
    a_rich_round()
    emptied(tmp_path, load)
    loaded = Round.objects.get()
    assert PlaceClaim.objects.count() == 0
    RoundRequirement.objects.filter(destination__isnull=False).delete()
    DestinationPool.objects.filter(destination__organisation__key="alpha").update(places=99)
    with pytest.raises(Refused, match="Alpha: 2 of 2 places are left; 99 were asked for"):
        move_round(row=loaded, action="open", actor=OFFICER, now=NOW)
    assert (PlaceClaim.objects.count(), Round.objects.get().state) == (0, "draft")
    DestinationPool.objects.update(places=2)
    move_round(row=loaded, action="open", actor=OFFICER, now=NOW)
    assert sorted(PlaceClaim.objects.values_list("places", "state")) == [(2, "held"), (2, "held")]


def test_places_out_of_a_project_are_left_out(load: Load, tmp_path: Path) -> None:
    stage = a_drawn_round(1)
    partner = exchange.make_organisation("Addis University")
    project = exchange.make_project(call=exchange.make_call(2027), partners=[partner])
    flow = ProjectFlow.objects.create(project=project, direction="outgoing", kind="student/studies/second", days=120, planned=3, granted=3)
    icm = Round.objects.create(
        key="icm", kind="icm-project", project=project, title_nl="ICM", title_en="ICM", academic_year="2027/2028", opens_on="2026-11-02",
        closes_on="2026-12-01",
    )  # fmt: skip
    draw_flow(round=icm, flow=flow, organisation=partner, places=2, actor=OFFICER, now=NOW)
    counts = dump_folder(folder=tmp_path / "folder").counts
    assert (counts["round_destinations.csv"], stage.round.destinations.count()) == (2, 1)
    assert (tmp_path / "folder" / "round_pools.csv").read_text().count("\n") == 2, "the heading and one pool"


def test_an_opened_round_is_no_longer_changed_by_a_folder(load: Load, tmp_path: Path) -> None:
    stage = an_open_round(1)
    dump_folder(folder=tmp_path / "folder")
    load(tmp_path / "folder")  # names that the factories left out
    assert load(tmp_path / "folder").changes == 0, "the same again is no change"
    for file, old, new in (
        ("rounds.csv", "Exchange 2027/2028", "Another title"),
        ("round_questions.csv", "Waarom wil je gaan?", "Waarom?"),
        ("round_destinations.csv", ",outgoing,no,,", ",outgoing,no,Nieuw,"),
    ):
        path = tmp_path / "folder" / file
        kept = path.read_text(encoding="utf-8")
        assert old in kept
        path.write_text(kept.replace(old, new), encoding="utf-8")
        with pytest.raises(FolderRefused, match="has opened and is no longer changed"):
            load(tmp_path / "folder")
        path.write_text(kept, encoding="utf-8")
    assert stage.round.questions.get().text_nl == "Waarom wil je gaan?"


HEAD = "key,kind,audience,title_nl,title_en,academic_year,opens_on,closes_on,wishes_min,wishes_max,purposes\n"
GOOD = "r,faculty,students,Ronde,Round,2027/2028,2026-11-01,2026-12-01,1,5,\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"rounds.csv": HEAD + GOOD.replace("2026-12-01", "2026-10-01")},
            "rounds.csv, row 2, column closes_on: This is less than opens_on.",
        ),
        ({"rounds.csv": HEAD + GOOD.replace("students", "staff")}, "rounds.csv, row 2, column audience: This audience does not fit"),
        ({"rounds.csv": HEAD + GOOD.replace("1,5,", "6,5,")}, "column wishes_max: This is less than wishes_min."),
        ({"rounds.csv": HEAD + GOOD.replace("1,5,", "1,5,holiday")}, "column purposes: “holiday” is none of study"),
        ({"rounds.csv": HEAD + GOOD, "round_criteria.csv": "round,name_en,name_nl,weight\nr,A,A,101\n"}, "a whole number from 1 to 100"),
        ({"rounds.csv": HEAD + GOOD, "round_criteria.csv": "round,name_en,name_nl,least,most\nr,A,A,5,4\n"}, "highest value lies above"),
        ({"rounds.csv": HEAD + GOOD, "round_requirements.csv": "round,minimum_average\nr,7.255\n"}, "at most 2 decimals"),
        ({"rounds.csv": HEAD + GOOD, "round_requirements.csv": "round,faculty_keys\nr,nowhere\n"}, "no unit of the home institution"),
        ({"rounds.csv": HEAD + GOOD, "round_documents.csv": "round,title_en,title_nl,types\nr,A,A,exe\n"}, "none of pdf, jpeg, png"),
        ({"round_questions.csv": "round,text_en,text_nl\nnone,A,A\n"}, "“none” is neither in rounds.csv"),
        ({"letters.csv": "key,subject_nl,subject_en,body_nl,body_en\nnone,A,A,A,A\n"}, "There is no such letter."),
        (
            {"letters.csv": "key,subject_nl,subject_en,body_nl,body_en\napplication-received,A,A,A,{{ secret }}\n"},
            "column body_en: This letter does not know: secret.",
        ),
    ],
)
def test_what_a_folder_may_not_say(load: Load, folder: Folder, files: dict[str, str], said: str) -> None:
    a_drawn_round(1)
    with pytest.raises(FolderRefused) as refused:
        load(folder(files))
    assert any(said in fault.line("en") for fault in refused.value.faults), [fault.line("en") for fault in refused.value.faults]
    assert Round.objects.count() == 1


def test_a_round_in_words_of_ones_own(load: Load, folder: Folder) -> None:
    stage = a_drawn_round(1)
    load(
        folder(
            {
                "rounds.csv": HEAD + GOOD,
                "round_destinations.csv": "key,round,organisation\nr-alpha,r,alpha\n",
                "round_pools.csv": f"key,destination,condition,places\nr-alpha-1,r-alpha,{_condition(stage)},1\n",
                "round_requirements.csv": "round,destination,minimum_average\nr,,7\nr,r-alpha,6.5\n",
            }
        )
    )
    made = Round.objects.get(key="r")
    assert [(pool.places, pool.condition) for pool in DestinationPool.objects.filter(destination__round=made)] == [
        (1, stage.pools[0].condition)
    ]
    assert sorted(str(row.minimum_average) for row in made.requirements.all()) == ["6.50", "7.00"]


def _condition(stage: Stage) -> str:
    found = stage.pools[0].condition
    assert found is not None
    return f"{found.version.agreement.key}/{found.version.number}/{found.position}"
