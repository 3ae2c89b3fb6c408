"""The repositories of cases as they are written to disk. Needs nothing of poe_pack: mutants leave it as it is."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.cli.house import git
from tests.rules.evidence_files import evidence as evidence_file
from tests.rules.evidence_files import pdf, png

FOLDER = Path(__file__).resolve().parent
EXAMPLES = FOLDER.parents[1] / "examples"

# With it, every edit of a closed claim would be one after its submission.
_DIGEST = re.compile(r"^ +claim_sha256: .*\n", re.MULTILINE)
# A mark becomes a private character that carries its number.
_OPEN, _CLOSE = 0xE000, 0xF000
_MARK = re.compile("[«»]")
_NUMBERED = re.compile("[\ue000-\uf8ff]")
_KINDS = ("good", "bad")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is expected; `end` is None where a mark encloses nothing."""

    file: str
    start: tuple[int, int]
    end: tuple[int, int] | None


@cache
def written() -> tuple[tuple[Path, dict[str, Any]], ...]:
    """What the file of each case says, by its path."""
    files = sorted(FOLDER.glob("*/*/*.yaml"))
    return tuple((file, data_of(file.read_text(encoding="utf-8"))) for file in files if file.parent.name in _KINDS)


def data_of(text: str) -> Any:
    """What a YAML text says."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def build(data: Mapping[str, Any], root: Path) -> tuple[Place, ...]:
    """Write the repository of a case below `root`; returns the marked places in the order of the case."""
    documents, others = base(data.get("base", ""))
    texts = dict(documents)
    texts["poe.yaml"] = _without(data.get("switched_off", []), texts["poe.yaml"])
    evidence = dict(others)
    for edits in data.get("earlier", ()):
        _commit(edits, root)
    marks = _Marks()
    for edit in data.get("edits", []):
        _edit(texts, edit, marks)
    for path, new in data.get("files", {}).items():
        texts[path] = marks.number(new if isinstance(new, str) else _repeated(**new))
    sums = _locks(data.get("lock", {}), evidence)
    for path in data.get("remove", []):
        if texts.pop(path, None) is None:
            del evidence[path]
    encodings = {path: new["encoding"] for path, new in data.get("files", {}).items() if "encoding" in new}
    digests = {folder: hashlib.sha256(raw).hexdigest() for folder, raw in sums.items()}
    texts = {path: text.replace("@sums@", digests.get(path.rpartition("/")[0], "")) for path, text in texts.items()}
    evidence |= {path: evidence_file(kind, path) for path, kind in data.get("evidence", {}).items()}
    plain = {path: marks.take_out(path, text).encode(encodings.get(path, "utf-8")) for path, text in texts.items()}
    write(root, evidence | plain | {f"{folder}/SHA256SUMS": raw for folder, raw in sums.items()})
    for path, target in data.get("links", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.symlink(target, root / path)
    if "untracked" in data:
        _track(root, data["untracked"])
    return marks.places()


def _locks(locks: Mapping[str, Mapping[str, Any]], evidence: Mapping[str, bytes]) -> dict[str, bytes]:
    """By a claim's folder the bytes of its SHA256SUMS."""
    made = {}
    for folder, how in locks.items():
        assert set(how) <= {"without", "add"}, f"unknown key in {how}"
        own = {path.removeprefix(f"{folder}/"): raw for path, raw in evidence.items() if path.startswith(f"{folder}/")}
        left = {path: raw for path, raw in own.items() if path not in how.get("without", ())}
        lines = (f"{hashlib.sha256(raw).hexdigest()}  {path}\n" for path, raw in sorted(left.items()))
        made[folder] = ("".join(lines) + how.get("add", "")).encode()
    return made


def _track(root: Path, left_out: Sequence[str]) -> None:
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    if left_out:
        git(root, "rm", "-q", "--cached", "--", *left_out)


def _commit(edits: Sequence[Mapping[str, Any]], root: Path) -> None:
    """Commit the base repository with these edits."""
    documents, _ = base()
    texts = dict(documents)
    for edit in edits:
        _edit(texts, edit, _Marks())
    write(root, {path: text.encode() for path, text in texts.items()})
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "Earlier")


def write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files below `root`, with their folders."""
    for path, raw in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)


@cache
def base(example: str = "") -> tuple[Mapping[str, str], Mapping[str, bytes]]:
    """The documents and the evidence files of the repository that cases start from, or of an example."""
    folder = EXAMPLES / example if example else FOLDER / "base"
    documents = {
        file.relative_to(folder).as_posix(): _DIGEST.sub("", file.read_text(encoding="utf-8"))
        for file in sorted(folder.rglob("*.yaml"))
    }
    evidence: dict[str, bytes] = {}
    for path, text in documents.items():
        for name in _evidence_names(data_of(text)):
            file = f"{path.rpartition('/')[0]}/{name}"
            evidence[file] = png(file) if name.endswith(".png") else pdf(file)
    return documents, evidence


def _evidence_names(node: Any) -> Iterator[str]:
    if isinstance(node, str) and node.startswith("evidence/"):
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _evidence_names(child)


def _without(codes: Sequence[str], text: str) -> str:
    """`poe.yaml` with some more rules switched off."""
    rules = "".join(f"    - {{rule: {code}, reason: Not shown here}}\n" for code in codes)
    head = "switched_off:\n"
    if head in text or not codes:
        return text.replace(head, head + rules)
    return f"{text}rules:\n  {head}{rules}"


def _repeated(text: str, times: int = 1, padding: int = 0, encoding: str = "utf-8") -> str:
    whole = text * times
    return whole + "#".ljust(padding - len(whole), "-") if padding else whole


def _edit(texts: dict[str, str], edit: Mapping[str, Any], marks: _Marks) -> None:
    text, new = texts[edit["file"]], edit.get("mark") or edit.get("with", "")
    assert set(edit) <= {"file", "mark", "replace", "cut", "with"}, f"unknown key in {edit}"
    if "cut" in edit:
        start, end = (text.index(part) for part in edit["cut"])
        old = text[start:end]
    else:
        old = new.replace("«", "").replace("»", "") if "mark" in edit else edit["replace"]
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {edit['file']}"
    texts[edit["file"]] = text.replace(old, marks.number(new))


class _Marks:
    """Marks become private characters that carry their number, so that later edits may stand before earlier ones."""

    def __init__(self) -> None:
        self._count = 0
        self._places: dict[int, Place] = {}

    def number(self, text: str) -> str:
        """The text with its marks numbered, in the order in which they open."""
        opened: list[int] = []

        def numbered(mark: re.Match[str]) -> str:
            if mark[0] == "»":
                return chr(_CLOSE + opened.pop())
            opened.append(self._count)
            self._count += 1
            return chr(_OPEN + opened[-1])

        text = _MARK.sub(numbered, text)
        assert not opened, f"a mark is not closed: {text!r}"
        return text

    def take_out(self, file: str, text: str) -> str:
        """The text as it is written, after the places of its marks have been noted."""
        starts: dict[int, tuple[int, int]] = {}
        plain = ""
        last = 0
        for found in _NUMBERED.finditer(text):
            opens, closes = ord(found[0]) - _OPEN, ord(found[0]) - _CLOSE
            if not (0 <= opens < self._count or 0 <= closes < self._count):
                continue
            plain += text[last : found.start()]
            last = found.end()
            at = (plain.count("\n") + 1, len(plain) - plain.rfind("\n"))
            if closes < 0:
                starts[opens] = at
            else:
                self._places[closes] = Place(file, starts[closes], None if at == starts[closes] else at)
        return plain + text[last:]

    def places(self) -> tuple[Place, ...]:
        """All places, by number."""
        return tuple(place for _, place in sorted(self._places.items()))
