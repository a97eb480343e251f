"""Coverage-guided fuzzing in plain Python: an input that reaches a new line-to-line step of the code under test joins the corpus.

Only the modules of one package are traced, so libraries run at full speed. Chance comes from a seed: a run can be repeated.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

Target = Callable[[bytes], None]
Mutation = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


class StepTracer:
    """Records which steps from line to line the traced package takes."""

    def __init__(self, package: Path) -> None:
        self._package = str(package)
        self.steps: set[tuple[str, int, int]] = set()

    def run(self, target: Target, data: bytes) -> set[tuple[str, int, int]]:
        """Run the target on one input and return the steps it took. What the target raises is the caller's."""
        self.steps = set()
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            target(data)
        except Exception as defect:
            defect.add_note(f"found with the input {data!r}")
            raise
        finally:
            sys.settrace(before)
        return self.steps

    def _enter(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        file = frame.f_code.co_filename
        if not file.startswith(self._package):
            return None
        last = [0]

        def step(inner: FrameType, _event: str, _argument: Any) -> Any:
            self.steps.add((file, last[0], inner.f_lineno))
            last[0] = inner.f_lineno
            return step

        return step


@dataclass
class Campaign:
    """One run: a target, a corpus that grows, words that mutations may insert, and a seed."""

    target: Target
    package: Path
    corpus: list[bytes]
    words: Sequence[bytes]
    mutations: Sequence[Mutation] = ()
    seed: int = 1
    longest: int = 20_000
    seen: set[tuple[str, int, int]] = field(default_factory=set)
    executions: int = 0

    def run(self, seconds: float, keep: Callable[[bytes], None]) -> None:
        """Fuzz for so long; `keep` gets every input that reached something new, in its smallest form found."""
        chance = random.Random(self.seed)  # noqa: S311 - repeatable by intent
        tracer = StepTracer(self.package)
        for data in list(self.corpus):
            self.seen |= tracer.run(self.target, data)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            data = self._mutated(chance)
            new = self._new_steps(tracer, data)
            if new:
                data = self._shortened(tracer, data, new)
                self.seen |= new
                self.corpus.append(data)
                keep(data)

    def _new_steps(self, tracer: StepTracer, data: bytes) -> set[tuple[str, int, int]]:
        self.executions += 1
        return tracer.run(self.target, data) - self.seen

    def _shortened(self, tracer: StepTracer, data: bytes, new: set[tuple[str, int, int]]) -> bytes:
        """Cut pieces out of an input as long as it still reaches what was new."""
        piece = len(data) // 2
        while piece >= 1:
            position = 0
            while position < len(data) and self.executions % 5000 != 4999:
                shorter = data[:position] + data[position + piece :]
                if new <= self._new_steps(tracer, shorter):
                    data = shorter
                else:
                    position += piece
            piece //= 4
        return data

    def _mutated(self, chance: random.Random) -> bytes:
        """One input changed at one to eight places: mostly by the mutations that know its grammar, sometimes by bytes alone."""
        data = chance.choice(self.corpus)
        for _ in range(1 << chance.randrange(4)):
            if self.mutations and chance.random() < 0.8:
                data = chance.choice(self.mutations)(data, chance, self.words)
            else:
                changed = bytearray(data)
                self._mutate_once(changed, chance)
                data = bytes(changed)
        return data[: self.longest]

    def _mutate_once(self, data: bytearray, chance: random.Random) -> None:
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((1, 2, 8, 40, 200)))
        match chance.randrange(7):
            case 0:
                data[start:end] = b""
            case 1:
                data[start:start] = chance.choice(self.words)
            case 2:
                data[start:end] = chance.choice(self.words)
            case 3:
                data[start:start] = data[start:end]
            case 4 if start < len(data):
                data[start] ^= 1 << chance.randrange(8)
            case 5:
                other = chance.choice(self.corpus)
                cut = chance.randrange(len(other) + 1)
                data[start:end] = other[cut : cut + chance.choice((4, 40, 400))]
            case _:
                data[start:start] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 5)))


def file_name(data: bytes) -> str:
    """The name under which an input stands in a corpus folder."""
    return hashlib.sha256(data).hexdigest()[:16] + ".bin"
