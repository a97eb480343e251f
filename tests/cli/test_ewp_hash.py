"""`goliard ewp hash`: what it prints, where, and with which exit code."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from goliard.cli import main

IIA = "<iia><partner><iia-id>{}</iia-id></partner><cooperation-conditions/></iia>"
EXAMPLE = "e950faa83a799cf45839e7915db88ed51575babe7845c1219dfde54ce30a61e4"


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def run(*arguments: str, standard_input: bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["ewp", "hash", *arguments], input=standard_input)
    return result.exit_code, result.stdout, result.stderr


def test_the_official_example_is_one_line_and_nothing_to_complain_about(shared: Path) -> None:
    code, out, err = run(str(shared / "ewp/examples/iias/endpoints/get-response-example.xml"), "--schemas", str(shared / "ewp/schemas"))
    assert (code, out, err) == (0, f"{EXAMPLE} 0f7a5682-faf7-49a7-9cc7-ec486c49a281\n", "")


def test_schema_faults_are_told_and_do_not_change_the_exit_code(shared: Path) -> None:
    code, out, err = run(str(shared / "ewp/examples/iias/example-scenario/01-A-get-response.part.xml"))
    assert code == 0
    assert out == "dc05c99f62e2ceec395d0c3bc49c0760b03b0f71bba7326e1807aced0a10640f 0f7a5682-faf7-49a7-9cc7-ec486c49a281\n"
    assert "line 2: /iias-get-response/iia: <in-effect> is missing" in err
    assert "declares another hash: 160b06656cb621eba6b86d0a5c3d9e37a38f782296be28242d82335726dcbde6" in err


def test_several_agreements_are_hashed_each_as_a_document_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "two.xml"
    ended = IIA.format("b").replace("<cooperation-conditions/>", "<cooperation-conditions terminated-as-a-whole='1'/>")
    file.write_text(f"<iias-get-response>{IIA.format('a')}{ended}</iias-get-response>")
    code, out, _ = run(str(file))
    assert (code, out.splitlines()) == (0, [f"{hash_of('_iia-id_1=a_')} a", f"{hash_of('_@terminated-as-a-whole@__iia-id_1=b_')} b"])


def test_a_bare_agreement_from_standard_input_with_its_text() -> None:
    code, out, _ = run("-", "--text", standard_input=IIA.format("é").encode())
    assert (code, out.splitlines()) == (0, [f"{hash_of('_iia-id_1=é_')} é", "_iia-id_1=é_"])


def test_an_agreement_without_id_and_an_id_that_would_play_with_the_terminal() -> None:
    code, out, _ = run("-", standard_input=b"<iia><partner/></iia>")
    assert (code, out) == (0, f"{hash_of('_iia-id_1=_')} -\n")
    _, out, _ = run("-", standard_input=IIA.format("a&#155;2J&#10;b").encode())
    assert out.splitlines() == [f"{hash_of('_iia-id_1=a' + chr(155) + '2J' + chr(10) + 'b_')} a\\x9b2J\\nb"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<!DOCTYPE iia><iia/>", "document type declaration"),
        (b"<iia>", "not well-formed"),
        (b"<html><body/></html>", "no <iia>"),
        (b"<iia>" + b"<x/>" * 300_000 + b"</iia>", "more than 250000 elements"),
        (b"x" * 20_000_000, "larger than"),
    ],
)
def test_what_cannot_be_hashed_is_exit_code_2(body: bytes, message: str) -> None:
    code, out, err = run("-", standard_input=body)
    assert (code, out) == (2, "")
    assert message in err


def test_an_answer_without_agreements_prints_nothing() -> None:
    assert run("-", standard_input=b"<iias-get-response/>")[:2] == (0, "")


def test_the_command_does_not_load_django() -> None:
    script = (
        "import sys; from click.testing import CliRunner; from goliard.cli import main;"
        "r = CliRunner().invoke(main, ['ewp', 'hash', '-'], input=b'<iia/>');"
        "print(r.exit_code, 'django' in sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}).stdout
    assert output.split() == ["0", "False"]
