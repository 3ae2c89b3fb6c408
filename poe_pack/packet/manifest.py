"""`manifest.json`: what a packet holds and what it was made from, for `verify` and for auditors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from poe_pack import __version__
from poe_pack.model import KeptOutside
from poe_pack.packet.manifest_reading import SCHEMA_VERSION
from poe_pack.packet.pages import LaidOut
from poe_pack.packet.record import Digest
from poe_pack.packet.sealing import UNSEALED
from poe_pack.packet.view import PacketView


def digest_file(path: Path, name: str) -> Digest:
    """Size and SHA-256 of a file that was just written."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    return Digest(name, size, digest.hexdigest())


def manifest_of(
    view: PacketView, laid: LaidOut, paper: str, basis: str, inputs: Sequence[Digest], outputs: Sequence[Digest]
) -> Mapping[str, Any]:
    """The manifest as data, not sealed yet; schemas/manifest.schema.json describes it."""
    book = view.rulebook
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "poe-pack", "version": __version__},
        "rulebook": (
            {"id": view.of.rulebook_id, "version": None, "sha256": None}
            if book is None
            else {"id": book.id, "version": book.version, "sha256": book.sha256}
        ),
        "rules_off": [{"rule": rule.code, "reason": rule.reason} for rule in view.result.rules_off],
        "claim": view.claim.id,
        "round": view.round,
        "draft": view.draft,
        "language": view.speech.language,
        "paper": paper,
        "commit": {"sha": view.commit.sha, "note": view.commit.note},
        "keep_until": view.of.keep_until.isoformat() if view.of.keep_until is not None else None,
        "pages": len(laid.document.pages),
        "exhibits": [_exhibit(view, laid, place) for place in range(len(view.exhibits))],
        "kept_outside": [_kept(proof.evidence, kept) for proof, kept in view.kept_outside],
        "inputs": [_file(digest) for digest in inputs],
        "outputs": [_file(digest) for digest in outputs],
        "basis": basis,
        "seal": UNSEALED,  # stays last: sealing finds it there
    }


def manifest_text(manifest: Mapping[str, Any]) -> str:
    """The manifest as it is written: indented, in its own order, with a final line feed."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _exhibit(view: PacketView, laid: LaidOut, place: int) -> Mapping[str, Any]:
    taken = view.exhibits[place]
    first = laid.numbers[f"{taken.exhibit.anchor}-1"]
    return {
        "tag": taken.exhibit.tag,
        "kind": taken.exhibit.kind.value,
        "source": taken.exhibit.source,
        "url": taken.exhibit.url,
        "upload": taken.exhibit.upload if taken.facts is not None and taken.facts.sha256 is not None else None,
        "first_page": first,
        "last_page": first + taken.printed_pages - 1,
        "shown": bool(taken.pages),
    }


def _kept(evidence: str, kept: KeptOutside) -> Mapping[str, Any]:
    return {"evidence": evidence, "place": kept.place, "bytes": kept.bytes, "sha256": kept.sha256}


def _file(digest: Digest) -> Mapping[str, Any]:
    return {"path": digest.name, "bytes": digest.size, "sha256": digest.sha256}
