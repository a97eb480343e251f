"""The repository as a whole: packages, README of each app, glossary, and words that no file may hold."""

from __future__ import annotations

import pytest
from tests.architecture.checks.journey import steps
from tests.architecture.checks.names import glossary_words, unknown_words
from tests.architecture.checks.sizes import README_LINES
from tests.architecture.checks.tree import files, prohibited
from tests.architecture.source import ROOT, SOURCE, modules, sample

APPS = sorted(path.parent for path in (SOURCE / "apps").glob("*/__init__.py"))


def test_every_folder_with_modules_is_a_package() -> None:
    assert sorted({path.parent for path in SOURCE.rglob("*.py") if not (path.parent / "__init__.py").exists()}) == []


def test_every_app_stands_on_the_journey() -> None:
    assert [app.name for app in APPS if app.name not in steps()] == []


def test_every_app_says_in_a_short_readme_what_it_is() -> None:
    lacking = [app.name for app in APPS if not (app / "README.md").is_file()]
    long = [app.name for app in APPS if app.name not in lacking and (app / "README.md").read_text().count("\n") > README_LINES]
    assert (lacking, long) == ([], [])


def test_the_demonstration_is_data_only() -> None:
    assert [module.path for module in modules() if module.within("goliard.demo") and len(module.tree.body) > 1] == []


def test_models_and_services_speak_the_words_of_the_glossary() -> None:
    known = glossary_words((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    found = [finding for module in modules() for finding in unknown_words(module, known)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("goliard.apps.people.models", "class PersonRecord(models.Model): ..."),
        ("goliard.apps.people.services", "def frobnicate_person(*, person, actor): ..."),
    ],
)
def test_an_unknown_word_is_found(name: str, text: str) -> None:
    assert len(unknown_words(sample(name, text), glossary_words("**Person**: a human being. Merge."))) == 1


def test_known_words_are_left_alone() -> None:
    known = glossary_words("**Person**, **CooperationCondition**, entry; verbs: merge")
    assert unknown_words(sample("goliard.apps.people.models", "class CooperationCondition(models.Model): ..."), known) == []
    assert unknown_words(sample("goliard.apps.people.services", "def merge_persons_of_entries(*, actor): ..."), known) == []


def test_no_file_names_a_machine_or_an_index() -> None:
    found = [
        finding
        for path in files(ROOT)
        for finding in prohibited(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("line", ["see /" + "work/shared/x", "https://py" + "pi.org/simple", "--index" + "-url=x", "/" + "root/x"])
def test_such_a_line_is_found(line: str) -> None:
    assert len(prohibited("x.md", f"first\n{line}\n")) == 1
