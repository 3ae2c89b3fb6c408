"""What could not be read is not missing: rules that would say so keep silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from poe_pack.validation.validate import validate
from tests.rules.building import build, write
from tests.rules.harness import Case

# POE606 in the last days of the usage period: a claim that cannot be read may have taken what is left.
DRAFTS = ["mailing/claim.yaml", "seminar/claim.yaml"]


@pytest.mark.parametrize(
    ("code", "file", "data"),
    [
        ("POE903", "partner.yaml", {"remove": ["partner.yaml"]}),
        ("POE210", "plans/fy27-hosting.yaml", {"remove": ["plans/fy27-hosting.yaml"]}),
        ("POE602", "funds/hosting-fy27-h1.yaml", {"remove": ["funds/hosting-fy27-h1.yaml"]}),
        ("POE606", "ads/claim.yaml", {"remove": ["ads/claim.yaml", *DRAFTS], "as_of": "2027-02-15"}),
    ],
)
def test_what_cannot_be_read_is_not_missing(code: str, file: str, data: dict[str, object], tmp_path: Path) -> None:
    case = Case(f"{code}-unreadable", code, True, data)
    build(data, tmp_path)
    assert code in {finding.code for finding in validate(case.options(tmp_path)).findings}
    kind = next(kind for kind in ("claim", "partner", "plan", "funds") if kind in file)
    write(tmp_path, {file: f"kind: {kind}\nid: [\n".encode()})
    found = {finding.code for finding in validate(case.options(tmp_path)).findings}
    assert "POE002" in found
    assert code not in found
