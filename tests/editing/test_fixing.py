"""Fixes: they mend what they say, leave everything else as it is, and need no second run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.documents.reader import read_tree
from poe_pack.documents.repository import read_document
from poe_pack.editing.fixing import CannotFix, Mended, apply, diff, mend, write
from poe_pack.findings import Edit, Finding, Fix, Position
from poe_pack.validation.running import document_findings

words = st.sampled_from(
    [
        "NO",
        "y",
        "~",
        "01234",
        "0x1F",
        "12:30",
        "1_000",
        "1e3",
        "+1",
        ".5",
        "5.",
        ".inf",
        "=",
        "word",
        "1",
        "true",
        '"q"',
    ]
)
entries = st.one_of(
    words.map("v: {}\n".format),
    words.map("{}: v\n".format),
    words.map("v: &a {}\n".format),
    words.map("- {}\n".format),
    st.tuples(words, words).map(lambda pair: "v: [{},\n{}\n]\n".format(*pair)),
    st.tuples(words, words).map(lambda pair: "v: {{{}: {}}}  # é {}\n".format(*pair, "NO")),
    words.map('v: "a\n{}"#c\r\n'.format),
)
texts = st.tuples(st.sampled_from(["", "\ufeff"]), st.lists(entries, max_size=6).map("".join)).map("".join)


def fixes(raw: bytes) -> list[Fix]:
    return [fault.fix for fault in read_tree(raw)[1] if fault.fix is not None]


@given(texts)
def test_what_is_fixed_has_no_such_finding_and_is_not_fixed_again(text: str) -> None:
    raw = text.encode()
    fixed = apply(raw, fixes(raw))
    assert fixes(fixed) == []
    assert apply(fixed, fixes(fixed)) == fixed


@given(texts)
def test_what_is_fixed_differs_in_quotes_and_blanks_only(text: str) -> None:
    raw = text.encode()
    fixed = apply(raw, fixes(raw)).decode()

    def bare(written: str) -> str:
        return written.replace('"', "").replace(" ", "").replace("\ufeff", "")

    assert bare(fixed) == bare(text)


def findings(root: Path, text: bytes) -> list[Finding]:
    (root / "claim.yaml").write_bytes(text)
    return list(document_findings([read_document(root, "claim.yaml")]))


TEXT = b"# Kept.\r\nkind: claim\r\nname: NO   # Norway\r\nid:   0815\nthird_party_invoices:\n- {number: 10482}"


def test_comments_line_ends_and_zeros_are_kept(tmp_path: Path) -> None:
    (mended,) = mend(tmp_path, findings(tmp_path, TEXT))
    os.chmod(mended.path, 0o640)
    write(mended)
    wanted = TEXT.replace(b"NO ", b'"NO" ').replace(b"0815", b'"0815"').replace(b"10482", b'"10482"')
    assert mended.path.read_bytes() == mended.after == wanted
    assert mended.count == 3
    assert mended.path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["claim.yaml"]


def test_no_quotes_where_the_schema_wants_no_text(tmp_path: Path) -> None:
    found = findings(tmp_path, b"kind: partner\nprofile_complete: yes\n")
    (trap,) = [finding for finding in found if finding.code == "POE017"]
    assert trap.fix is None
    assert [finding.path for finding in found if finding.path == "/profile_complete"] == ["/profile_complete"]


def test_diff_writes_nothing(tmp_path: Path) -> None:
    (mended,) = mend(tmp_path, findings(tmp_path, TEXT))
    text = diff(mended)
    assert text.startswith("--- a/claim.yaml\n+++ b/claim.yaml\n@@ ")
    assert '+name: "NO"   # Norway\r\n' in text
    assert text.endswith("\\ No newline at end of file\n")
    assert mended.path.read_bytes() == TEXT


def test_a_file_that_changed_since_is_left_alone(tmp_path: Path) -> None:
    found = findings(tmp_path, TEXT)
    (mended,) = mend(tmp_path, found)
    mended.path.write_bytes(b"# First.\n" + TEXT)
    with pytest.raises(CannotFix, match="has changed"):
        write(mended)
    with pytest.raises(CannotFix, match="has changed"):
        list(mend(tmp_path, found))
    assert mended.path.read_bytes() == b"# First.\n" + TEXT
    mended.path.unlink()
    with pytest.raises(CannotFix, match="cannot"):
        list(mend(tmp_path, found))
    assert os.listdir(tmp_path) == []


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (mended,) = mend(tmp_path, findings(tmp_path, TEXT))
    mended.path.rename(tmp_path / "other.yaml")
    mended.path.symlink_to("other.yaml")
    with pytest.raises(CannotFix):
        write(mended)
    assert (tmp_path / "other.yaml").read_bytes() == TEXT


def test_of_fixes_that_meet_one_is_made() -> None:
    one, other = (Fix("fix.quote", True, (Edit(Position(1, 1, 1, 3), text),)) for text in "xy")
    assert apply(b"abc", [one, other]) == b"xc"
    with pytest.raises(ValueError, match="no line"):
        apply(b"abc", [Fix("fix.quote", True, (Edit(Position(2, 1, 2, 1), '"'),))])


def test_a_fix_that_is_not_safe_is_not_made(tmp_path: Path) -> None:
    (finding, *_) = findings(tmp_path, TEXT)
    assert finding.fix is None or finding.fix.safe
    assert list[Mended](mend(tmp_path, [])) == []
