"""Whether a packet that lies there already is the one that would be made now."""

from __future__ import annotations

from pathlib import Path

from poe_pack.documents.files import read_start
from poe_pack.evidence.attached import MAX_MANIFEST
from poe_pack.evidence.files import inspect_file
from poe_pack.packet.folder import files_below
from poe_pack.packet.manifest_reading import MANIFEST, PACKET, Manifest, NoManifest, read_manifest
from poe_pack.packet.sealing import Seal, seal_of


def is_there(folder: Path) -> bool:
    """Whether a packet may lie in `folder`, before its basis is worked out."""
    return (folder / MANIFEST).is_file()


def unchanged(folder: Path, basis: str) -> Manifest | None:
    """The manifest of the packet in `folder` where it has this basis and each of its files is as it was made."""
    try:
        raw = read_start(folder / MANIFEST, MAX_MANIFEST)
        manifest = read_manifest(raw)
        if manifest.basis != basis or seal_of(folder / PACKET, raw) is not Seal.WHOLE:
            return None
    except (OSError, NoManifest):
        return None
    if (folder / PACKET).is_symlink() or set(files_below(folder)) != {
        MANIFEST,
        PACKET,
        *(file.path for file in manifest.outputs),
    }:
        return None
    same = (inspect_file(folder, file.path, max_bytes=file.bytes).sha256 == file.sha256 for file in manifest.outputs)
    return manifest if all(same) else None
