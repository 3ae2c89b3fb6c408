"""Compares invoices of claims with their files, in runs that open them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from poe_pack.evidence.facts import FileFacts, FileState, MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.invoices.compare import claimed_of, compare
from poe_pack.evidence.invoices.facts import Comparison, InvoiceReading
from poe_pack.evidence.prober import Prober, ProbingUnavailable
from poe_pack.model import Claim
from poe_pack.validation.options import ConfigurationError


class Comparer:
    """Has invoice files read by a child process of its own, started when the first is to be read.

    What was read is let go of once it is compared: ten thousand claims do not hold the text of their invoices.
    """

    def __init__(self) -> None:
        self._prober = Prober()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._prober.close()

    def comparisons(
        self, claim: Claim, folder: Path, files: Mapping[str, FileFacts], probes: Mapping[str, ProbeFacts], pages: int
    ) -> dict[int, Comparison]:
        """By its place in the claim, each invoice whose file can be opened. Raises ConfigurationError.

        `pages` is the most that a file may have. A file that cannot be opened has a finding of its own.
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
            if file not in readings:
                readings[file] = self._read(folder / file, facts.media_type, pages)
            found[index] = compare(claimed_of(invoice), readings[file])
        return found

    def _read(self, path: Path, media_type: MediaType | None, pages: int) -> InvoiceReading:
        try:
            return self._prober.read_invoice(path, media_type, max_pages=pages)
        except ProbingUnavailable as error:
            raise ConfigurationError(f"{error}; 'poe-pack doctor' says what is missing") from error
