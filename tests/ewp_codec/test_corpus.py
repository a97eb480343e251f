"""The fuzzer's corpus, replayed: every input that ever reached new code must still be read or refused, and nothing else."""

from __future__ import annotations

from pathlib import Path

import fuzz.codec
import pytest
from fuzz.engine import Campaign, Target, file_name

CORPUS = Path(fuzz.codec.__file__).parent / "corpus"


@pytest.mark.parametrize(("name", "target"), [("codec", fuzz.codec.documents), ("signatures", fuzz.codec.signatures)])
def test_the_corpus_is_replayed(name: str, target: Target) -> None:
    files = sorted((CORPUS / name).iterdir())
    assert len(files) > 20
    for file in files:
        data = file.read_bytes()
        assert file.name == file_name(data)
        target(data)


def test_the_fuzzer_finds_a_planted_defect(tmp_path: Path) -> None:
    """The engine is worth its hour only if it finds what needs several lucky steps."""
    (tmp_path / "planted.py").write_text(
        "def planted(data):\n"
        "    if data[:1] == b'g':\n"
        "        if data[1:2] == b'o':\n"
        "            if data[2:3] == b'l':\n"
        "                raise ZeroDivisionError\n"
    )
    scope: dict[str, Target] = {}
    exec(compile((tmp_path / "planted.py").read_text(), str(tmp_path / "planted.py"), "exec"), scope)
    campaign = Campaign(scope["planted"], tmp_path, [b"xxx"], [b"g", b"o", b"l"])
    with pytest.raises(ZeroDivisionError):
        campaign.run(20, keep=lambda _: None)
    assert len(campaign.corpus) == 3
