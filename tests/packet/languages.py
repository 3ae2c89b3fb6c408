"""Packets of one claim in every language on every paper, made by a process of its own: `python -m … BASE OUT`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from poe_pack.evidence.prober import Prober
from poe_pack.languages.formats import LANGUAGES
from poe_pack.model import CertificationServiceReport, DateRange, Material, Person
from poe_pack.packet import build_packet
from poe_pack.printing import PAPERS
from poe_pack.validation.result import ClaimResult, Result
from tests.packet.conftest import COMMIT
from tests.packet.samples import PROOFS, D, sample

REPORT = CertificationServiceReport(
    id="own-work",
    description="Preparation of the demo environment",
    work_period=DateRange(date(2026, 9, 1), date(2026, 9, 14)),
    location="Göteborg",
    people=(Person("Maja Lindqvist", "Architect", D("12.5"), D("95.00"), "service_labour"),),
    materials=(Material("Badges", D("120.00"), "giveaways"),),
    total=None,
    product_focus="Azure Migrate",
    results="118 guests",
    certifier_name="Maja Lindqvist",
    certifier_title="CFO",
    certifier_email=None,
    certified_on=date(2026, 9, 30),
    statement_accepted=True,
    tactic=None,
    file="evidence/agenda.pdf",
)
EDITIONS = tuple((language, paper) for language in LANGUAGES for paper in PAPERS)


def claim_of(base: Path) -> tuple[Result, ClaimResult]:
    """The sample with an invoice, a report of in-house work and proofs of several shapes."""
    return sample(base, certification_service_reports=(REPORT,), proof_documents=PROOFS[:1] + PROOFS[2:])


def build_all(base: Path, out: Path) -> None:
    """A packet of each edition in `out/<language>-<paper>`; those in French and on letter are drafts."""
    result, claim = claim_of(base)
    with Prober() as prober:
        for language, paper in EDITIONS:
            build_packet(
                result,
                claim,
                out / f"{language}-{paper}",
                language=language,
                paper=paper,
                draft=is_draft(language, paper),
                prober=prober,
                commit=COMMIT,
            )


def is_draft(language: str, paper: str) -> bool:
    return language == "fr" or paper == "letter"


if __name__ == "__main__":
    build_all(Path(sys.argv[1]), Path(sys.argv[2]))
