"""The list of evidence: what is there, how it stands to its digests, and what is needed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from poe_pack.evidence.facts import FileState
from poe_pack.evidence.folder import files_in_folder
from poe_pack.languages import catalogue
from poe_pack.languages.width import cells
from poe_pack.report.evidence import ClaimEvidence, Standing, evidence_of
from poe_pack.report.evidence_views import evidence_json, render_evidence
from poe_pack.resources import resource
from poe_pack.validation.options import Options
from poe_pack.validation.validate import validate
from tests.rules.harness import AS_OF, build, png

SCHEMA = json.loads((resource("schemas") / "evidence.schema.json").read_text(encoding="utf-8"))
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CASE: Mapping[str, Any] = {
    "lock": {"seminar": {"without": ["evidence/invitation.pdf"]}},
    "evidence": {"seminar/evidence/agenda.pdf": "two-page-pdf", "seminar/evidence/deeper/unnamed.png": "png"},
    "remove": ["seminar/evidence/invoice-10482.pdf"],
    "edits": [
        {
            "file": "seminar/claim.yaml",
            "cut": ["  - evidence: event_invitation", "  - evidence: event_agenda"],
            "with": "  - {evidence: tea_leaves, files: [evidence/invitation.pdf]}\n",
        },
        {
            "file": "seminar/claim.yaml",
            "replace": "metrics:",
            "with": (
                "  - evidence: attendee_list\n"
                f"    kept_outside: {{place: HR archive, bytes: 48213, sha256: {DIGEST}}}\nmetrics:"
            ),
        },
    ],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build(CASE, tmp_path)
    (tmp_path / "seminar" / "evidence" / ".DS_Store").write_bytes(b"hidden")
    (tmp_path / "seminar" / "evidence" / "link.png").symlink_to("room.png")
    return tmp_path


def listed(root: Path) -> tuple[ClaimEvidence, ...]:
    result = validate(Options((root,), AS_OF))
    return evidence_of(result, result.claims)


def seminar(root: Path) -> ClaimEvidence:
    return next(claim for claim in listed(root) if claim.id == "seminar")


def test_each_file_stands_somehow(root: Path) -> None:
    rows = {(row.file, row.path): row.standing for row in seminar(root).rows}
    assert rows == {
        ("evidence/invoice-10482.pdf", "/third_party_invoices/0/file"): Standing.FAULTY,
        ("evidence/invitation.pdf", "/proof_documents/0/files/0"): Standing.NOT_LOCKED,
        ("evidence/agenda.pdf", "/proof_documents/1/files/0"): Standing.CHANGED,
        ("evidence/room.png", "/proof_documents/2/files/0"): Standing.LOCKED,
        ("HR archive", "/proof_documents/3/kept_outside"): Standing.KEPT_OUTSIDE,
        ("evidence/deeper/unnamed.png", None): Standing.NOT_NAMED,
    }
    other = next(claim for claim in listed(root) if claim.id == "ads")
    assert {row.standing for row in other.rows} == {Standing.THERE}
    assert other.is_closed


def test_what_is_needed_is_what_the_checklist_lacks(root: Path) -> None:
    assert [item.kinds for item in seminar(root).needed] == [("event_invitation",), ("event_agenda",)]


def test_the_table_says_it_in_words(root: Path) -> None:
    text = render_evidence([seminar(root)], color=False, width=140)
    lines = {line.split("evidence/")[-1].split()[0]: line for line in text.splitlines()[2:] if "evidence/" in line}
    assert lines["invoice-10482.pdf"].startswith("Invoice 10482 ")
    assert lines["invoice-10482.pdf"].endswith("missing")
    assert lines["invitation.pdf"].startswith("tea_leaves (unknown kind)")
    assert lines["invitation.pdf"].endswith("  not locked")
    assert lines["agenda.pdf"].endswith("changed since it was locked")
    assert lines["room.png"].endswith("  locked")
    assert lines["deeper/unnamed.png"].endswith("not named in the claim")
    assert re.search(r"HR archive +48\.2 kB +– +9f86d081884c +kept outside", text)
    assert "Still needed: Event invitation (event_invitation)" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_tables_keep_to_the_terminal(root: Path, width: int) -> None:
    for line in render_evidence(listed(root), color=False, width=width).splitlines():
        assert cells(line) <= width or line.startswith(("Still needed", "Digests", "SHA256SUMS")), line


def test_colour_only_adds(root: Path) -> None:
    coloured = render_evidence(listed(root), color=True, width=100)
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == render_evidence(listed(root), color=False, width=100)


def test_json_is_as_its_schema_says(root: Path) -> None:
    data = json.loads(evidence_json(listed(root), AS_OF))
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(data)
    claim = next(claim for claim in data["claims"] if claim["id"] == "seminar")
    locks = {file["file"]: file["lock"] for file in claim["files"]}
    assert locks == {
        "evidence/invoice-10482.pdf": None,
        "evidence/invitation.pdf": "not_locked",
        "evidence/agenda.pdf": "changed",
        "evidence/room.png": "locked",
    }
    assert claim["kept_outside"] == [
        {
            "path": "/proof_documents/3/kept_outside",
            "evidence": "attendee_list",
            "place": "HR archive",
            "bytes": 48213,
            "sha256": DIGEST,
        }
    ]
    (unnamed,) = claim["not_named"]
    assert (unnamed["file"], unnamed["kind"]) == ("evidence/deeper/unnamed.png", "png")
    assert claim["needed"][0] == {"name": "Event invitation", "any_of": ["event_invitation"], "state": "open"}
    assert claim["sums"]["readable"] is True


def test_every_state_has_its_word_and_its_place_in_the_schema() -> None:
    words = catalogue()
    for state in (*FileState, *Standing):
        if state not in (FileState.PRESENT, Standing.FAULTY):
            assert words.text(f"evidence.list.state.{state}")
    assert set(SCHEMA["$defs"]["state"]["enum"]) == {state.value for state in FileState}


def test_nothing_to_show(tmp_path: Path) -> None:
    assert render_evidence([], color=False, width=80) == "There are no claims here.\n"
    build({"files": {"seminar/SHA256SUMS": "=====\n"}}, tmp_path)
    text = render_evidence([seminar(tmp_path)], color=False, width=80)
    assert "SHA256SUMS cannot be read whole" in text
    assert "evidence lock" not in text
    assert files_in_folder(tmp_path / "nowhere") == ()


def test_names_cannot_steer_the_terminal(root: Path) -> None:
    (root / "seminar" / "evidence" / "a\n\x1b[31m\u202egnp.exe").write_bytes(png("nasty"))
    text = render_evidence(listed(root), color=False, width=200)
    assert "\x1b" not in text
    assert "\u202e" not in text
    nasty = next(row for row in seminar(root).rows if "gnp" in row.file)
    assert nasty.state is FileState.LEAVES_FOLDER
