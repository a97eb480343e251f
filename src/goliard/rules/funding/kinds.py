"""What belongs to which kind of project: Key Action 1 has mobilities only, Key Action 2 its work packages, Jean Monnet its holder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goliard.rules.values.texts import Reason, Text

WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What a project holds besides partners and mobilities. `shares` are hundredths of a percent; `strangers` bear one and take no part."""

    action_kind: str
    work_packages: int = 0
    outputs: int = 0
    shares: tuple[int, ...] = ()
    strangers: tuple[str, ...] = ()
    is_jean_monnet_filled: bool = False
    has_holder: bool = False


def kind_faults(project: KindFacts) -> tuple[Reason, ...]:
    """Return why the project may not hold this; empty when it may."""
    return tuple(_faults(project))


def kind_gaps(project: KindFacts) -> tuple[Reason, ...]:
    """Return what a project of its kind lacks before the public sees it; empty when nothing."""
    return tuple(_gaps(project))


def _faults(project: KindFacts) -> Iterator[Reason]:
    if project.action_kind != "cooperation" and (project.work_packages or project.outputs or project.shares):
        text = Text(
            "Werkpakketten, resultaten en verdeling van middelen horen bij een KA2-project; andere projecten hebben ze niet.",
            "Work packages, outputs and shares of resources belong to a KA2 project; other projects have none.",
        )
        yield Reason("ka2-only", text, source="Erasmus+ Programme Guide", field="work_packages")
    if project.action_kind != "jean-monnet" and project.is_jean_monnet_filled:
        text = Text(
            "Houder en onderwijsuren horen bij een Jean Monnet-project.", "Holder and teaching hours belong to a Jean Monnet project."
        )
        yield Reason("jean-monnet-only", text, source="Erasmus+ Programme Guide", field="jean_monnet")
    if project.shares and sum(project.shares) != WHOLE:
        found = f"{sum(project.shares) / 100:.2f}"
        text = Text(
            f"De aandelen in de middelen zijn samen {found.replace('.', ',')} %, en moeten 100 % zijn.",
            f"The shares of the resources add up to {found} %, and must be 100 %.",
        )
        yield Reason("shares-of-a-whole", text, field="resource_shares")
    for name in project.strangers:
        text = Text(
            f"{name} draagt middelen bij, maar is geen partner van het project.",
            f"{name} bears resources but is no partner of the project.",
        )
        yield Reason("share-of-a-stranger", text, field="resource_shares")


def _gaps(project: KindFacts) -> Iterator[Reason]:
    if project.action_kind == "cooperation":
        for field, number, label in (
            ("work_packages", project.work_packages, Text("minstens één werkpakket", "at least one work package")),
            ("outputs", project.outputs, Text("minstens één resultaat", "at least one output")),
        ):
            if not number:
                yield Reason("mandatory-field", Text(f"Ontbreekt: {label.nl}.", f"Missing: {label.en}."), field=field)
    if project.action_kind == "jean-monnet":
        label = Text("soort en houder van de Jean Monnet-toekenning", "kind and holder of the Jean Monnet award")
        if not (project.is_jean_monnet_filled and project.has_holder):
            yield Reason("mandatory-field", Text(f"Ontbreekt: {label.nl}.", f"Missing: {label.en}."), field="jean_monnet")
