"""What verifying packets tells, as lines for people and as JSON (`schemas/verification.schema.json`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from poe_pack import __version__
from poe_pack.languages import Catalogue
from poe_pack.languages.visible import visible
from poe_pack.packet.manifest_reading import Manifest
from poe_pack.packet.verification import summary_of
from poe_pack.packet.verified import Comparison, FileState, Verdict, Verification

SCHEMA_VERSION = 1

_STATES = (FileState.SAME, FileState.CHANGED, FileState.MISSING, FileState.ADDED)
_PART = 11  # columns of the longest name of a part
_STATE = 7


def lines_of(verification: Verification, words: Catalogue) -> Iterator[str]:
    """A packet that could be checked, line by line; nothing in a line can steer a terminal."""
    manifest = verification.manifest
    assert manifest is not None
    yield visible(_head(verification, manifest, words))
    yield _part("seal", words.text(f"verify.seal.{verification.seal or 'none'}"), words)
    for name, part in verification.comparisons:
        yield _part(name, _counts(part, words), words)
        if name == "commit" and manifest.commit.note == "changed" and part.not_checked is None:
            yield f"    {words.text('verify.made_from_changed')}"
        for file in part.files:
            if file.state is not FileState.SAME:
                yield f"    {words.text(f'verify.file.{file.state}'):<{_STATE}}  {visible(file.path)}"
    yield f"  {words.text(f'verify.verdict.{verification.verdict}')}"


def problem_of(verification: Verification, words: Catalogue) -> str:
    """Why a packet could not be checked, in one line."""
    reason = words.text(f"verify.problem.{verification.problem}", detail=verification.detail)
    return visible(words.text("verify.unusable", name=verification.place.name, reason=reason))


def last_line(verifications: Sequence[Verification], words: Catalogue) -> str:
    """How all packets together stand."""
    return words.text("verify.summary", count=len(verifications), **summary_of(verifications))


def as_json(verifications: Sequence[Verification], words: Catalogue) -> str:
    """All of it as JSON text that ends in a line feed."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "poe-pack", "version": __version__},
        "summary": {"packets": len(verifications), **summary_of(verifications)},
        "packets": [_packet(verification, words) for verification in verifications],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _head(verification: Verification, manifest: Manifest, words: Catalogue) -> str:
    commit = manifest.commit.sha
    head = words.text(
        "verify.head" if commit is not None else "verify.head_without_commit",
        name=verification.place.name,
        claim=manifest.claim,
        round=manifest.round,
        tool=f"{manifest.tool.name} {manifest.tool.version}",
        commit=(commit or "")[:12],
    )
    return words.text("verify.head_draft", head=head) if manifest.draft else head


def _part(name: str, text: str, words: Catalogue) -> str:
    return f"  {words.text(f'verify.part.{name}'):<{_PART}}  {text}"


def _counts(part: Comparison, words: Catalogue) -> str:
    if part.not_checked is not None:
        return words.text("verify.not_checked", reason=words.text(f"verify.not_checked.{part.not_checked}"))
    counted = [(state, part.count(state)) for state in _STATES]
    told = [words.text(f"verify.state.{state}", count=count) for state, count in counted if count]
    return ", ".join(told) or words.text("verify.nothing")


def _packet(verification: Verification, words: Catalogue) -> dict[str, Any]:
    manifest = verification.manifest
    usable = verification.verdict is not Verdict.UNUSABLE
    return {
        "packet": verification.place.name,
        "verdict": verification.verdict.value,
        "problem": None if usable else {"kind": verification.problem, "message": problem_of(verification, words)},
        "claim": None if manifest is None else manifest.claim,
        "round": None if manifest is None else manifest.round,
        "draft": None if manifest is None else manifest.draft,
        "made_by": None if manifest is None else {"name": manifest.tool.name, "version": manifest.tool.version},
        "made_from": None if manifest is None else {"sha": manifest.commit.sha, "note": manifest.commit.note},
        "seal": None if verification.seal is None else verification.seal.value,
        **{name: _comparison(part) for name, part in verification.comparisons},
    }


def _comparison(part: Comparison) -> dict[str, Any]:
    return {
        "checked": part.not_checked is None,
        "reason": part.not_checked,
        "summary": {state.value: part.count(state) for state in _STATES},
        "files": [
            {"path": file.path, "state": file.state.value, "expected": file.expected, "found": file.found}
            for file in part.files
        ],
    }
