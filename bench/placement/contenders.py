"""Who is compared. Each takes the path of a round and gives what it placed: per applicant the destination's number or -1, and its seconds.

Data are loaded and brought into the contender's own form before the clock runs (`prepare`); the time to build that form is measured apart.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import data
import numpy as np

from goliard.fast.placement import deferred_acceptance as twin
from goliard.rules.placement.deferred_acceptance import deferred_acceptance
from goliard.rules.placement.ties import BY_APPLICANT

Result = tuple[np.ndarray, float, float, float]  # given, seconds to prepare, seconds to solve, processor seconds to solve


def reference(path: Path) -> Result:
    """The readable allocator in rules/placement."""
    market, prepared, _ = _timed(lambda: data.market(path))
    assignment, *solved = _timed(lambda: deferred_acceptance(market, BY_APPLICANT))
    given = np.full(len(market.applicants), -1)
    for applicant, wish in assignment.items():
        given[int(applicant[1:])] = int(wish.destination[1:])
    return given, prepared, *solved


def numpy_rounds(path: Path) -> Result:
    """fast/placement without numba."""
    return _over_arrays(path, twin.in_rounds)


def numba_loop(path: Path) -> Result:
    """fast/placement with numba, compiled beforehand."""
    small = data.arrays(path)
    twin.run_loop(twin.loop_inputs(small))  # compiles, or loads what was compiled
    return _over_arrays(path, twin.in_one_loop)


def min_cost_flow(path: Path) -> Result:
    """OR-Tools: most applicants placed, then the lowest sum of ranks. Another aim: the optimum is not free of envy."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    loaded = np.load(path)
    target, places = loaded["target"], loaded["places"]
    people, sink = len(target), len(target) + len(places)

    def build() -> SimpleMinCostFlow:
        flow = SimpleMinCostFlow()
        everyone = np.arange(people)
        wished = np.repeat(everyone, data.WISHES)
        costs = np.tile(np.arange(1, data.WISHES + 1), people)
        flow.add_arcs_with_capacity_and_unit_cost(wished, people + target.ravel(), np.ones(len(wished), np.int64), costs)
        flow.add_arcs_with_capacity_and_unit_cost(
            people + np.arange(len(places)), np.full(len(places), sink), places, np.zeros(len(places), np.int64)
        )
        flow.add_arcs_with_capacity_and_unit_cost(everyone, np.full(people, sink), np.ones(people, np.int64), np.full(people, 1_000))
        flow.set_nodes_supplies(everyone, np.ones(people, np.int64))
        flow.set_node_supply(sink, -people)
        return flow

    flow, prepared, _ = _timed(build)
    status, *solved = _timed(flow.solve)
    if status != flow.OPTIMAL:
        raise RuntimeError(f"status {status}")
    used = flow.flows(np.arange(people * data.WISHES)).reshape(people, data.WISHES).astype(bool)
    return np.where(used.any(axis=1), target[np.arange(people), used.argmax(axis=1)], -1), prepared, *solved


def matching_package(path: Path) -> Result:
    """The package `matching`: the same problem as ours. It copies itself by deep recursion, so it gets a deep stack."""
    sys.setrecursionlimit(10**8)
    threading.stack_size(1 << 30)
    with ThreadPoolExecutor(1) as deep:
        return deep.submit(_matching_package, path).result()


def _matching_package(path: Path) -> Result:
    from matching.games import HospitalResident

    loaded = np.load(path)
    target, score, places = loaded["target"].tolist(), loaded["score"].tolist(), loaded["places"].tolist()

    def build() -> HospitalResident:
        wanted: dict[int, list[tuple[int, int]]] = {}
        for person, (targets, scores) in enumerate(zip(target, score, strict=True)):
            for destination, points in zip(targets, scores, strict=True):
                wanted.setdefault(destination, []).append((-points, person))
        ranked = {f"d{destination}": [f"s{person}" for _, person in sorted(people)] for destination, people in wanted.items()}
        wishes = {f"s{person}": [f"d{destination}" for destination in targets] for person, targets in enumerate(target)}
        return HospitalResident.create_from_dictionaries(wishes, ranked, {name: places[int(name[1:])] for name in ranked})

    game, prepared, _ = _timed(build)
    solution, *solved = _timed(game.solve)
    given = np.full(len(target), -1)
    for hospital, residents in solution.items():
        for resident in residents:
            given[int(str(resident)[1:])] = int(str(hospital)[1:])
    return given, prepared, *solved


def _over_arrays(path: Path, allocate: Callable[[object], np.ndarray]) -> Result:
    market, prepared, _ = _timed(lambda: data.arrays(path))
    claims, *solved = min((_timed(lambda: allocate(market)) for _ in range(3)), key=lambda timed: timed[1])
    return np.where(claims >= 0, market.target[claims], -1), prepared, *solved


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    begin, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, time.perf_counter() - begin, time.process_time() - processor


CONTENDERS: dict[str, Callable[[Path], Result]] = {
    "reference (rules)": reference,
    "numpy (fast)": numpy_rounds,
    "numba (fast)": numba_loop,
    "OR-Tools flow": min_cost_flow,
    "matching": matching_package,
}
SAME = ("reference (rules)", "numpy (fast)", "numba (fast)", "matching")  # must agree to the last applicant
