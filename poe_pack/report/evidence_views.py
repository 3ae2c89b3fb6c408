"""The evidence of claims as a table for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from poe_pack import __version__
from poe_pack.evidence.facts import FileState
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.report.data import as_text
from poe_pack.report.evidence import ClaimEvidence, EvidenceRow, Standing
from poe_pack.report.table import BOLD, DIM, GREEN, RED, Column, styled, table
from poe_pack.report.text import shorten
from poe_pack.validation.result import ChecklistItem

SCHEMA_VERSION = 1

_NARROWEST = 40
_DIGEST = 12
_NONE = "–"
_STYLES = {
    Standing.LOCKED: GREEN,
    Standing.CHANGED: BOLD + RED,
    Standing.FAULTY: RED,
    Standing.NOT_LOCKED: BOLD,
    Standing.NOT_NAMED: DIM,
}


def render_evidence(claims: Sequence[ClaimEvidence], *, color: bool, width: int, language: str = "en") -> str:
    """For each claim a line of its own, a table of its files, and what it still needs. Ends with a line break.

    Lines are at most `width` columns wide (at least 40) unless digests and sizes need more. Colour says nothing that is
    not said in words.
    """
    words, width = catalogue(language), max(width, _NARROWEST)
    blocks = ["\n".join(_claim(claim, words, width, color)) for claim in claims]
    return "\n\n".join(blocks or [words.text("evidence.list.none")]) + "\n"


def _claim(claim: ClaimEvidence, words: Catalogue, width: int, color: bool) -> Iterator[str]:
    yield styled(shorten(visible(f"{claim.id}: {claim.name}"), width), BOLD, color)
    if claim.rows:
        yield from table(list(_columns(claim.rows, words)), width, color)
    else:
        yield words.text("evidence.list.no_files")
    if claim.sums is None and claim.rows and not claim.is_closed:
        yield words.text("evidence.list.no_sums")
    if claim.sums is not None and not claim.sums.is_readable:
        yield words.text("evidence.list.unreadable_sums")
    for item in claim.needed:
        # Whole, whatever the width: it is what somebody has to do.
        yield visible(words.text("evidence.list.needed", what=item.subject, kinds=" | ".join(item.kinds)))


def _columns(rows: Sequence[EvidenceRow], words: Catalogue) -> Iterator[Column]:
    what = tuple(_NONE if row.what is None else visible(words.say(row.what)) for row in rows)
    yield Column(words.text("evidence.list.column.what"), what, least=14)
    yield Column(words.text("evidence.list.column.file"), tuple(visible(row.file) for row in rows), least=18)
    yield Column(words.text("evidence.list.column.size"), tuple(_size(row.size) for row in rows), right=True)
    yield Column(words.text("evidence.list.column.kind"), tuple(row.media_type or _NONE for row in rows), rank=1)
    digests = tuple(_NONE if row.sha256 is None else row.sha256[:_DIGEST] for row in rows)
    yield Column(words.text("evidence.list.column.digest"), digests, rank=2)
    states = tuple(_state(row, words) for row in rows)
    yield Column(
        words.text("evidence.list.column.state"), states, styles=tuple(_STYLES.get(r.standing, "") for r in rows)
    )


def _state(row: EvidenceRow, words: Catalogue) -> str:
    faulty = row.standing is Standing.FAULTY and row.state is not None
    return words.text(f"evidence.list.state.{row.state if faulty else row.standing}")


def _size(size: int | None) -> str:
    """Bytes in steps of a thousand, three digits at most: 812 B, 48.2 kB, 1.3 MB."""
    if size is None:
        return _NONE
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{size} B" if unit == "B" else f"{value:.1f} {unit}"


def evidence_json(claims: Sequence[ClaimEvidence], as_of: date) -> str:
    """The same as JSON (`evidence.schema.json`), texts in English."""
    return as_text(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "poe-pack", "version": __version__},
            "as_of": as_of.isoformat(),
            "claims": [_claim_data(claim, catalogue()) for claim in claims],
        }
    )


def _claim_data(claim: ClaimEvidence, words: Catalogue) -> dict[str, Any]:
    sums = claim.sums
    named = [row for row in claim.rows if row.path is not None and row.standing is not Standing.KEPT_OUTSIDE]
    return {
        "id": claim.id,
        "file": claim.file,
        "sums": None if sums is None else {"sha256": sums.sha256, "readable": sums.is_readable},
        "files": [_named(row, words) for row in named],
        "not_named": [_file(row) for row in claim.rows if row.standing is Standing.NOT_NAMED],
        "kept_outside": [_kept(row) for row in claim.rows if row.standing is Standing.KEPT_OUTSIDE],
        "needed": [_needed(item, words) for item in claim.needed],
    }


def _named(row: EvidenceRow, words: Catalogue) -> dict[str, Any]:
    what = None if row.what is None else words.say(row.what)
    # Whether it is of use says `state`; whether it is as it was says `lock`.
    locks = (Standing.LOCKED, Standing.CHANGED, Standing.NOT_LOCKED)
    lock = row.standing.value if row.standing in locks else None
    return {"path": row.path, "proves": what, "evidence": row.kind, **_file(row), "lock": lock}


def _file(row: EvidenceRow) -> dict[str, Any]:
    state = row.state or FileState.MISSING
    return {"file": row.file, "state": state.value, "bytes": row.size, "kind": row.media_type, "sha256": row.sha256}


def _kept(row: EvidenceRow) -> dict[str, Any]:
    return {"path": row.path, "evidence": row.kind, "place": row.file, "bytes": row.size, "sha256": row.sha256}


def _needed(item: ChecklistItem, words: Catalogue) -> dict[str, Any]:
    return {"name": words.say(item.subject), "any_of": list(item.kinds), "state": item.state.value}
