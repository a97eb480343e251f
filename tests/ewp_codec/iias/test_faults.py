"""What a file of agreements does against its schema: of a whole answer and of a bare agreement alike."""

from __future__ import annotations

import pytest

from goliard.ewp_codec.iias.faults import iia_faults
from goliard.ewp_codec.namespaces import IIAS_GET


def told(body: str) -> list[str]:
    return [str(fault) for fault in iia_faults(body.encode())]


@pytest.mark.parametrize("around", ["{}", f'<iias-get-response xmlns="{IIAS_GET}">{{}}</iias-get-response>'])
def test_an_agreement_is_judged_alone_as_in_an_answer(around: str) -> None:
    found = told(around.format(f'<iia xmlns="{IIAS_GET}"><in-effect>true</in-effect></iia>'))
    assert [fault.partition(": ")[2].partition(": ")[2] for fault in found][:1] == ["has 0 partners instead of two"]
    assert "neither" not in " ".join(found)


def test_another_document_is_neither() -> None:
    assert [fault for fault in told(f'<echo xmlns="{IIAS_GET}"/>') if "is neither <iias-get-response> nor <iia>" in fault] != []
