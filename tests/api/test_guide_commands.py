"""Every command of the guide is run, one after the other, and answers what the guide shows; `…` stands for what is left out."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

from tests.api.conftest import Machine
from tests.factories.agreements import an_agreement
from tests.factories.university import University

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "api.md"
PAIRS = re.compile(r"```sh\n(curl .*?)```\n\n```json\n(.*?)```", re.S)
LEFT_OUT = "…"


def run(command: str, machine: Machine) -> Any:
    """Send what a curl command would send; return the answer."""
    words = shlex.split(command.replace("\\\n", " ").replace("$TOKEN", machine.made.secret).replace("$API", "/api/v1"))
    assert words.pop(0) == "curl"
    method, headers, content, address = "GET", {}, "", ""
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _colon, value = words.pop(0).partition(": ")
            headers[name.lower()] = value
        elif word == "--data":
            content = words.pop(0)
        else:
            assert not address, f"curl knows more than the guide uses: {word}"
            address = word
    kind = headers.pop("content-type", "application/x-www-form-urlencoded")
    return machine.client.generic(method, address, content, kind, headers=headers).json()


def without(told: Any, shown: Any) -> Any:
    """What was told, with that left out which the guide leaves out."""
    if shown == LEFT_OUT:
        return LEFT_OUT
    if isinstance(told, dict) and isinstance(shown, dict):
        return {name: without(value, shown.get(name)) for name, value in told.items()}
    if isinstance(told, list) and isinstance(shown, list) and len(told) == len(shown):
        return [without(one, other) for one, other in zip(told, shown, strict=True)]
    return told


def test_every_command_answers_what_the_guide_shows(university: University, writer: Machine) -> None:
    an_agreement(university, state="in-effect")
    text = GUIDE.read_text(encoding="utf-8")
    pairs = PAIRS.findall(text)
    assert len(pairs) == text.count("\ncurl ") == 7
    for command, answer in pairs:
        shown = json.loads(answer)
        assert without(run(command, writer), shown) == shown, command
