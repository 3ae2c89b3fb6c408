"""SHA256SUMS: what `sha256sum` writes and reads, and what nobody can read."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.evidence import sums
from poe_pack.evidence.sums import MAX_BYTES, Sums, SumsFault, parse_sums, plain_path, read_sums, render_sums

A, B = "a" * 64, "b" * 64
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(plain_path)


@given(st.dictionaries(NAMES, st.binary(min_size=1, max_size=4).map(lambda raw: hashlib.sha256(raw).hexdigest())))
def test_what_is_written_is_read(digests: dict[str, str]) -> None:
    raw = render_sums(digests)
    read = parse_sums(raw)
    assert read.digests == digests
    assert read.is_readable
    assert read.sha256 == hashlib.sha256(raw).hexdigest()
    assert list(read.lines.values()) == list(range(1, len(digests) + 1))


def test_sha256sum_reads_and_writes_the_same(tmp_path: Path) -> None:
    names = ["evidence/a b.pdf", "evidence/é, 会议.png", "evidence/back\\slash.txt", "#sharp", "*star"]
    (tmp_path / "evidence").mkdir()
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    mine = render_sums({name: hashlib.sha256(name.encode()).hexdigest() for name in names})
    (tmp_path / "SHA256SUMS").write_bytes(mine)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)
    done = subprocess.run(["sha256sum", "--", *sorted(names)], cwd=tmp_path, check=True, capture_output=True)
    assert done.stdout == mine
    (tmp_path / names[0]).write_bytes(b"other")
    changed = subprocess.run(["sha256sum", "--check", "--status", "SHA256SUMS"], cwd=tmp_path, check=False)
    assert changed.returncode == 1


@pytest.mark.parametrize(
    ("text", "digests", "unreadable"),
    [
        ("", {}, ()),
        (f"{A}  x\n{B} *y\n", {"x": A, "y": B}, ()),
        (f"{A.upper()}  ./x//y", {"x/y": A}, ()),
        (f"{A}  x\r\n{B}  y\r\n", {"x": A, "y": B}, ()),
        (f"\n# {A}  x\n   \n{B}  y", {"y": B}, ()),
        (f"{A}  x\n{A}  x\n", {"x": A}, ()),
        (f"{A}  x\n{B}  ./x\n", {"x": A}, (2,)),
        (f"{A} x\n{A}\n{A[1:]}  x\n{A}f  x\n", {}, (1, 2, 3, 4)),
        (f"{A[1:]}g  x\nSHA256 (x) = {A}\n", {}, (1, 2)),
        (f"\\{A}  a\\\\b\n\\{B}  a\\nb\n", {"a\\b": A, "a\nb": B}, ()),
        (f"\\{A}  a\\tb\n{A}  a\\nb\n", {"a\\nb": A}, (1,)),
        (f"{A}   x \n", {" x ": A}, ()),
    ],
)
def test_lines(text: str, digests: dict[str, str], unreadable: tuple[int, ...]) -> None:
    read = parse_sums(text.encode())
    assert (read.digests, read.unreadable) == (digests, unreadable)
    assert read.is_readable == (not unreadable)


def test_what_is_no_such_file(tmp_path: Path) -> None:
    assert read_sums(tmp_path) is None
    (tmp_path / "SHA256SUMS").write_bytes(b"\xff")
    assert read_sums(tmp_path) == Sums(fault=SumsFault.NOT_TEXT)
    (tmp_path / "SHA256SUMS").write_bytes(b"#" * (MAX_BYTES + 1))
    assert read_sums(tmp_path) == Sums(fault=SumsFault.TOO_LARGE)
    (tmp_path / "SHA256SUMS").write_bytes(b"#" * MAX_BYTES)
    assert read_sums(tmp_path) is not None
    (tmp_path / "SHA256SUMS").unlink()
    (tmp_path / "SHA256SUMS").symlink_to("other")
    assert read_sums(tmp_path) == Sums(fault=SumsFault.NOT_A_FILE)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "no")

    monkeypatch.setattr(sums, "read_start", refuse)
    read = read_sums(tmp_path)
    assert read == Sums(fault=SumsFault.UNREADABLE)
    assert not read.is_readable
