"""Takes files into a claim: the copies, the claim's text and its digests, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from poe_pack.documents.reader import MAX_BYTES, read_tree
from poe_pack.documents.repository import SUMS_FILE
from poe_pack.editing.adding import Addition, FileAt, MoreFiles, NewProof, added
from poe_pack.editing.names import folded, safe_name
from poe_pack.editing.whole import ChangedMeanwhile, add_file, content_of, replace_file
from poe_pack.evidence.facts import FileFacts, FileState
from poe_pack.evidence.files import inspect_source, is_safe_name
from poe_pack.evidence.sums import parse_sums, plain_path, read_sums, render_sums
from poe_pack.languages import catalogue
from poe_pack.validation.result import ClaimResult, Result

FOLDER = "evidence"


class CannotTake(Exception):
    """A file that cannot be taken in; each argument is a line: why, and what to do. Nothing was written."""


class Incoming(Struct, frozen=True):
    """A file on its way in: what it is, and its name in the claim (`file`). `is_there`: it need not be copied."""

    source: Path
    file: str
    facts: FileFacts
    is_there: bool


class Intake(Struct, frozen=True):
    """What will be written: copies, the claim's text before and after, and lines for its `SHA256SUMS`.

    `added` are the JSON pointers of what is new in the claim; `sums_unread` says that `SHA256SUMS` has lines that
    nobody can read, and stays as it is.
    """

    folder: Path
    claim: Path
    incoming: tuple[Incoming, ...]
    before: bytes
    after: bytes
    added: tuple[str, ...]
    sums_before: bytes | None
    sums_after: bytes | None
    sums_unread: bool


def look_at_all(result: Result, claim: ClaimResult, sources: Sequence[Path], name: str | None) -> list[Incoming]:
    """Find out what files are, and under which names the claim will have them. Raises CannotTake."""
    found: list[Incoming] = []
    for source in sources:
        one = look_at(result, claim, source, name)
        twin = next((other for other in found if other.facts.sha256 == one.facts.sha256), None)
        if twin is None and any(folded(other.file) == folded(one.file) for other in found):
            raise CannotTake(f"two different files would both be {one.file}; take one of them in with --as")
        if twin is None:
            found.append(one)
    return found


def look_at(result: Result, claim: ClaimResult, source: Path, name: str | None) -> Incoming:
    """Find out what a file is and under which name the claim will have it. Raises CannotTake."""
    folder, settings = result.base / claim.claim.folder, result.settings
    facts = inspect_source(source, max_bytes=settings.evidence_file_bytes)
    if facts.state is not FileState.PRESENT:
        values = {"file": str(source), "limit": settings.evidence_file_megabytes}
        key = "evidence.add.missing" if facts.state is FileState.MISSING else f"POE511.{facts.state.value}"
        raise CannotTake(catalogue().fill(key, values))
    inside = name_inside(folder, source)
    if inside is not None and name is None:
        return Incoming(source, inside, facts, True)
    named = (file for file, known in claim.files.items() if known.sha256 == facts.sha256)
    same = next(named, None)
    if same is not None:
        return Incoming(source, plain_path(same), facts, True)
    return _new(folder, source, name, facts)


def name_inside(folder: Path, source: Path) -> str | None:
    """The file's name in the claim, where it lies in the claim's folder already, and not through a link."""
    real, home = Path(os.path.realpath(source)), Path(os.path.realpath(folder))
    if not real.is_relative_to(home):
        return None
    name = real.relative_to(home).as_posix()
    return name if is_safe_name(name) and "\\" not in name else None


def _new(folder: Path, source: Path, name: str | None, facts: FileFacts) -> Incoming:
    try:
        safe = safe_name(name or source.name)
    except ValueError as error:
        raise CannotTake(f"{source} has no name that can be kept; say one with --as") from error
    if name is not None and safe != name:
        raise CannotTake(f"{name!r} cannot be a file's name on every system; {safe!r} can")
    file = f"{FOLDER}/{safe}"
    home = folder / FOLDER
    if home.is_symlink() or (home.exists() and not home.is_dir()):
        raise CannotTake(f"{home} is no folder; evidence is kept in a real one")
    there = {folded(entry): entry for entry in _entries(home)}
    other = there.get(folded(safe))
    if other is None:
        return Incoming(source, file, facts, False)
    known = inspect_source(home / other, max_bytes=facts.size) if not (home / other).is_symlink() else None
    if other == safe and known is not None and known.sha256 == facts.sha256:
        return Incoming(source, file, facts, True)
    raise CannotTake(f"there is another file {FOLDER}/{other} already; say another name with --as")


def _entries(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CannotTake(f"cannot read {folder}: {error.strerror or error}") from error


def addition_for(
    data: Mapping[str, Any], evidence: str, files: Sequence[str], note: str | None, tactic: str | None = None
) -> Addition | None:
    """How files join the proof documents of a claim: the last one of their kind, unless another note is wanted.

    With a tactic only documents of that tactic count. None where the files are all there already. Raises CannotTake
    where nobody said which of several tactics is meant, and where what is there is no list of proof documents.
    """
    mine = [(index, proof) for index, proof in enumerate(_proofs(data)) if proof.get("evidence") == evidence]
    if tactic is not None:
        mine = [(index, proof) for index, proof in mine if proof.get("tactic") == tactic]
    there = {plain_path(file) for _, proof in mine for file in proof.get("files") or ()}
    new = tuple(file for file in dict.fromkeys(files) if file not in there)
    if not new:
        return None
    fitting = (i for i, p in reversed(mine) if isinstance(p.get("files"), list) and note in (None, p.get("note")))
    index = next(fitting, None)
    if index is None:
        return NewProof(evidence, new, note, tactic)
    if len({proof.get("tactic") for _, proof in mine}) > 1:
        raise CannotTake(catalogue().text("evidence.add.which_tactic", kind=evidence))
    return MoreFiles(index, new)


def _proofs(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The proof documents of a claim, each with a list of names where it has files. Raises CannotTake."""
    proofs = data.get("proof_documents") or []
    if not isinstance(proofs, list) or not all(isinstance(proof, dict) and _names_files(proof) for proof in proofs):
        raise CannotTake(catalogue().text("evidence.add.faulty_proofs"))
    return proofs


def _names_files(proof: Mapping[str, Any]) -> bool:
    files = proof.get("files") or []
    return isinstance(files, list) and all(isinstance(file, str) for file in files)


def read_claim_text(result: Result, claim: ClaimResult) -> tuple[bytes, Mapping[str, Any]]:
    """The claim's text as it is on the disk, and its data. Raises CannotTake."""
    path = result.base / claim.claim.file
    try:
        raw = content_of(path, MAX_BYTES)
    except (OSError, ChangedMeanwhile) as error:
        raise CannotTake(f"{claim.claim.file} cannot be read") from error
    tree = None if raw is None else read_tree(raw)[0]
    if raw is None or tree is None or not isinstance(tree.data, dict):
        raise CannotTake(f"{claim.claim.file} cannot be read; 'poe-pack validate' says why")
    return raw, tree.data


def plan_intake(
    result: Result, claim: ClaimResult, incoming: Sequence[Incoming], addition: Addition, before: bytes
) -> Intake:
    """Work out everything that will be written. Raises CannotAdd and CannotTake."""
    folder = result.base / claim.claim.folder
    after = added(before, addition)
    files = addition.files if not isinstance(addition, FileAt) else (addition.file,)
    sums_before, sums_after, unread = _sums(folder, [one for one in incoming if one.file in files])
    return Intake(
        folder=folder,
        claim=result.base / claim.claim.file,
        incoming=tuple(incoming),
        before=before,
        after=after,
        added=_pointers(read_tree(before)[0], addition),
        sums_before=sums_before,
        sums_after=sums_after,
        sums_unread=unread,
    )


def _pointers(tree: Any, addition: Addition) -> tuple[str, ...]:
    if isinstance(addition, FileAt):
        return (addition.pointer,)
    proofs = tree.data.get("proof_documents") or []
    if isinstance(addition, NewProof):
        return (f"/proof_documents/{len(proofs)}",)
    count, path = len(proofs[addition.index]["files"]), f"/proof_documents/{addition.index}/files"
    return tuple(f"{path}/{count + number}" for number in range(len(addition.files)))


def _sums(folder: Path, incoming: Sequence[Incoming]) -> tuple[bytes | None, bytes | None, bool]:
    """`SHA256SUMS` before and after; nothing after where there is none, or where it cannot be read."""
    there = read_sums(folder)
    if there is None:
        return None, None, False
    if there.fault is not None or there.unreadable:
        return None, None, True
    try:
        raw = content_of(folder / SUMS_FILE, MAX_BYTES)
    except (OSError, ChangedMeanwhile) as error:
        raise CannotTake(f"{folder / SUMS_FILE} cannot be read") from error
    digests = dict(parse_sums(raw or b"").digests)
    for one in incoming:
        if one.facts.sha256 is not None and digests.setdefault(one.file, one.facts.sha256) != one.facts.sha256:
            raise CannotTake(f"{one.file} is not what was locked; see 'poe-pack evidence lock'")
    return raw, render_sums(digests), False


def write_intake(intake: Intake) -> None:
    """Write the copies, then the claim, then the digests. Raises CannotTake, having taken back the copies.

    Interrupted at any moment each of these is whole; run again, it goes on where it was.
    """
    copied: list[Path] = []
    try:
        for one in intake.incoming:
            if not one.is_there and one.facts.sha256 is not None:
                target = intake.folder / one.file
                target.parent.mkdir(exist_ok=True)
                add_file(target, one.source, one.facts.sha256)
                copied.append(target)
        replace_file(intake.claim, intake.after, intake.before)
    except (OSError, ChangedMeanwhile) as error:
        for target in copied:
            with suppress(OSError):
                target.unlink()
        raise CannotTake(_reason(error)) from error
    if intake.sums_after is not None:
        _write_sums(intake.folder, intake.sums_before, intake.sums_after)


def complete_sums(result: Result, claim: ClaimResult, incoming: Sequence[Incoming]) -> bool:
    """Write lines that an interrupted run left out of `SHA256SUMS`; returns whether it did. Raises CannotTake."""
    folder = result.base / claim.claim.folder
    before, after, _ = _sums(folder, incoming)
    if after is None or after == before:
        return False
    _write_sums(folder, before, after)
    return True


def _write_sums(folder: Path, before: bytes | None, after: bytes) -> None:
    try:
        if after != before:
            replace_file(folder / SUMS_FILE, after, before)
    except (OSError, ChangedMeanwhile) as error:
        text = f"the file is taken in, but SHA256SUMS is not written ({_reason(error)}); run 'poe-pack evidence lock'"
        raise CannotTake(text) from error


def _reason(error: OSError | ChangedMeanwhile) -> str:
    if isinstance(error, FileExistsError):
        return "another file of that name came meanwhile; run the command again"
    if isinstance(error, ChangedMeanwhile):
        return "a file has changed meanwhile; run the command again"
    return f"cannot write {error.filename or 'the file'}: {error.strerror or error}"
