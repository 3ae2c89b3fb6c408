"""Documents whose values are of the wrong kind, absurd or missing: always findings, never a failure of our own."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poe_pack.formats import formatter
from poe_pack.formats.explain_claim import explain_claim
from poe_pack.report import render_status, status_facts
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.validate import validate
from tests.cli.house import assert_harmless
from tests.cli.program import CHECKOUT

AS_OF = date(2026, 11, 21)
_ABSENT = object()
FUZZ = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

Place = tuple[str | int, ...]

VALUES: tuple[object, ...] = (
    *(_ABSENT, None, True, "", " ", [], {}, [None], [{}], [[]], {"a": 1}, 1.5),
    *(-1, 0, 10**29, "9" * 60, "9" * 29 + ".00", "0." + "0" * 27 + "1", "1e9", "0x10", ".nan"),
    *("9999-12-31", "0001-01-01", "1999-12-31", "2000-01-01", "2099-12-31", "2024-02-29"),
    *("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2000-01-01T00:00:00Z", "2099-12-31T23:59:59Z"),
    *("FY00 H1", "FY99 H2", "FY27 H3", "JPY", "KWD", "XXX", "../../x", "a\x1b[31mb\u202e\nc", "x" * 3000),
    *("editing", "submitted", "approved", "rejected", "disputed", "plan_management", "co_op_management"),
)


def _places(data: Any, place: Place = ()) -> Iterator[Place]:
    yield place
    children: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in children:
        yield from _places(child, (*place, key))


def _changed(data: Any, place: Place, value: object) -> Any:
    """A copy of the data with another value at a place, or without it."""
    if not place:
        return {} if value is _ABSENT else value
    whole = copy.deepcopy(data)
    inner = whole
    for key in place[:-1]:
        inner = inner[key]
    if value is _ABSENT:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return whole


SOURCE = CHECKOUT / "claims"
DOCUMENTS = {
    str(path.relative_to(SOURCE)): yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.yaml"))
}
PLACES = [(file, place) for file, data in DOCUMENTS.items() for place in _places(data)]


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of the worked example, with small files for its evidence."""
    root = tmp_path_factory.mktemp("fuzz") / "claims"
    for path in SOURCE.rglob("*"):
        if path.is_file():
            target = root / path.relative_to(SOURCE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes()[:100] if target.suffix != ".yaml" else path.read_bytes())
    return root


def _look_at_everything(root: Path, for_submission: bool) -> None:
    """Validate and show the result in every way that needs no Pango."""
    try:
        result = validate(Options((root,), as_of=AS_OF, for_submission=for_submission))
    except ConfigurationError:
        return  # an unknown rulebook, time zone or rule: said in a sentence
    shown = formatter("text")(result, verbose=True)
    shown += "".join(explain_claim(claim, result) for claim in result.claims)
    shown += render_status(status_facts(result, None), color=False, width=100)
    assert_harmless(shown.encode("utf-8"))
    json.loads(formatter("json")(result))


@FUZZ
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(VALUES)), min_size=1, max_size=2),
    st.booleans(),
    st.booleans(),
)
def test_any_value_anywhere(
    claims: Path, changes: list[tuple[tuple[str, Place], object]], as_json: bool, for_submission: bool
) -> None:
    written: dict[str, Any] = {}
    for (file, place), value in changes:
        if file not in written:
            written[file] = _changed(DOCUMENTS[file], place, value)
    for file, data in written.items():
        text = json.dumps(data) if as_json else yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        (claims / file).write_text(text, encoding="utf-8")
    try:
        _look_at_everything(claims, for_submission)
    finally:
        for file in written:
            (claims / file).write_bytes((SOURCE / file).read_bytes())


_NOISE = st.binary(max_size=400) | st.text("kind: clam\n-[]{}&*!|>'\"%@`#?,\t \x00\x1b\u202e\ufeff", max_size=200).map(
    lambda text: b"kind: claim\n" + text.encode("utf-8")
)


@FUZZ
@given(_NOISE)
def test_any_bytes(claims: Path, noise: bytes) -> None:
    document = claims / "noise" / "claim.yaml"
    document.parent.mkdir(exist_ok=True)
    document.write_bytes(noise)
    try:
        result = validate(Options((document,), as_of=AS_OF))
        assert result.findings
        assert all(finding.position.line <= noise.count(b"\n") + noise.count(b"\r") + 2 for finding in result.findings)
        _look_at_everything(claims, False)
    finally:
        document.unlink()
