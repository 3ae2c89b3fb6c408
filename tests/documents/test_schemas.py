"""The schemas of the documents people write: well-formed, explained to editors, and each fault told once."""

import copy
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

Schema = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[2] / "schemas"
KINDS = ("repository", "partner", "plan", "funds", "claim")
SCHEMAS: dict[str, Schema] = {
    kind: json.loads((FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8")) for kind in KINDS
}

FORMATS = FormatChecker(["date", "email"])


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


# The example claim of the design, with every value it has there.
CLAIM = """\
kind: claim
id: azure-seminar-goteborg
flow: plan_management
plan: fy27-hosting
campaign: azure-migration-autumn
activity: seminar-goteborg
activity_type: customer_seminar_bootcamp
program: Hosting
location: "6071245"
usage_period: FY27 H1
portal_id: PC-7702218
name: Azure migration seminar Göteborg
date: "2026-09-17"
currency: USD
amount: "9141.12"
estimated_impressions: 4200
pre_approval_id: PA-20931
third_party_invoices:
  - number: "10482"
    vendor: {name: Vasaplatsen Konferens AB, tax_id: SE559087654301}
    date: "2026-09-28"
    currency: SEK
    exchange_rate: {rate: "0.1058", date: "2026-09-28", source: Company month rate September 2026}
    service_period: {from: "2026-09-17", to: "2026-09-24"}
    bill_to: Nordanvind IT AB
    lines:
      - {description: Venue hire Göteborg, category: venue_equipment_rental, net: "52000.00", tax: "13000.00"}
      - {description: Sound and stage, category: venue_equipment_rental, net: "14400.00", tax: "3600.00"}
      - description: Lunch for 80 (no alcohol)
        category: catering_no_alcohol
        net: "20000.00"
        tax: "2400.00"
      - {description: Venue hire Stockholm, net: "38000.00", tax: "9500.00", claimed: "0.00"}
    total: "152900.00"
    file: evidence/invoice-10482.pdf
certification_service_reports: []
proof_documents:
  - evidence: event_invitation
    files: [evidence/invitation.pdf]
    note: Final invitation e-mailed to 420 customers
    shows: [company_brand, contact_info, microsoft_content]
  - {evidence: event_agenda, files: [evidence/agenda.pdf], note: Agenda with speakers and topics}
  - evidence: event_photo
    files: [evidence/stage.jpg, evidence/room.jpg]
    note: Opening session and full room
metrics: {registered_guest_count: 118}
final_comments: Recording available on request
status: editing
history:
  - {at: "2026-09-29T07:45:00Z", by: incentives@nordanvind.example, role: incentives_user, status: editing}
waivers:
  - rule: POE431
    reason: Agenda and venue on one invoice by contract
    approved_by: finance@nordanvind.example
    until: "2026-12-31"
"""

# The least that each kind of document may hold.
LEAST = """\
repository: {kind: repository, rulebook: microsoft-coop}
partner: {kind: partner, id: nordanvind, name: Nordanvind IT AB, partner_id: "6071200"}
plan:
  {kind: plan, id: fy27-hosting, name: Hosting FY27, partner_id: "6071200", program: Hosting, fund: Co-op,
   program_year: FY27, currency: USD, status: editing}
funds:
  {kind: funds, id: hosting-fy27-h1, program: Hosting, location: "6071245", usage_period: FY27 H1,
   currency: USD, earned: "50000.00"}
claim:
  {kind: claim, id: azure-mailing, flow: co_op_management, activity_type: direct_mail_email_sms,
   program: Hosting, location: "6071245", usage_period: FY27 H1, name: Azure mailing, date: "2026-10-05",
   currency: USD, amount: "1200.00", status: editing}
"""

# What a draft cannot go without, by the place of the object; every other object is free to be incomplete.
REQUIRED = {
    "repository": {"": "kind rulebook", "rule_off": "rule reason", "amount": "amount currency"},
    "partner": {"": "kind id name partner_id", "contact": "role", "location": "id name"},
    "plan": {
        "": "kind id name partner_id program fund program_year currency status",
        "campaign": "id name start_date end_date",
        "planned_activity": "id name activity_type",
        "history_entry": "at by role status",
    },
    "funds": {
        "": "kind id program location usage_period currency earned",
        "adjustment": "amount",
        "cap_exchange_rate": "currency rate",
    },
    "claim": {
        "": "kind id flow activity_type program name date currency amount status",
        "third_party_invoice": "number vendor date currency lines",
        "vendor": "name",
        "invoice_line": "description net",
        "certification_service_report": "description",
        "proof_document": "evidence",
        "history_entry": "at by role status",
        "waiver": "rule reason approved_by until",
        "exchange_rate": "rate",
        "submission": "at amount",
        "request": "at text",
        "approval": "amount date",
        "payment": "amount date",
        "dispute": "at",
        "period": "from to",
        "reduction": "amount reason",
        "payment_details": "kind",
        "kept_outside": "place bytes sha256",
        "material": "item",
        "tax_invoice": "number",
        "event": "name",
        "vendor_share": "share",
        "cap_exchange_rate": "currency rate",
    },
}

# Personal, bank and tax data: values that no output may show.
SENSITIVE = {
    "repository": set[str](),
    "partner": {"tax_id", "address", "contact.name", "contact.email", "contact.phone"},
    "plan": {"reviewer_email", "history_entry.by"},
    "funds": set[str](),
    "claim": {
        "vendor.address",
        "vendor.tax_id",
        "invoice_line.person",
        "service_person.name",
        "service_person.rate",
        "certification_service_report.certifier",
        "certifier.name",
        "certifier.title",
        "certifier.email",
        "proof_document.uploaded_by",
        "metrics.attendee_list",
        "listed_name",
        "history_entry.by",
        "submission.by",
        "payment_details.holder",
        "pre_approval.approver",
        "dispute.by",
    },
}


def keywords(node: object) -> Iterator[tuple[str, object]]:
    """Every key of every object in a schema, with its value."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from keywords(value)
    elif isinstance(node, list):
        for value in node:
            yield from keywords(value)


def subschemas(node: Schema, place: str = "") -> Iterator[tuple[str, Schema]]:
    """Every subschema that describes a value, with a readable place; conditions (if, then, else) are none."""
    yield place, node
    for name, child in node.get("properties", {}).items():
        yield from subschemas(child, f"{place}.{name}".lstrip("."))
    for keyword in ("items", "additionalProperties"):
        child = node.get(keyword)
        if isinstance(child, dict):
            yield from subschemas(child, f"{place}[]")
    for name, child in node.get("$defs", {}).items():
        yield from subschemas(child, name)


def properties(root: Schema) -> Iterator[tuple[str, Schema]]:
    for place, node in subschemas(root):
        for name, child in node.get("properties", {}).items():
            yield f"{place}.{name}".lstrip("."), child


def resolved(root: Schema, node: Schema) -> Schema:
    """A subschema with the definition it refers to; what it says itself comes first."""
    if "$ref" not in node:
        return node
    return {**root["$defs"][node["$ref"].removeprefix("#/$defs/")], **node}


def errors(kind: str, document: object) -> list[ValidationError]:
    return list(Draft202012Validator(SCHEMAS[kind], format_checker=FORMATS).iter_errors(document))


def least(kind: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(LEAST)[kind]
    return document


def example_claim() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(CLAIM)
    return document


def put(document: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy of the document with one value set; the path is written with slashes."""
    changed = copy.deepcopy(document)
    node: Any = changed
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    for part in parents:
        node = node[part]
    node[last] = value
    return changed


@pytest.mark.parametrize("kind", KINDS)
def test_is_a_valid_schema(kind: str) -> None:
    schema = SCHEMAS[kind]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == f"urn:poe-pack:schema:{kind}"
    assert schema["properties"]["kind"]["const"] == kind


@pytest.mark.parametrize("kind", KINDS)
def test_has_no_keyword_that_gives_unclear_errors(kind: str) -> None:
    used = {key for key, _ in keywords(SCHEMAS[kind])}
    assert not used & {"anyOf", "oneOf", "allOf", "not"}


@pytest.mark.parametrize("kind", KINDS)
def test_is_self_contained_and_uses_each_definition(kind: str) -> None:
    schema = SCHEMAS[kind]
    references = {str(value) for key, value in keywords(schema) if key == "$ref"}
    assert references == {f"#/$defs/{name}" for name in schema["$defs"]}


def test_a_definition_of_one_name_is_the_same_everywhere() -> None:
    differing = {"history_entry"}  # plans and claims know different statuses
    seen: dict[str, Schema] = {}
    for kind in KINDS:
        for name, definition in SCHEMAS[kind]["$defs"].items():
            if name not in differing:
                assert seen.setdefault(name, definition) == definition, f"{kind}: {name}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_is_explained(kind: str) -> None:
    root = SCHEMAS[kind]
    for place, node in properties(root):
        full = resolved(root, node)
        for keyword in ("title", "description"):
            assert re.search(r"\w", full.get(keyword, "")), f"{place} has no {keyword}"
        assert full.get("examples") or "properties" in full, f"{place} has no examples"


@pytest.mark.parametrize("kind", KINDS)
def test_every_description_is_one_or_two_sentences(kind: str) -> None:
    for place, node in subschemas(SCHEMAS[kind]):
        if "description" in node:
            assert re.fullmatch(r"[A-Z0-9].*[.]", node["description"]), place
            assert len(re.findall(r"[.?!](?=\s|$)", node["description"])) <= 2, place


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_valid_where_it_stands(kind: str) -> None:
    root = SCHEMAS[kind]
    for place, node in subschemas(root):
        alone = {**node, "$defs": root["$defs"]}
        for example in node.get("examples", []):
            found = list(Draft202012Validator(alone, format_checker=FORMATS).iter_errors(example))
            assert not found, f"{place}: {example!r}: {found[0].message}"


@pytest.mark.parametrize("kind", KINDS)
def test_only_checked_formats_are_used(kind: str) -> None:
    # A property may itself be called "format"; its value is then a schema and no text.
    used = {value for key, value in keywords(SCHEMAS[kind]) if key == "format" and isinstance(value, str)}
    assert used <= {"date", "date-time", "email", "uri", "currency"}


@pytest.mark.parametrize("kind", KINDS)
def test_objects_are_closed(kind: str) -> None:
    for place, node in subschemas(SCHEMAS[kind]):
        if place in ("metrics", "standing"):
            assert node["propertyNames"] == {"pattern": "^[a-z][a-z0-9_]*$"}
        elif node.get("type") == "object":
            assert node["additionalProperties"] is False, place


@pytest.mark.parametrize("kind", KINDS)
def test_required_keys(kind: str) -> None:
    required = {place: node.get("required", []) for place, node in subschemas(SCHEMAS[kind])}
    assert {place: " ".join(keys) for place, keys in required.items() if keys} == REQUIRED[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_sensitive_values_are_marked(kind: str) -> None:
    found = {place for place, node in subschemas(SCHEMAS[kind]) if node.get("x-sensitive")}
    assert found == SENSITIVE[kind]


def test_claim_properties_stand_in_the_order_in_which_people_write_them() -> None:
    written = list(example_claim())
    assert [name for name in SCHEMAS["claim"]["properties"] if name in written] == written


@pytest.mark.parametrize("kind", KINDS)
def test_least_document(kind: str) -> None:
    assert not errors(kind, least(kind))


def test_example_claim() -> None:
    assert not errors("claim", example_claim())


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind in KINDS for key in SCHEMAS[kind]["required"]])
def test_a_missing_key_is_one_error(kind: str, key: str) -> None:
    document = least(kind)
    del document[key]
    (error,) = errors(kind, document)
    assert (error.validator, list(error.path)) == ("required", [])
    assert f"'{key}'" in error.message


@pytest.mark.parametrize("key", ["plan", "campaign", "activity"])
def test_plan_flow_needs_its_plan(key: str) -> None:
    claim = example_claim()
    del claim[key]
    (error,) = errors("claim", claim)
    assert error.validator == "required"
    assert f"'{key}'" in error.message


@pytest.mark.parametrize("key", ["location", "usage_period"])
def test_plan_flow_does_without_what_the_co_op_flow_asks_for(key: str) -> None:
    claim = example_claim()
    del claim[key]
    assert not errors("claim", claim)


@pytest.mark.parametrize("key", ["plan", "campaign", "activity"])
def test_co_op_flow_has_no_plan(key: str) -> None:
    (error,) = errors("claim", {**least("claim"), key: f"some-{key}"})
    # Of a schema that is false, jsonschema reports the value but neither its path nor its key.
    assert error.schema is False
    assert error.instance == f"some-{key}"


def test_direct_flow_needs_neither_plan_nor_period_nor_location() -> None:
    claim = {**least("claim"), "flow": "direct"}
    assert not errors("claim", claim)
    del claim["location"], claim["usage_period"]
    assert not errors("claim", claim)


@pytest.mark.parametrize("key", ["plan", "campaign", "activity"])
def test_direct_flow_has_no_plan(key: str) -> None:
    (error,) = errors("claim", {**least("claim"), "flow": "direct", key: f"some-{key}"})
    assert error.schema is False
    assert error.instance == f"some-{key}"


@pytest.mark.parametrize("flow", ["plan", "co-op", 1, None, ["plan_management"]])
def test_a_wrong_flow_silences_what_depends_on_it(flow: object) -> None:
    for claim in (example_claim(), least("claim")):
        (error,) = errors("claim", {**claim, "flow": flow})
        assert (error.validator, list(error.path)) == ("enum", ["flow"])


INVOICE = "third_party_invoices/0"
GOOD: list[tuple[str, list[object]]] = [
    ("amount", ["0", "0.00", "9141.12", "12345678901234567890.123", 0, 12, 9141.12]),
    (f"{INVOICE}/exchange_rate/rate", ["0.1058", "1", "10", 0.5, 7]),
    (
        f"{INVOICE}/file",
        ["a.pdf", "evidence/..pdf", "evidence/a..b", "a/.b", "..a/b", "Räkning 1 (kopia).pdf"],
    ),
    (f"{INVOICE}/document_type", ["credit_note"]),
    ("id", ["a", "1", "fy27-h1"]),
    ("usage_period", ["FY27 H2"]),
    ("estimated_impressions", [0]),
    ("waivers/0/path", ["", "/amount", "/third_party_invoices/0", "/metrics/a~1b"]),
    ("proof_documents/0/url", ["https://nordanvind.example/azure?x=1", "http://nordanvind.example"]),
    ("metrics", [{}, {"a": 1}, {"a": 1.5}, {"a": "312.50"}, {"a": ["Anna"]}, {"attendee_list": []}]),
    ("channels", [["mail", "email", "sms"]]),
    ("history", [[]]),
]
BAD: list[tuple[str, list[object]]] = [
    ("amount", ["-1", "1,5", "1 000", "01", ".5", "1.", "1e3", "$5", "", -1, -0.01, True, None, ["1"]]),
    (f"{INVOICE}/exchange_rate/rate", ["0", "0.00", "-1", "00.1", 0, -1, False]),
    (
        f"{INVOICE}/file",
        ["", "/a", "..", "../a", "a/..", "a/../b", "a\\b", "a\nb", "a\n", "a\0", "a/b/../../../c", 1, None],
    ),
    (f"{INVOICE}/number", [10482, "", " ", None]),
    (f"{INVOICE}/document_type", ["Invoice", 1, None]),
    (f"{INVOICE}/lines", [[], None]),
    (f"{INVOICE}/vendor", ["Vasaplatsen Konferens AB", {"tax_id": "SE559087654301"}]),
    ("kind", ["plan", None, 1]),
    ("id", ["A", "a_b", "-a", "a-", "a--b", "", 1]),
    ("location", [6071245]),
    ("portal_id", [7702218]),
    ("name", ["", " ", "\t\n", 1]),
    ("date", ["2026-02-30", "17.09.2026", "", 20260917]),
    ("currency", ["usd", "US$", "", "EURO"]),
    ("usage_period", ["FY27", "FY2027 H1", "FY27 H3"]),
    ("estimated_impressions", [-1, 1.5, "4200"]),
    ("status", ["paid", "Editing", None]),
    ("proof_documents/0/url", ["nordanvind.example", "javascript:alert(1)", "file:///a"]),
    ("proof_documents/0/shows", [["company_brand", "company_brand"]]),
    ("proof_documents/0/note", [""]),
    ("history/0/role", ["accountant"]),
    ("waivers/0/rule", ["431", "poe431", "POE43"]),
    ("waivers/0/path", ["amount", "/a~2"]),
    ("waivers/0/until", [None]),
    ("history/0/at", ["2026-09-29", "2026-09-29T07:45:00", "yesterday"]),
    ("proof_documents/0/uploaded_at", ["2026-09-29T25:00:00Z"]),
    ("date_of_execution", ["2026-09-17"]),
    ("metrics", [{"Guests": 1}, {"a": -1}, {"a": None}, {"a": [1]}, {"attendee_list": [""]}, []]),
    ("channels", [["email", "email"], ["fax"]]),
]


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, values in GOOD for value in values])
def test_value_is_taken(path: str, value: object) -> None:
    assert not errors("claim", put(example_claim(), path, value))


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, values in BAD for value in values])
def test_a_wrong_value_is_one_error(path: str, value: object) -> None:
    assert len(errors("claim", put(example_claim(), path, value))) == 1


def test_adjustments_of_funds_may_be_negative() -> None:
    for amount, count in (("-250.00", 0), (-250, 0), ("1200", 0), ("--1", 1), ("+1", 1)):
        assert len(errors("funds", {**least("funds"), "adjustments": [{"amount": amount}]})) == count


def test_plans_know_no_dispute() -> None:
    (error,) = errors("plan", {**least("plan"), "status": "disputed"})
    assert error.validator == "enum"
