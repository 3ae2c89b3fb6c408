"""Rulebooks beside each other: which one a repository uses, and what another one would say of its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from poe_pack.documents.repository import ROOT_FILE, base_of, lay_out, read_document
from poe_pack.findings import Finding
from poe_pack.model import Settings
from poe_pack.rulebook import Rulebook, RulebookError, load_rulebook
from poe_pack.validation.loading import settings_of
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.run import run_rules


class Changed(Struct, frozen=True):
    """A document of which two rulebooks say something different: findings that go, and findings that come."""

    file: str
    document: str
    gone: tuple[Finding, ...]
    come: tuple[Finding, ...]


def named_rulebook(name: str, folder: Path) -> Rulebook:
    """A shipped rulebook by id, or a file by its path from a folder. Raises ConfigurationError."""
    try:
        return load_rulebook(name, folder)
    except RulebookError as error:
        raise ConfigurationError(str(error)) from error


def rulebook_of(root: Path) -> tuple[Rulebook, Settings]:
    """The rulebook of the claims repository at `root`, and its settings. Raises ConfigurationError."""
    base = base_of(root)
    name = (root / ROOT_FILE).relative_to(base).as_posix()
    settings = settings_of(name, read_document(base, name))
    return named_rulebook(settings.rulebook, root), settings


def changed_findings(options: Options, before: Rulebook, after: Rulebook, root: Path) -> tuple[Changed, ...]:
    """Documents of the claims repository at `root` whose findings differ, by file.

    Waived findings count: a waiver does not make a rule agree. Raises ConfigurationError.
    """
    layout = lay_out(root)
    runs = (run_rules(layout, replace(options, rulebook=book)).verdict for book in (before, after))
    old, new = ([*verdict.findings, *verdict.waived] for verdict in runs)
    gone, come = list(_without(old, new)), list(_without(new, old))
    documents = {finding.file: finding.document for finding in (*gone, *come)}
    return tuple(
        Changed(file, documents[file], *(tuple(f for f in found if f.file == file) for found in (gone, come)))
        for file in sorted(documents)
    )


def _without(findings: Sequence[Finding], others: Sequence[Finding]) -> Iterator[Finding]:
    """Findings that are not among the others, in their order; what is there twice must be there twice."""
    there = Counter(map(_what, others))
    for finding in sorted(findings, key=lambda finding: finding.order):
        if there[_what(finding)]:
            there[_what(finding)] -= 1
        else:
            yield finding


def _what(finding: Finding) -> tuple[str, str, str]:
    """What a finding says, without the words to choose from: a longer list of those is no other finding."""
    values = {key: value for key, value in finding.values.items() if key not in ("expected", "nearest")}
    return finding.file, finding.severity.value, replace(finding, values=values).fingerprint
