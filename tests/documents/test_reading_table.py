"""Each text of the table is read as YAML 1.1 (PyYAML) and 1.2 (ruamel.yaml) both read it, or is a finding.

`=`: read, and the same data for libyaml, for PyYAML and for ruamel.yaml.
`lenient`: read as libyaml does; a reader written in Python gives the same data or refuses the text aloud, none gives
other data. Nearly all are tabs: both versions of YAML allow a tab wherever a space separates words, and libyaml takes
it, while PyYAML's and ruamel.yaml's own scanners do not.
`date`: text by the profile's definition, where libraries differ in what they make of dates.
Otherwise the code of the first finding.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
import yaml

from poe_pack.documents.reader import read_tree
from tests.documents.reading_table import TABLE
from tests.documents.test_productions import ruamel

ROWS = [(name, text, verdict) for name, rows in TABLE.items() for text, verdict in rows]


class _Refused:
    """What a reader that refuses a text gives."""


def _by(read: Any, text: str) -> Any:
    try:
        return read(text)
    except Exception:  # each library has errors of its own
        return _Refused


def _plain(data: Any) -> Any:
    """Data with its types in it, decimals as other libraries have them: 1, 1.0 and true are not the same."""
    if isinstance(data, dict):
        return {_plain(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    data = float(data) if isinstance(data, Decimal) else data
    return type(data).__name__, data


@pytest.mark.parametrize(("name", "text", "verdict"), ROWS, ids=[f"{name}: {text!a}" for name, text, _ in ROWS])
def test_read_alike_or_a_finding(name: str, text: str, verdict: str) -> None:
    tree, faults = read_tree(text.encode())
    if verdict.startswith("POE"):
        assert faults[0].code.code == verdict
        return
    assert not faults
    assert tree is not None
    others = [_by(read, text) for read in (yaml.safe_load, ruamel)]
    if verdict == "date":
        assert all(isinstance(item, str) for pair in tree.data.items() for item in pair)
        return
    assert _plain(tree.data) == _plain(yaml.load(text, Loader=yaml.CSafeLoader))
    refused = [other is _Refused for other in others]
    assert all(other is _Refused or _plain(other) == _plain(tree.data) for other in others)
    assert any(refused) == (verdict == "lenient")


def test_only_tabs_are_read_where_others_refuse_but_for_two_oddities() -> None:
    lenient = {text for _, text, verdict in ROWS if verdict == "lenient" and "\t" not in text}
    assert lenient == {'a: ["b":c]', "a: b\n...\n...\n"}  # ruamel.yaml refuses them, though YAML 1.2 allows both


def test_the_table_is_large() -> None:
    verdicts = Counter(verdict[:3] for _, _, verdict in ROWS)
    assert verdicts["="] > 100
    assert verdicts["POE"] > 150
