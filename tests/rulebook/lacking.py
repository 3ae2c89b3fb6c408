"""What a claim lacks of which something was left out: as `requirements()` has it, and as the rules say it."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from poe_pack.documents.repository import lay_out
from poe_pack.findings import Finding
from poe_pack.model.read_claim import read_claim
from poe_pack.rulebook import Calendar, Requirements, Rulebook, requirements
from poe_pack.validation.contexts import claim_facts
from poe_pack.validation.options import Options
from poe_pack.validation.run import run_rules
from tests.rulebook.complete import ID, LOCATION, PARTNER, Complete
from tests.rules.harness import pdf, write

_Data = dict[str, Any]


def judge(book: Rulebook, it: Complete, root: Path) -> tuple[Finding, ...]:
    """Findings about the claim as it is handed in."""
    claim, period = it.claim, Calendar(book).period_of(date.fromisoformat(it.claim.get("date", it.as_of.isoformat())))
    funds = {
        "kind": "funds",
        "id": "funds",
        "program": claim.get("program", "-"),
        "location": LOCATION,
        "usage_period": period.label,
        "currency": "USD",
        "earned": "100000.00",
        "as_of": it.as_of.isoformat(),
    }
    partner = {
        "kind": "partner",
        "id": "nordanvind",
        "name": PARTNER,
        "partner_id": "6071200",
        "profile_complete": True,
        "locations": [{"id": LOCATION, "name": "Göteborg", "country": "SE"}],
    }
    documents = {
        "poe.yaml": {"kind": "repository", "rulebook": book.id},
        "partner.yaml": partner,
        "funds/funds.yaml": funds,
        f"{ID}/claim.yaml": claim,
    }
    files = {name: json.dumps(data, ensure_ascii=False).encode() for name, data in documents.items()}
    files |= {f"{ID}/{name}": pdf(name) for name in _named(claim)}
    write(root, files)
    options = Options((root,), as_of=it.as_of, for_submission=True, rulebook=book)
    return run_rules(lay_out(root), options).verdict.findings


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, str) and node.startswith("evidence/"):
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _named(child)


# What lacks, whichever rule says so: its kind and id.
Lack = tuple[str, Any]

_KIND_OF_CODE = {
    "POE401": "spending proof",
    "POE510": "evidence",
    "POE520": "metric",
    "POE530": "evidence",
    "POE540": "core",
}


def told(findings: Sequence[Finding]) -> Counter[Lack]:
    """What findings say that lacks; one of another kind is its code."""
    found: Counter[Lack] = Counter()
    for finding in findings:
        id = finding.values.get("ids") or finding.values.get("id")
        found[_KIND_OF_CODE.get(finding.code, finding.code), id] += 1
    return found


def silent_on(needs: Requirements) -> Counter[Lack]:
    """What may be said of the most complete claim: that no source says everything about its type."""
    known = (needs.evidence, needs.metrics, needs.expenses)
    unknown = int(any(value is None for value in known)) + int(needs.evidence_truncated)
    return Counter({("POE515", None): unknown}) if unknown else Counter()


def lacking(book: Rulebook, it: Complete) -> Counter[Lack]:
    """What requirements() says that a claim lacks of which something was left out."""
    claim = read_claim(it.claim, ID, f"{ID}/claim.yaml", ID)
    assert claim.date is not None
    needs = requirements(book, claim.activity_type, claim.date, claim_facts(claim))
    found: Counter[Lack] = Counter()
    if needs.spending_proof is not None and not claim.third_party_invoices:
        found["spending proof", None] += 1
    for need in needs.evidence or ():
        there = frozenset(p.evidence for p in claim.proof_documents if p.tactic in (None, need.tactic))
        found["evidence", need.ids] += not need.is_met(there)
    metrics = {id for id in book.ids("metrics") if _field_of(book, "metrics", id) in it.claim} | set(claim.metrics)
    for need in needs.metrics or ():
        found["metric", need.ids[0]] += not need.is_met(frozenset(metrics))
    shown = {element for proof in claim.proof_documents for element in proof.shows}
    for element in needs.core or () if claim.proof_documents else ():
        found["core", element] += element not in shown
    return +found


def _field_of(book: Rulebook, section: str, id: str) -> str | None:
    field: str | None = (book.entry(section, id) or {}).get("claim_field")
    return field


def leave_outs(book: Rulebook, it: Complete) -> Iterator[tuple[str, _Data, Counter[Lack]]]:
    """The claim without each single thing that requirements() asks for, and what it lacks then."""
    for name, edited in _without_each(book, it):
        yield name, edited, lacking(book, it.holding(edited))


def _without_each(book: Rulebook, it: Complete) -> Iterator[tuple[str, _Data]]:
    claim = it.claim
    for proof in claim["proof_documents"] if it.needs.evidence else ():
        edited = copy.deepcopy(claim)
        edited["proof_documents"].remove(proof)
        field = _field_of(book, "evidence_kinds", proof["evidence"])
        if field is not None:
            _empty(edited, field)  # what stands there is this evidence, too
        yield f"evidence {proof['evidence']}", edited
    for element in it.needs.core or ():
        edited = copy.deepcopy(claim)
        for proof in edited["proof_documents"]:
            proof["shows"].remove(element)
        yield f"core {element}", edited
    for id in [id for need in it.needs.metrics or () for id in need.alternatives[0]]:
        edited = copy.deepcopy(claim)
        edited.pop(_field_of(book, "metrics", id) or "", None)
        edited["metrics"].pop(id, None)
        yield f"metric {id}", edited
    yield "spending proof", {**claim, "third_party_invoices": []}


def _empty(claim: _Data, field: str) -> None:
    if isinstance(claim.get(field), list):
        claim[field] = []
    else:
        claim.get(field, {}).pop("file", None)


def further_leave_outs(book: Rulebook, it: Complete, codes: frozenset[str]) -> Iterator[tuple[str, _Data, str]]:
    """The claim without what requirements() asks for beside evidence and figures, and the code that says so.

    A rule that is not there says nothing; that all of them are there, tests/rules/test_programme.py knows.
    """
    claim, fields = it.claim, (it.needs.activity.fields.get("pre_approval") or {}).get("stages", ())
    wanted: list[tuple[str, _Data, str]] = []
    if fields:
        wanted.append(("pre-approval id", _less(claim, "pre_approval_id"), "POE320"))
        for key in ("approved_on", "final_review_on")[: len(fields)]:
            wanted.append((key, {**claim, "pre_approval": _less(claim["pre_approval"], key)}, "POE320"))
    if it.needs.combines and claim.get("tactics"):
        wanted.append(("tactics", _less(claim, "tactics"), "POE531"))
    branded = any((book.entry("core_elements", id) or {}).get("branded") for id in it.needs.core or ())
    for check in claim.get("brand_check", ()) if branded else ():
        rest = [other for other in claim["brand_check"] if other != check]
        wanted.append((f"brand check {check}", {**claim, "brand_check": rest}, "POE545"))
    entries = [book.entry("evidence_kinds", id) or {} for need in it.needs.evidence or () for id in need.ids]
    if any(entry.get("depends_on") == "channels" for entry in entries):
        wanted.append(("channels", _less(claim, "channels"), "POE514"))
    line = claim["third_party_invoices"][0]["lines"][0]
    if any(line["category"] in entry.get("course_code_for", ()) for entry in entries):
        for key in ("course_code", "completed_on"):
            edited = copy.deepcopy(claim)
            del edited["third_party_invoices"][0]["lines"][0][key]
            wanted.append((key, edited, "POE418"))
    yield from (entry for entry in wanted if entry[2] in codes)


def _less(data: _Data, key: str) -> _Data:
    return {name: value for name, value in data.items() if name != key}
