"""Compares invoices of claims with their files, in runs that open them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from poe_pack.evidence.facts import FileFacts, FileState, MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.files import inspect_file
from poe_pack.evidence.invoices.compare import claimed_of, compare
from poe_pack.evidence.invoices.facts import Claimed, Comparison, InvoiceReading
from poe_pack.evidence.prober import Prober, ProbingUnavailable
from poe_pack.evidence.remembered import ComparisonMemory
from poe_pack.model import Claim
from poe_pack.validation.options import ConfigurationError


class Comparer:
    """Has invoice files read by the child process that opens all others, or recalls what came of it before.

    What was read is let go of once it is compared: ten thousand claims do not hold the text of their invoices.
    """

    def __init__(self, prober: Prober, memory: ComparisonMemory | None) -> None:
        self._prober = prober
        self._memory = memory

    def comparisons(
        self,
        claim: Claim,
        folder: Path,
        files: Mapping[str, FileFacts],
        probes: Mapping[str, ProbeFacts],
        *,
        pages: int,
        max_bytes: int,
    ) -> dict[int, Comparison]:
        """By its place in the claim, each invoice whose file can be opened. Raises ConfigurationError.

        `pages` and `max_bytes` are the most that a file may have. A file that cannot be opened has a finding of its
        own.
        """
        readings: dict[str, InvoiceReading] = {}
        found = {}
        for index, invoice in enumerate(claim.third_party_invoices):
            file = invoice.file
            facts = None if file is None else files.get(file)
            if file is None or facts is None or facts.state is not FileState.PRESENT:
                continue
            if facts.media_type is MediaType.PDF and (file not in probes or probes[file].state is not ProbeState.OK):
                continue
            claimed = claimed_of(invoice)
            known = self._recall(facts, claimed, pages)
            if known is None:
                if file not in readings:
                    readings[file] = self._read(folder / file, facts.media_type, pages)
                known = compare(claimed, readings[file])
                # The file may have changed since its digest was taken: then the answer belongs to other bytes.
                if self._memory is not None and inspect_file(folder, file, max_bytes=max_bytes).sha256 == facts.sha256:
                    self._keep(facts, claimed, pages, known)
            found[index] = known
        return found

    def _recall(self, facts: FileFacts, claimed: Claimed, pages: int) -> Comparison | None:
        if self._memory is None or facts.sha256 is None:
            return None
        return self._memory.recall(facts.sha256, facts.media_type, pages, claimed)

    def _keep(self, facts: FileFacts, claimed: Claimed, pages: int, found: Comparison) -> None:
        if self._memory is not None and facts.sha256 is not None:
            self._memory.keep(facts.sha256, facts.media_type, pages, claimed, found)

    def _read(self, path: Path, media_type: MediaType | None, pages: int) -> InvoiceReading:
        try:
            return self._prober.read_invoice(path, media_type, max_pages=pages)
        except ProbingUnavailable as error:
            raise ConfigurationError(f"{error}; 'poe-pack doctor' says what is missing") from error
