"""Which findings are shown: those below the paths asked for, and of the codes asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from poe_pack.documents.repository import Layout, locate
from poe_pack.findings import Finding
from poe_pack.validation.options import Options
from poe_pack.validation.verdict import Verdict

if TYPE_CHECKING:  # a recalled verdict needs neither
    from poe_pack.validation.baseline import Entry
    from poe_pack.validation.changes import Touched
    from poe_pack.validation.telling import Telling


class Selection:
    """What the user asked to see of a repository."""

    def __init__(self, layout: Layout, options: Options, touched: Touched | None = None) -> None:
        self._options = options
        self._touched = touched
        self._places: list[str] | None = None
        places = [locate(path) for path in options.paths]
        if not any(place == layout.root or place in layout.root.parents for place in places):
            self._places = [_document_of(layout, place) for place in places]

    def narrow(self, verdict: Verdict) -> Verdict:
        """The verdict with only those findings and documents."""
        return replace(
            verdict,
            findings=self._shown(verdict.findings),
            waived=self._shown(verdict.waived),
            documents=tuple((file, id) for file, id in verdict.documents if self._is_inside(file)),
            shown_below=tuple(dict.fromkeys(self._places or ())),
            known=self._shown(verdict.known),
            shown_staged=self._options.show is not None and self._options.changed_since is None,
            shown_since=self._options.changed_since,
        )

    def of(self, telling: Telling) -> Callable[[Entry], bool]:
        """Whether a finding of an earlier run would have been found and shown, were it still there."""
        return lambda entry: (
            self._is_inside(entry.file) and self._is_asked_for(entry.code) and telling.would_find(entry)
        )

    def opens(self, file: str, id: str) -> bool:
        """Whether the evidence of this claim is opened in a deep run."""
        ids = self._options.deep_ids
        return id in ids or (self._covers(file) and not (ids and self._places is None))

    def _shown(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(finding for finding in findings if self._is_shown(finding))

    def _covers(self, file: str) -> bool:
        return self._places is None or any(_inside(file, place) for place in self._places)

    def _is_shown(self, finding: Finding) -> bool:
        concerned = self._touched is None or self._touched.concerns(finding)
        return concerned and self._covers(finding.file) and self._is_asked_for(finding.code)

    def _is_asked_for(self, code: str) -> bool:
        options = self._options
        return code not in options.ignore and (not options.select or code in options.select)

    def _is_inside(self, file: str) -> bool:
        return self._covers(file) and (self._touched is None or self._touched.covers(file))


def _document_of(layout: Layout, place: Path) -> str:
    """What a path stands for, relative to the base: itself, or the claim that a piece of evidence belongs to."""
    relative = place.relative_to(layout.base).as_posix()
    if relative in layout.files or (place.is_dir() and any(_inside(file, relative) for file in layout.files)):
        return relative
    inside = (folder for folder in place.parents if folder.is_relative_to(layout.root))
    claim = next((folder for folder in inside if (folder / "claim.yaml").is_file()), place)
    return claim.relative_to(layout.base).as_posix()


def _inside(file: str, place: str) -> bool:
    return place in ("", ".") or file == place or file.startswith(f"{place}/")
