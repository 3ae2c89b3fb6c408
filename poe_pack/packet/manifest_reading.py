"""Reads a manifest back, whoever wrote it: into values whose names and digests are checked."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from poe_pack.evidence.files import is_safe_name

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
PACKET = "packet.pdf"

_Text = Annotated[str, Meta(min_length=1, max_length=1000)]
_Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}\\Z")]
_Commit = Annotated[str, Meta(pattern="^([0-9a-f]{40}|[0-9a-f]{64})\\Z")]
_Number = Annotated[int, Meta(ge=1)]


class NoManifest(ValueError):
    """Bytes that are no manifest, or one that this version does not know; the text is the end of a message key."""


class Tool(Struct, frozen=True, forbid_unknown_fields=True):
    name: _Text
    version: _Text


class Rulebook(Struct, frozen=True, forbid_unknown_fields=True):
    id: _Text
    version: str | None
    sha256: _Sha256 | None


class RuleOff(Struct, frozen=True, forbid_unknown_fields=True):
    rule: _Text
    reason: str


class Commit(Struct, frozen=True, forbid_unknown_fields=True):
    """As `poe_pack.git.CommitStamp`."""

    sha: _Commit | None
    note: Literal["changed", "no_git", "no_repository", "no_commit", "failed"] | None


class ShownExhibit(Struct, frozen=True, forbid_unknown_fields=True):
    tag: _Text
    kind: _Text
    source: str | None
    url: str | None
    upload: str | None
    first_page: _Number
    last_page: _Number
    shown: bool


class KeptOutside(Struct, frozen=True, forbid_unknown_fields=True):
    """Evidence that for privacy is not in the repository."""

    evidence: _Text
    place: str
    bytes: Annotated[int, Meta(ge=0)] | None
    sha256: _Sha256 | None


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A file by its path, its size in bytes and its SHA-256 as 64 hex digits."""

    path: _Text
    bytes: Annotated[int, Meta(ge=0)]
    sha256: _Sha256


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What `schemas/manifest.schema.json` describes. Paths are relative, stay in their folder and show on one line.

    Not so the `source` of an exhibit: a draft may name a file by a path that no file may have.
    """

    schema_version: int
    tool: Tool
    rulebook: Rulebook
    rules_off: tuple[RuleOff, ...]
    claim: _Text
    round: _Number
    draft: bool
    language: _Text
    paper: _Text
    commit: Commit
    keep_until: str | None
    pages: _Number
    exhibits: tuple[ShownExhibit, ...]
    kept_outside: tuple[KeptOutside, ...]
    inputs: tuple[File, ...]
    outputs: tuple[File, ...]
    basis: _Sha256
    seal: _Sha256


class _Version(Struct, frozen=True):
    schema_version: int


def read_manifest(raw: bytes) -> Manifest:
    """The manifest that `raw` holds. Raises NoManifest."""
    try:
        if msgspec.json.decode(raw, type=_Version).schema_version != SCHEMA_VERSION:
            raise NoManifest("other_version")
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NoManifest("no_manifest") from error
    names = [file.path for file in (*manifest.inputs, *manifest.outputs)]
    names += [exhibit.upload for exhibit in manifest.exhibits if exhibit.upload is not None]
    if not all(map(is_safe_name, names)):
        raise NoManifest("no_manifest")
    return manifest
