"""Sources of the rulebook that nobody has read again for long: what they said may no longer be so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from poe_pack.documents.fault import Code
from poe_pack.documents.repository import ROOT_FILE
from poe_pack.findings import NOWHERE, Finding, Severity
from poe_pack.rulebook import Rulebook
from poe_pack.rulebook.calendar import add_months
from poe_pack.validation.loading import Loaded, in_base

STALE_SOURCE = Code(
    "POE917",
    "stale-source",
    Severity.INFO,
    """
    ## What it checks
    Every source of the rulebook was read within the last months: 12, unless `source_months` in `poe.yaml` says
    otherwise. There is one finding for all that were not; it names the oldest.

    ## Why
    The programme's pages change every half-year without notice. Claims that agree with an old page are refused by the
    new one.

    ## Example
    A source with `read: "2025-06-01"` on 1 September 2026.

    ## How to fix
    Compare the values with the source. Of a rulebook of your own correct what changed and set `read` to that day; of
    a shipped one install a newer poe-pack, or extend it (`extends:`) and say there what changed and when you read it.

    ## Source
    The project's own rule.
    """,
)
CODES = (STALE_SOURCE,)


def stale_sources(loaded: Loaded, book: Rulebook, today: date) -> Iterator[Finding]:
    """At most one finding, at the rulebook's name in `poe.yaml`."""
    months = loaded.settings.source_months
    stale = [source for source in book.sources.values() if add_months(source.read, months) < today]
    document = loaded.documents.get(in_base(loaded.layout, ROOT_FILE))
    if not stale or document is None or not document.is_sound(["/rulebook"]):
        return
    oldest = min(stale, key=lambda source: (source.read, source.id))
    tree = document.open()
    yield Finding(
        code=STALE_SOURCE.code,
        name=STALE_SOURCE.name,
        severity=STALE_SOURCE.severity,
        message=STALE_SOURCE.code,
        values={"rulebook": book.id, "count": len(stale), "months": months, "title": oldest.title, "read": oldest.read},
        file=document.file,
        position=tree.places.value("/rulebook") if tree is not None else NOWHERE,
        path="/rulebook",
        document=document.id,
    )
