"""Applies fixes: edits by position that leave everything else of a file as it is, byte for byte."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from poe_pack.documents.characters import Lines
from poe_pack.documents.files import read_start
from poe_pack.documents.reader import MAX_BYTES
from poe_pack.documents.repository import read_document
from poe_pack.editing.whole import ChangedMeanwhile, replace_file
from poe_pack.findings import Edit, Finding, Fix


class CannotFix(Exception):
    """A file that cannot be fixed as it is now; the text says why."""


class Mended(Struct, frozen=True):
    """A file before and after its safe fixes; `count` is how many there were."""

    file: str
    path: Path
    before: bytes
    after: bytes
    count: int


def mend(base: Path, findings: Iterable[Finding]) -> Iterator[Mended]:
    """Work out the safe fixes of findings, file by file; nothing is written.

    Raises CannotFix for a file that has changed since it was checked.
    """
    fixes: dict[str, list[Fix]] = {}
    for finding in findings:
        if finding.fix is not None and finding.fix.safe:
            fixes.setdefault(finding.file, []).append(finding.fix)
    for file, wanted in sorted(fixes.items()):
        before = _read(base, file)
        _must_be_as_checked(base, file, before, wanted)
        yield Mended(file, base / file, before, apply(before, wanted), len(wanted))


def _read(base: Path, file: str) -> bytes:
    try:
        return read_start(base / file, MAX_BYTES + 1)
    except OSError as error:
        raise CannotFix(f"{file} cannot be read any more: {error.strerror or error}") from error


def _must_be_as_checked(base: Path, file: str, before: bytes, wanted: Sequence[Fix]) -> None:
    """Places are those of the text that was checked: the file must still have these faults at these places."""
    found = {fault.fix for fault in read_document(base, file).faults}
    if any(fix not in found for fix in wanted) or _read(base, file) != before:
        raise CannotFix(f"{file} has changed since it was checked; run the command again")


def apply(raw: bytes, fixes: Iterable[Fix]) -> bytes:
    """The text with the edits of all fixes made. Raises ValueError for places that it does not have.

    Of fixes that touch the same characters the first is made; the others are left for another run.
    """
    text = raw.decode("utf-8")
    lines = Lines(text)
    taken: list[tuple[int, int, str]] = []
    for fix in fixes:
        spans = [_span(lines, edit) for edit in fix.edits]
        if not any(_meet(one, other) for one in spans for other in taken):
            taken += spans
    # A blank sorts before every word: made last, it stands before what was inserted at its place.
    for start, end, new in sorted(taken, reverse=True):
        text = text[:start] + new + text[end:]
    return text.encode("utf-8")


def _span(lines: Lines, edit: Edit) -> tuple[int, int, str]:
    line, column, end_line, end_column = edit.position
    return lines.offset(line, column), lines.offset(end_line, end_column), edit.text


def _meet(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two spans share a character, or both insert words at one place: blanks can stand before words."""
    return (one[:2] == other[:2] and one[2].isspace() == other[2].isspace()) or (
        one[0] < other[1] and other[0] < one[1]
    )


def write(mended: Mended) -> None:
    """Write whole or not at all, with the rights that the file had. Raises CannotFix where it has changed meanwhile."""
    try:
        replace_file(mended.path, mended.after, mended.before)
    except ChangedMeanwhile as error:
        raise CannotFix(f"{mended.file} has changed since it was checked; run the command again") from error
    except OSError as error:
        raise CannotFix(f"cannot write {mended.file}: {error.strerror or error}") from error


def diff(mended: Mended) -> str:
    """The fixes of a file as a unified diff with paths relative to the git root."""
    before, after = (_lines_of(raw) for raw in (mended.before, mended.after))
    out = difflib.unified_diff(before, after, f"a/{mended.file}", f"b/{mended.file}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in out)


def _lines_of(raw: bytes) -> list[str]:
    """Lines as git counts them: each ends in a line feed, but for a last one."""
    lines = raw.decode("utf-8").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
