"""The status for other programs."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from poe_pack.report.data import status_csv, status_json
from poe_pack.report.facts import StatusFacts
from poe_pack.resources import resource
from tests.report.samples import HOSTILE


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    text = (resource("schemas") / "status.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


def test_json_follows_its_schema(
    everyday: StatusFacts,
    agency: StatusFacts,
    hostile: StatusFacts,
    empty: StatusFacts,
    mixed: StatusFacts,
    schema: dict[str, Any],
) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    for facts in (everyday, agency, hostile, empty, mixed):
        assert not [error.message for error in validator.iter_errors(json.loads(status_json(facts)))]


def test_every_object_of_the_schema_is_closed(schema: dict[str, Any]) -> None:
    def objects(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [found for item in node for found in objects(item)]
        if not isinstance(node, dict):
            return []
        mine = [node] if node.get("type") == "object" else []
        return mine + [found for value in node.values() for found in objects(value)]

    for entry in objects(schema):
        assert entry["additionalProperties"] is False
        assert set(entry["required"]) == set(entry["properties"])


def test_json_says_what_the_facts_say(everyday: StatusFacts) -> None:
    data = json.loads(status_json(everyday))
    assert data["currencies"][0]["claimable"] == {"claims": 3, "amount": "13435.50"}
    assert data["next_deadline"] == {"day": "2026-11-23", "days": 2, "claims": ["demo-units-azure-local"]}
    assert [claim["id"] for claim in data["claims"]] == [row.id for row in everyday.claims]
    total = sum(Decimal(claim["amount"]) for claim in data["claims"])
    assert data["sums"] == [{"currency": "USD", "amount": str(total)}]


def test_json_has_the_mix_beside_its_guide(mixed: StatusFacts, everyday: StatusFacts) -> None:
    assert json.loads(status_json(everyday))["mixes"] == []
    (mix,) = json.loads(status_json(mixed))["mixes"]
    assert (mix["partner"], mix["total"], mix["source"]) == ("Nordanvind IT AB", "19915.50", "Guide for distributors")
    assert mix["shares"] == [
        {"name": "Demand generation", "amount": "13435.50", "percent": "67.5", "guide_percent": "40.0"},
        {"name": "Not named by the guide", "amount": "6480.00", "percent": "32.5", "guide_percent": None},
    ]


def test_json_keeps_hostile_text_without_showing_it(hostile: StatusFacts) -> None:
    text = status_json(hostile)
    assert {claim["name"] for claim in json.loads(text)["claims"]} == set(HOSTILE)
    assert not set(text) & set("\x1b\x9b\r\u202e\u2066")


def test_csv_has_a_line_per_claim(everyday: StatusFacts) -> None:
    text = status_csv(everyday)
    assert text.count("\r\n") == text.count("\n") == 13
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["claim"] for row in rows] == [row.id for row in everyday.claims]
    assert (rows[0]["state"], rows[0]["date"], rows[0]["amount"], rows[0]["currency"]) == (
        "action_required",
        "2026-11-23",
        "4500.00",
        "USD",
    )


def test_no_cell_of_the_csv_acts(hostile: StatusFacts, agency: StatusFacts) -> None:
    for facts in (hostile, agency):
        text = status_csv(facts)
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        assert len(text.splitlines()) == len(facts.claims) + 1
    assert "'=HYPERLINK" in status_csv(hostile)
