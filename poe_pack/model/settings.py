"""What `poe.yaml` decides for a claims repository."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from poe_pack.model.money import Money

PAPERS = ("A4", "letter")
# File name endings that a reviewer can open anywhere.
EVIDENCE_TYPES = frozenset("pdf png jpg jpeg tif tiff webp docx xlsx pptx eml txt csv mp4".split())
# Descriptions of an invoice line that say nothing of what was bought.
GENERIC_DESCRIPTIONS = (
    "marketing",
    "marketing activities",
    "marketing activity",
    "marketing services",
    "marketing support",
    "advertising",
    "campaign",
    "event",
    "services",
    "services rendered",
    "professional services",
    "consulting",
    "miscellaneous",
    "other",
    "as agreed",
    "according to agreement",
    "lump sum",
    "marknadsföring",
    "tjänster",
    "enligt avtal",
    "enligt överenskommelse",
    "diverse",
    "marketing et communication",
    "prestations de services",
    "divers",
    "selon accord",
    "市场活动",
    "市场费用",
    "服务费",
)


class RuleOff(Struct, frozen=True):
    """A rule that this repository switched off, with the reason."""

    rule: str
    reason: str


class Settings(Struct, frozen=True):
    """Defaults are the documented house values; none of them is a figure of a programme."""

    rulebook: str = "microsoft-coop"
    timezone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    paper: str = "A4"
    evidence_file_megabytes: Decimal = Decimal(25)
    evidence_pages: int = 200
    rules_off: tuple[RuleOff, ...] = ()
    answer_days: int = 7
    holidays: frozenset[date] = frozenset()
    reminder_days: int = 14
    source_months: int = 12
    second_person_above: Money | None = None
    upload_file_megabytes: Decimal = Decimal(10)
    evidence_types: frozenset[str] = EVIDENCE_TYPES
    min_picture_pixels: int = 600
    service_days: int = 45
    generic_descriptions: tuple[str, ...] = GENERIC_DESCRIPTIONS

    @property
    def upload_file_bytes(self) -> int:
        return int(self.upload_file_megabytes * 1_000_000)

    @property
    def evidence_file_bytes(self) -> int:
        return int(self.evidence_file_megabytes * 1_000_000)
