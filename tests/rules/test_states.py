"""States of evidence files that cannot be brought about on every machine: said like all the others."""

from __future__ import annotations

import pytest

from poe_pack.evidence.facts import FileFacts, FileState, Page, ProbeFacts, ProbeState
from poe_pack.evidence.invoices.facts import Comparison, Source
from poe_pack.languages import catalogue
from poe_pack.rules.base import Hit
from tests.rules.contexts import make_claim, make_context, rule, with_files

CLAIM = make_claim("a", proof_documents=[{"evidence": "event_photo", "files": ["evidence/room.jpg"]}])
PATH = "/proof_documents/0/files/0"


def hits(code: str, state: FileState, probe: ProbeState, detail: str = "") -> list[Hit]:
    files = {"evidence/room.jpg": FileFacts("evidence/room.jpg", state, 1, None, None)}
    probes = {"evidence/room.jpg": ProbeFacts(probe, detail)}
    check = rule(code).check
    assert check is not None
    return list(check(CLAIM, with_files(make_context(CLAIM), files=files, probes=probes)))


@pytest.mark.parametrize("state", [state for state in FileState if state is not FileState.PRESENT])
def test_every_state_of_a_file_has_its_message(state: FileState) -> None:
    (hit,) = hits("POE511", state, ProbeState.OK)
    assert (hit.path, hit.variant) == (PATH, state.value)
    text = catalogue().fill(f"POE511.{hit.variant}", hit.values)
    # A path that hides something is not repeated.
    assert ("evidence/room.jpg" in text) == (state is not FileState.LEAVES_FOLDER)


@pytest.mark.parametrize("state", [s for s in ProbeState if s not in (ProbeState.OK, ProbeState.UNSUPPORTED)])
def test_every_way_of_not_opening_has_its_message(state: ProbeState) -> None:
    (hit,) = hits("POE516", FileState.PRESENT, state, "it went wrong")
    assert (hit.path, hit.variant) == (PATH, state.value)
    assert "evidence/room.jpg" in catalogue().fill(f"POE516.{hit.variant}", hit.values)


@pytest.mark.parametrize("state", [ProbeState.OK, ProbeState.UNSUPPORTED])
def test_a_file_that_opens_or_is_not_opened_has_none(state: ProbeState) -> None:
    assert not hits("POE511", FileState.PRESENT, state)
    assert not hits("POE516", FileState.PRESENT, state)


def test_what_was_not_looked_through_is_said() -> None:
    files = {"evidence/room.jpg": FileFacts("evidence/room.jpg", FileState.PRESENT, 1, None, None)}
    probe = ProbeFacts(ProbeState.OK, "only a part was looked at", (Page(1, 1),), active_content=("EmbeddedFile",))
    check = rule("POE518").check
    assert check is not None
    (hit,) = check(CLAIM, with_files(make_context(CLAIM), files=files, probes={"evidence/room.jpg": probe}))
    assert (hit.path, hit.variant) == (PATH, "unsearched")
    assert "only a part was looked at" in catalogue().fill("POE518.unsearched", hit.values)


@pytest.mark.parametrize("state", [s for s in ProbeState if s not in (ProbeState.OK, ProbeState.UNSUPPORTED)])
def test_an_invoice_that_was_not_read_is_no_invoice_that_agrees(state: ProbeState) -> None:
    invoice = {"number": "1", "vendor": {"name": "V"}, "file": "evidence/1.pdf", "currency": "SEK", "lines": []}
    claim = make_claim("a", third_party_invoices=[invoice])
    context = with_files(make_context(claim), comparisons={0: Comparison(Source.NOTHING, state)})
    check, differs = rule("POE451").check, rule("POE450").check
    assert check is not None
    assert differs is not None
    (hit,) = check(claim, context)
    assert (hit.path, hit.variant) == ("/third_party_invoices/0/file", "unread")
    assert "evidence/1.pdf" in catalogue().fill("POE451.unread", hit.values)
    assert not list(differs(claim, context))


def test_a_damaged_file_says_how() -> None:
    (hit,) = hits("POE516", FileState.PRESENT, ProbeState.DAMAGED, "no pages")
    assert catalogue().fill("POE516.damaged", hit.values) == "evidence/room.jpg is damaged: no pages"
