"""Taking evidence in: copies into the upload folder whose bytes are those that were judged, opened by the prober."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from poe_pack.evidence.facts import FileFacts, FileState, Page, ProbeFacts, ProbeState
from poe_pack.evidence.files import copy_file
from poe_pack.evidence.prober import Prober
from poe_pack.packet.exhibits import Exhibit
from poe_pack.validation.result import ClaimResult, Result

_PRINTED_OTHERWISE = frozenset({ProbeState.OK, ProbeState.UNSUPPORTED})


class EvidenceProblem(Exception):
    """Evidence that cannot go into a packet: pairs of the file as the claim names it and what opening it told."""

    def __init__(self, problems: Sequence[tuple[str, ProbeFacts]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{file}: {facts.detail or facts.state.value}" for file, facts in problems))


class Taken(Struct, frozen=True):
    """An exhibit with what is known of its file. `pdf` holds its pages ready to print.

    Evidence without pages (an address, a kind that is not opened, in a draft a missing file) has no `pdf` and is
    shown by a page of facts. `facts` is None for an address, `probe` (what opening the file told) where there was
    nothing to open.
    """

    exhibit: Exhibit
    facts: FileFacts | None
    pages: tuple[Page, ...]
    pdf: Path | None
    probe: ProbeFacts | None = None

    @property
    def printed_pages(self) -> int:
        return len(self.pages) or 1


def take_evidence(
    result: Result,
    claim: ClaimResult,
    exhibits: Sequence[Exhibit],
    *,
    upload: Path,
    scratch: Path,
    draft: bool,
    prober: Prober,
) -> tuple[Taken, ...]:
    """Copy every file into `upload` and have its pages prepared in `scratch`.

    Raises EvidenceProblem with every file that is missing, changed since it was judged, or not to be opened; in a
    draft a missing file is no problem.
    """
    folder = result.base / claim.claim.folder
    taken: list[Taken] = []
    problems: list[tuple[str, ProbeFacts]] = []
    for exhibit in exhibits:
        if exhibit.source is None or exhibit.upload is None:
            taken.append(Taken(exhibit, None, (), None))
            continue
        facts = claim.files.get(exhibit.source) or FileFacts(exhibit.source, FileState.MISSING, 0, None, None)
        if facts.state is not FileState.PRESENT:
            if draft:
                taken.append(Taken(exhibit, facts, (), None))
            else:
                problems.append((exhibit.source, ProbeFacts(ProbeState.DAMAGED, f"the file is {_say(facts)}")))
            continue
        copy = upload / exhibit.upload
        if copy_file(folder, facts, copy) != facts.sha256:
            problems.append((exhibit.source, ProbeFacts(ProbeState.DAMAGED, "the file changed while it was read")))
            continue
        pdf = scratch / f"{exhibit.tag}.pdf"
        probe = prober.prepare(copy, facts.media_type, pdf, max_pages=result.settings.evidence_pages)
        if probe.state not in _PRINTED_OTHERWISE:
            problems.append((exhibit.source, probe))
            continue
        taken.append(Taken(exhibit, facts, probe.pages, pdf if probe.pages else None, probe))
    if problems:
        raise EvidenceProblem(problems)
    return tuple(taken)


def _say(facts: FileFacts) -> str:
    return facts.state.value.replace("_", " ")
