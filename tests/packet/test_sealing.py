"""The seal: whole, extended, broken, whatever the bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from poe_pack.packet.sealing import UNSEALED, Seal, seal, seal_of

MANIFEST = f'{{\n  "claim": "x",\n  "seal": "{UNSEALED}"\n}}\n'.encode()


def sealed(folder: Path, head: bytes = b"%PDF-1.7\n", tail: bytes = b"xref\n%%EOF\n") -> tuple[Path, bytes]:
    path = folder / "packet.pdf"
    path.write_bytes(head + MANIFEST + tail)
    return path, seal(path, MANIFEST)


def test_the_sealed_manifest_stands_in_the_file(tmp_path: Path) -> None:
    path, manifest = sealed(tmp_path)
    assert manifest in path.read_bytes()
    assert UNSEALED.encode() not in manifest
    assert len(manifest) == len(MANIFEST)
    assert seal_of(path, manifest) is Seal.WHOLE


@pytest.mark.parametrize("length", [0, 1 << 20, (1 << 20) + 1, (3 << 20) - 7])
def test_pieces_of_every_length(tmp_path: Path, length: int) -> None:
    noise = random.Random(length).randbytes(length)
    path, manifest = sealed(tmp_path, head=noise, tail=noise + b"%%EOF\n" + noise)
    assert seal_of(path, manifest) is Seal.WHOLE


def test_every_single_byte_counts(tmp_path: Path) -> None:
    path, manifest = sealed(tmp_path)
    raw = path.read_bytes()
    for place in range(len(raw)):
        path.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        assert seal_of(path, manifest) is Seal.BROKEN, place
    for end in range(len(raw)):
        path.write_bytes(raw[:end])
        assert seal_of(path, manifest) is Seal.BROKEN, end


def test_what_is_added_behind_is_told_apart(tmp_path: Path) -> None:
    path, manifest = sealed(tmp_path, tail=b"%%EOF inside evidence\nxref\n%%EOF\n")
    raw = path.read_bytes()
    path.write_bytes(raw + b"1 0 obj\nxref\n%%EOF\n")
    assert seal_of(path, manifest) is Seal.EXTENDED
    path.write_bytes(raw.replace(b"evidence", b"Evidence") + b"1 0 obj\nxref\n%%EOF\n")
    assert seal_of(path, manifest) is Seal.BROKEN


def test_a_manifest_that_does_not_end_with_its_seal(tmp_path: Path) -> None:
    path, _ = sealed(tmp_path)
    for manifest in (b"", b"{}\n", MANIFEST.rstrip(), MANIFEST.replace(b"0" * 64, b"0" * 63)):
        assert seal_of(path, manifest) is Seal.BROKEN
        with pytest.raises(ValueError, match="seal"):
            seal(path, manifest)


def test_a_packet_without_its_manifest(tmp_path: Path) -> None:
    path, manifest = sealed(tmp_path)
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")
    assert seal_of(path, manifest) is Seal.BROKEN
    with pytest.raises(ValueError, match="manifest"):
        seal(path, MANIFEST)
    path.write_bytes(b"")
    assert seal_of(path, manifest) is Seal.BROKEN
