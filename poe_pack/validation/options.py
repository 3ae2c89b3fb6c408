"""What a run is asked to do."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

if TYPE_CHECKING:
    from poe_pack.rulebook import Rulebook


class Options(Struct, frozen=True):
    """`paths` select what is shown (the whole repository is always checked). `as_of` None: today.

    `show` holds files relative to the base instead, for a selection that git made; `tracked` those that the next
    commit will hold (None: whatever is on the disk counts); `changed_since` names the revision that `show` was worked
    out from, for whoever reads the result. `baseline` is the result of an earlier run; `policy_from` is the revision
    to read `poe.yaml`, the repository's own rulebook and the baseline from (None: the working tree).

    `deep` opens the evidence of the claims below `paths`, and of those with an id in `deep_ids`. `jobs` 0: as many as
    pay off. `remember`: use and keep what earlier runs found out, in the user's cache directory. `rulebook` judges
    instead of the one that `poe.yaml` names. `reuse`: what earlier runs learned by opening files counts, by the files'
    digests, and with `deep` is kept; without `deep` nothing more is opened.
    """

    paths: tuple[Path, ...]
    as_of: date | None = None
    for_submission: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    deep: bool = False
    deep_ids: frozenset[str] = frozenset()
    jobs: int = 0
    show: frozenset[str] | None = None
    tracked: frozenset[str] | None = None
    changed_since: str | None = None
    baseline: Path | None = None
    policy_from: str | None = None
    remember: bool = False
    rulebook: Rulebook | None = None
    reuse: bool = False


class ConfigurationError(Exception):
    """The run cannot start; the text says what to correct."""


def today_in(timezone: str) -> date:
    """The day it is in an IANA time zone."""
    return datetime.now(ZoneInfo(timezone)).date()
