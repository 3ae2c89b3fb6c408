"""Findings that somebody set aside, and waivers that set nothing aside or have run out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

from msgspec.structs import replace

from poe_pack.documents.fault import Code
from poe_pack.documents.repository import Document
from poe_pack.findings import NOWHERE, Finding, Severity, Waived
from poe_pack.model import Claim, Waiver

UNUSED_WAIVER = Code(
    "POE910",
    "unused-waiver",
    Severity.WARNING,
    """
    ## What it checks
    A waiver sets a finding aside that is really there.

    ## Why
    A waiver that nobody needs hides the next fault of its kind.

    ## Example
    A waiver of POE501 in a claim in which every proof document has its note.

    ## How to fix
    Delete the waiver, or correct its rule and path.

    ## Source
    The project's own rule.
    """,
)
EXPIRED_WAIVER = Code(
    "POE911",
    "expired-waiver",
    Severity.WARNING,
    """
    ## What it checks
    A waiver's last day has not passed. The finding that it set aside is back.

    ## Why
    A waiver is given for a time, so that somebody looks again.

    ## Example
    `until: "2026-06-30"` on 1 July 2026.

    ## How to fix
    Mend what the waiver is about, or have it approved again with a new last day.

    ## Source
    The project's own rule.
    """,
)
CODES = (UNUSED_WAIVER, EXPIRED_WAIVER)


def apply_waivers(
    findings: Sequence[Finding],
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    today: date,
    idle: Mapping[str, Set[str]],
) -> tuple[list[Finding], list[Finding]]:
    """Split findings into those that stand and those that are waived; adds findings about the waivers.

    `idle` holds, by a claim's file, the codes of rules that could not run on it: because they were switched off or not
    selected, or because of a fault in what they read. A waiver of such a rule is not called unused.
    """
    by_file: dict[str, list[tuple[int, Waiver]]] = {
        claim.file: list(enumerate(claim.waivers)) for claim in claims if claim.waivers
    }
    by_rule: dict[tuple[str, str], list[tuple[int, Waiver]]] = {}
    for file, waivers in by_file.items():
        for pair in waivers:
            by_rule.setdefault((file, pair[1].rule), []).append(pair)
    used: set[tuple[str, int]] = set()
    standing: list[Finding] = []
    waived: list[Finding] = []
    for finding in findings:
        matches = [pair for pair in by_rule.get((finding.file, finding.code), ()) if _covers(pair[1], finding)]
        if not matches:
            standing.append(finding)
            continue
        # One that was renewed below an old entry is the one that counts.
        index, waiver = max(matches, key=lambda pair: _is_in_force(pair[1], today))
        used.add((finding.file, index))
        if waiver.until is not None and _is_in_force(waiver, today):
            waived.append(replace(finding, waived=Waived(waiver.reason, waiver.approved_by, waiver.until)))
        else:
            standing.append(finding)
    for file, waivers in by_file.items():
        for index, waiver in waivers:
            is_used = (file, index) in used
            if documents[file].is_sound([f"/waivers/{index}"]) and (is_used or waiver.rule not in idle[file]):
                standing += _about(documents[file], index, waiver, is_used, today)
    return standing, waived


def _is_in_force(waiver: Waiver, today: date) -> bool:
    return waiver.until is not None and waiver.until >= today


def _covers(waiver: Waiver, finding: Finding) -> bool:
    """Reading and schema findings cannot be waived: nobody knows what such a document says."""
    inside = waiver.path is None or f"{finding.path}/".startswith(f"{waiver.path.rstrip('/')}/")
    return finding.code >= "POE200" and inside


def _about(document: Document, index: int, waiver: Waiver, used: bool, today: date) -> Iterator[Finding]:
    if used and _is_in_force(waiver, today):
        return
    code = EXPIRED_WAIVER if used else UNUSED_WAIVER
    path = f"/waivers/{index}/" + ("until" if used else "rule")
    tree = document.open()
    yield Finding(
        code=code.code,
        name=code.name,
        severity=code.severity,
        message=code.code,
        values={"rule": waiver.rule, "until": waiver.until, "approved_by": waiver.approved_by},
        file=document.file,
        position=tree.places.value(path) if tree is not None else NOWHERE,
        path=path,
        document=document.id,
        stable_path=f"/waivers/{waiver.rule}",
    )
