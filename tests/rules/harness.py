"""Cases of rules: one YAML file each, an edit of one small repository and the findings that it must give.

A case lies in `tests/rules/<CODE>/{good,bad}/<what-it-shows>.yaml` and may say:

    base:     an example to start from instead of tests/rules/base, such as huawei-cloud-mdf
    edits:    [{file, replace: text that occurs once, with: new text}], or {file, mark: text that occurs once},
              or {file, cut: [first text, text after the end], with: new text or nothing}
    files:    {path: text}, or {path: {text, encoding, times, padding}}: another encoding, the text repeated, or a
              comment that brings it to so many characters
    remove:   [path]
    links:    {path: target}
    lock:     {claim's folder: {without: [path], add: text}}: SHA256SUMS of its evidence as it would be without the key
              `evidence`, with lines left out and more added; in documents of the folder, @sums@ stands for its digest
    evidence: {path: pdf | png | low-png | narrow-png | two-page-pdf | locked-pdf | damaged-pdf | script-pdf |
              files-pdf | script-and-file-pdf | macro-docx}, or
              {path: [line, …]} for a PDF with these lines of text, in which " | " parts columns, or
              {path: {taken: day}} for a photo (JPEG) on which the camera wrote that day
    untracked: [path]; with this, git knows every other file
    switched_off: [code]
    as_of:    day (2026-11-21 unless said)
    for:      submission
    deep:     true, to open the evidence files
    day:      [code]: rules of OF_THE_DAY that speak, too; without this only the one that the case is filed under
    earlier:  [[edits], …]: what the repository looked like in each commit before, the last of which stays HEAD
    compared: [text that the checklist of a claim gives for something that was compared]
    expect:   [{code, severity, message, says, at, source, see}]

In `with`, `mark` and new texts, « and » enclose the place of a finding and are taken out before the file is written.
The marks pair with `expect` in their order; a mark around nothing gives the start of what ends on the same line. `at:
[file, line, column]` stands in where a mark cannot. `message` is the message's key where it is not the code itself,
`says` a part of the text that people read, `source` a part of what it was judged by (day and title), `see` the other
places that it names, as file:line. `switched_off` adds to what `poe.yaml` switches off. A good case expects nothing; a
bad one exactly what it lists, infos and waivers included.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from poe_pack.documents.schema import KINDS, load_schema
from poe_pack.findings import Finding
from poe_pack.formats.words import hint_of, message_of
from poe_pack.languages import catalogue
from poe_pack.validation.options import Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate
from tests.cli.house import git

FOLDER = Path(__file__).resolve().parent
EXAMPLES = FOLDER.parents[1] / "examples"
AS_OF = date(2026, 11, 21)

# What these say follows from the day alone, and of the base some of them would say it on most days.
OF_THE_DAY = ("POE703", "POE704", "POE706", "POE707")

_KEYS = {
    "base",
    "edits",
    "files",
    "remove",
    "links",
    "untracked",
    "evidence",
    "lock",
    "switched_off",
    "as_of",
    "for",
    "deep",
    "day",
    "earlier",
    "compared",
    "expect",
}
# With it, every edit of a closed claim would be one after its submission.
_DIGEST = re.compile(r"^ +claim_sha256: .*\n", re.MULTILINE)
_OPEN, _CLOSE = 0xE000, 0xF000  # private characters: a mark with its number


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is expected; `end` is None where a mark encloses nothing."""

    file: str
    start: tuple[int, int]
    end: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a case must give."""

    code: str
    severity: str
    message: str
    says: str
    at: Place | None
    source: str = ""
    see: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case file."""

    id: str
    code: str
    is_good: bool
    data: Mapping[str, Any] = field(repr=False)

    @property
    def expected(self) -> tuple[Expected, ...]:
        return tuple(_expected(entry) for entry in self.data.get("expect", []))

    def options(self, root: Path, **more: Any) -> Options:
        """How this case is validated; `more` replaces."""
        how: dict[str, Any] = {
            "as_of": date.fromisoformat(str(self.data.get("as_of", AS_OF))),
            "for_submission": self.data.get("for") == "submission",
            "deep": bool(self.data.get("deep")),
            "ignore": tuple(code for code in OF_THE_DAY if code not in (self.code, *self.data.get("day", ()))),
        }
        return Options((root,), **(how | more))


def _expected(entry: Mapping[str, Any]) -> Expected:
    assert set(entry) <= {"code", "severity", "message", "says", "at", "source", "see"}, f"unknown key in {entry}"
    at = None
    if "at" in entry:
        file, line, column = entry["at"]
        at = Place(file, (line, column), None)
    message, says, source = entry.get("message", entry["code"]), entry.get("says", ""), entry.get("source", "")
    see = tuple(entry["see"]) if "see" in entry else None
    return Expected(entry["code"], entry["severity"], message, says, at, source, see)


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case there is, by its path."""
    return tuple(_case(file) for file in sorted(FOLDER.glob("*/*/*.yaml")) if file.parent.name in ("good", "bad"))


def _case(file: Path) -> Case:
    kind, code = file.parent.name, file.parent.parent.name
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    id = f"{code}-{kind}-{file.stem}"
    assert set(data) <= _KEYS, f"{id}: unknown key among {sorted(data)}"
    assert bool(data.get("expect")) == (kind == "bad"), f"{id}: bad cases expect findings, good ones none"
    return Case(id, code, kind == "good", data)


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
    evidence |= {path: _evidence(kind, path) for path, kind in data.get("evidence", {}).items()}
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
        for name in _evidence_names(yaml.safe_load(text)):
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
        out: list[str] = []
        opened: list[int] = []
        for character in text:
            if character == "«":
                opened.append(self._count)
                out.append(chr(_OPEN + self._count))
                self._count += 1
            elif character == "»":
                out.append(chr(_CLOSE + opened.pop()))
            else:
                out.append(character)
        assert not opened, f"a mark is not closed: {text!r}"
        return "".join(out)

    def take_out(self, file: str, text: str) -> str:
        """The text as it is written, after the places of its marks have been noted."""
        starts: dict[int, tuple[int, int]] = {}
        plain: list[str] = []
        line = column = 1
        for character in text:
            number = ord(character)
            if _OPEN <= number < _OPEN + self._count:
                starts[number - _OPEN] = (line, column)
            elif _CLOSE <= number < _CLOSE + self._count:
                start, end = starts[number - _CLOSE], (line, column)
                self._places[number - _CLOSE] = Place(file, start, None if start == end else end)
            else:
                plain.append(character)
                line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
        return "".join(plain)

    def places(self) -> tuple[Place, ...]:
        """All places, by number."""
        return tuple(place for _, place in sorted(self._places.items()))


def check(case: Case, root: Path) -> Result:
    """Build a case, validate it and compare what comes out with what is expected."""
    places = iter(build(case.data, root))
    expected = [(wanted, wanted.at or next(places, None)) for wanted in case.expected]
    assert next(places, None) is None, "there are more marks than expected findings"
    result = validate(case.options(root))
    compare(expected, result, root)
    compared = {catalogue().say(item.compared) for claim in result.claims for item in claim.checklist}
    assert set(case.data.get("compared", ())) <= compared, f"the checklists say {sorted(compared)}"
    return result


def compare(expected: list[tuple[Expected, Place | None]], result: Result, root: Path) -> None:
    """Assert that the findings of a result are exactly these."""
    found = [(finding, place_of(finding, result, root)) for finding in result.findings]
    told = "\n".join(tell(finding, place) for finding, place in found)
    for wanted, place in expected:
        assert place is not None, f"no mark says where {wanted.code} is expected; found:\n{told}"
        match = next((pair for pair in found if _fits(*pair, wanted, place) and _explains(pair[0], wanted)), None)
        assert match is not None, f"expected {wanted} at {place}; left:\n{told}"
        found.remove(match)
    assert not found, f"besides, there are:\n{told}"


def _fits(finding: Finding, found: Place, wanted: Expected, place: Place) -> bool:
    return (
        (finding.code, finding.severity.value, finding.message) == (wanted.code, wanted.severity, wanted.message)
        and (found.file, found.start) == (place.file, place.start)
        and (found.end == place.end if place.end is not None else found.end is None or found.end[0] == found.start[0])
        and wanted.says in message_of(finding, catalogue())
    )


def _explains(finding: Finding, wanted: Expected) -> bool:
    """Whether a finding says what it was judged by, and where else to look."""
    by = finding.judged_by
    source = "" if by is None else f"{by.as_of} {by.title}"
    see = tuple(f"{related.file}:{related.position.line}" for related in finding.related)
    return wanted.source in source and wanted.see in (None, see)


def place_of(finding: Finding, result: Result, root: Path) -> Place:
    """Where a finding is, its file relative to the root."""
    line, column, end_line, end_column = finding.position
    file = (result.base / finding.file).relative_to(root).as_posix()
    return Place(file, (line, column), (end_line, end_column))


def tell(finding: Finding, place: Place) -> str:
    """A finding on one line, as a person reads it. Fails where a text lacks a value, a hint or a path that can be."""
    words = catalogue()
    first = finding.path.split("/")[1] if finding.path else ""
    assert finding.code < "POE200" or first in ("", *fields()), f"no document has {finding.path}"
    hint = hint_of(finding, words)
    assert hint, f"{finding.message} has no hint"
    severity, text = finding.severity.value, message_of(finding, words)
    return f"{place} {severity} {finding.code} ({finding.message}) {text} / {hint}"


@cache
def fields() -> frozenset[str]:
    """Keys that some kind of document has."""
    return frozenset(key for kind in KINDS for key in load_schema(kind).get("properties", ()))


def pdf(label: str = "", pages: int = 1) -> bytes:
    """The least PDF with that many empty pages; another label makes it another file."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} /MediaBox [0 0 200 300] >>",
        *["<< /Type /Page /Parent 2 0 R >>"] * pages,
    ]
    out, offsets = f"%PDF-1.7\n% {label}\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def png(label: str = "", width: int = 600, height: int = 600) -> bytes:
    """A white picture; another label makes it another file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress((b"\0" + b"\xff" * (-(-width // 8))) * height)
    chunks = {b"IHDR": head, b"tEXt": b"Title\0" + label.encode(), b"IDAT": rows, b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks.items())


def _locked_pdf(label: str) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(label))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return out.getvalue()


def _with(label: str, *, script: bool = False, files: int = 0) -> bytes:
    """A PDF that runs a script when it is opened, or with so many files inside, or both."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(label))) as document:
        if script:
            document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        for number in range(files):
            name = f"{number}.xml"
            document.attachments[name] = b"<x/>"
        document.save(out)
    return out.getvalue()


def _macro_docx(label: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", f"<Types><!-- {label} --></Types>")
        package.writestr("word/document.xml", "<document/>")
        package.writestr("word/vbaProject.bin", b"macro")
    return out.getvalue()


def _text_pdf(lines: Sequence[str], label: str) -> bytes:
    """A page with these lines; another label makes it another file."""
    from tests.invoices.drawing import Put, text_pdf

    puts = [
        Put(40 + 180 * column, 800 - 16 * row, text)
        for row, line in enumerate(lines)
        for column, text in enumerate(line.split(" | "))
    ]
    return text_pdf([puts]) + f"\n% {label}\n".encode()


def _photo(taken: str, label: str) -> bytes:
    """A white photo, taken at noon of a day by the camera's clock; another label makes it another file."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = label  # without a field of its own Pillow writes none of the camera's
    exif[0x8769] = {0x9003: f"{taken.replace('-', ':')} 12:00:00"}
    out = io.BytesIO()
    Image.new("L", (600, 600), 255).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _evidence(kind: str | Sequence[str] | Mapping[str, str], label: str) -> bytes:
    if isinstance(kind, str):
        return _EVIDENCE[kind](label)
    return _photo(kind["taken"], label) if isinstance(kind, Mapping) else _text_pdf(kind, label)


_EVIDENCE: Mapping[str, Callable[[str], bytes]] = {
    "pdf": pdf,
    "png": png,
    "low-png": lambda label: png(label, 600, 599),
    "narrow-png": lambda label: png(label, 599, 600),
    "two-page-pdf": lambda label: pdf(label, 2),
    "locked-pdf": _locked_pdf,
    "damaged-pdf": lambda label: pdf(label)[:40],
    "script-pdf": lambda label: _with(label, script=True),
    "files-pdf": lambda label: _with(label, files=2),
    "script-and-file-pdf": lambda label: _with(label, script=True, files=1),
    "macro-docx": _macro_docx,
}
