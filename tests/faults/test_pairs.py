"""Two planted faults are two findings; a third never appears, and one silences the other only where it must.

What silences another fault, as `silenced` works it out apart from the engine:

- A fault of reading or schema silences a rule that reads the faulty place: nobody knows what it says.
- A fault that makes a document unreadable, or that may change all of it (U+0085 in a comment ends it for some
  readers, and a key follows), silences all else that is wrong with the document.
- A claim whose plan, campaign or activity is not there (POE210) is not compared with it.
- A claim whose activity type is not in the rulebook (POE310) is not asked for what that type needs.
- A waiver is not called unused where a common document (plan, partner, funds) has a fault: what was waived may be
  silenced by that.
"""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import combinations, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from poe_pack.documents.repository import Document, read_document
from poe_pack.findings import Finding
from poe_pack.rules.base import Rule, When
from poe_pack.rules.registry import all_rules
from poe_pack.validation.validate import validate
from tests.faults.table import planted
from tests.rules.harness import OF_THE_DAY, Case, base, build, place_of

COUNT = 400
PLAN = "plans/fy27-hosting.yaml"
RULES = {rule.code: rule for rule in all_rules()}
Told = tuple[str, str, str, tuple[int, int]]


def simple(case: Case) -> bool:
    """Whether a case is edits of the base alone, with its place marked, that leave a claim in its flow."""
    flow = any("flow:" in edit.get("replace", "") + edit.get("with", "") for edit in case.data.get("edits", []))
    kept = set(case.data) == {"edits", "expect"} and case.expected[0].at is None and case.code not in OF_THE_DAY
    return kept and not flow


def regions(case: Case) -> set[tuple[str, int]]:
    """Files and lines of the base that a case edits; lines that it adds belong to those beside them."""
    found: set[tuple[str, int]] = set()
    for edit in case.data["edits"]:
        text = base()[0][edit["file"]]
        if "cut" in edit:
            start, end = (text.find(part) for part in edit["cut"])
        else:
            old = edit["mark"].replace("«", "").replace("»", "") if "mark" in edit else edit["replace"]
            start = text.find(old)
            end = start + len(old)
        if start >= 0:
            first, last = text.count("\n", 0, start), text.count("\n", 0, end)
            found |= {(edit["file"], line) for line in range(first - 1, last + 2)}
    return found


def both(one: Case, other: Case) -> dict[str, Any]:
    return {key: [*one.data[key], *other.data[key]] for key in ("edits", "expect")}


_ALONE: dict[str, tuple[Finding, Document]] = {}


def alone(case: Case) -> tuple[Finding, Document]:
    """The finding of a case by itself, and its document as it was read."""
    if case.id not in _ALONE:
        with TemporaryDirectory() as folder:
            build(case.data, Path(folder))
            result = validate(case.options(Path(folder)))
            (finding,) = result.findings
            _ALONE[case.id] = finding, read_document(result.base, finding.file)
    return _ALONE[case.id]


def pairs() -> list[tuple[Case, Case]]:
    """As good as random, yet nearly the same when cases are added: the pairs whose names hash to the least."""
    cases = [case for case in planted() if simple(case)]
    ranked = sorted(combinations(cases, 2), key=lambda pair: sha256(f"{pair[0].id} {pair[1].id}".encode()).digest())
    return list(islice((pair for pair in ranked if are_apart(*pair)), COUNT))


def are_apart(one: Case, other: Case) -> bool:
    """Whether two cases edit different places, and neither compares with what the other takes away.

    An invoice that stands in two claims, or claims beyond their funds, are no fault once the other case has changed
    that invoice or amount.
    """
    comparing = any(case.code in RULES and RULES[case.code].finish is not None for case in (one, other))
    if comparing and one.code in RULES and other.code in RULES:
        return False
    return not regions(one) & regions(other) and not (moves_the_ground(one, other) or moves_the_ground(other, one))


def moves_the_ground(one: Case, other: Case) -> bool:
    """Whether a case changes the plan, or when a claim was handed in, by which the rule of the other judges."""
    if other.code not in RULES or one.code not in RULES:
        return False
    texts = [edit.get("replace", "") + edit.get("with", "") + str(edit.get("cut", "")) for edit in one.data["edits"]]
    plan = any(edit["file"] == PLAN for edit in one.data["edits"])
    return plan or any("status:" in text or "submissions" in text or "  at:" in text for text in texts)


def told(case: dict[str, Any], root: Path) -> tuple[list[Told], list[Told]]:
    """What is expected by the marks of both cases, and what is found."""
    whole = Case("both", "", False, case)
    places = build(case, root)
    wanted = [
        (entry.code, entry.message, place.file, place.start)
        for entry, place in zip(whole.expected, places, strict=True)
    ]
    result = validate(whole.options(root))
    spots = [(finding, place_of(finding, result, root)) for finding in result.findings]
    return wanted, [(finding.code, finding.message, place.file, place.start) for finding, place in spots]


def overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def rules_behind(lost: Finding, case: Case) -> list[Rule]:
    """The rule that found something; of an unused waiver the rule that it waives."""
    if lost.code != "POE910":
        return [RULES[lost.code]] if lost.code in RULES else []
    text = "".join(edit.get("with", "") for edit in case.data["edits"])
    return [RULES[code] for code in re.findall("POE[0-9]{3}", text) if code in RULES]


def reads_of(lost: Finding) -> tuple[str, ...]:
    return RULES[lost.code].reads if lost.code in RULES else ()


def silenced(lost: Finding, case: Case, by: Finding, document: Document) -> bool:
    """Whether a fault of reading or schema takes away the ground that another finding stands on."""
    if by.code in RULES:  # rules do not know of each other
        ground = {"POE210": "plan:", "POE310": "/activity_type"}.get(by.code)
        return ground is not None and any(read.startswith(ground) for read in reads_of(lost))
    if lost.file == by.file and (document.tree is None or "" in document.broken):
        return True  # what it says, nobody knows
    if lost.code == "POE910" and document.kind != "claim" and document.broken:
        return True
    return any(_needs(rule, lost, by, document) for rule in rules_behind(lost, case))


def _needs(rule: Rule, lost: Finding, by: Finding, document: Document) -> bool:
    """Whether a rule reads what the fault concerns: of its own document, of the plan, or of all documents."""
    reads = [*rule.reads, "/status"] if rule.when is When.SUBMISSION else list(rule.reads)
    own = [read for read in reads if not read.startswith("plan:")]
    of_plan = [read.removeprefix("plan:") for read in reads if read.startswith("plan:")]
    elsewhere = of_plan if by.file == PLAN else []
    concerned = own if lost.file == by.file or rule.finish is not None else elsewhere
    return (
        bool(concerned)
        if document.tree is None
        else any(overlap(broken, read) for broken in document.broken for read in concerned)
    )


PAIRS = pairs()


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[f"{one.id}+{other.id}" for one, other in PAIRS])
def test_two_faults_are_two_findings(one: Case, other: Case, tmp_path: Path) -> None:
    wanted, found = told(both(one, other), tmp_path)
    missing = [entry for entry in wanted if entry not in found]
    assert [entry for entry in found if entry not in wanted] == [], "a third finding"
    assert len(found) == len(wanted) - len(missing)
    for entry in missing:
        (lost, by) = (one, other) if entry == wanted[0] else (other, one)
        assert silenced(alone(lost)[0], lost, *alone(by)), f"{entry} is missing; found: {found}"
