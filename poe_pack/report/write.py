"""Writes the files of a report, each whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from poe_pack.report.facts import status_facts
from poe_pack.validation.result import Result


def write_report(
    result: Result, out: Path, *, commit: str | None, language: str = "en", paper: str = "A4"
) -> tuple[Path, ...]:
    """Write `index.html`, `status.pdf`, `status.csv` and `status.json` into a folder, and return their paths.

    The folder is made where it is missing. All views are made before the first file is written, so that a failure
    leaves an earlier report as it was. Raises OSError where the folder cannot be written, ValueError for a language
    or paper that does not exist.
    """
    from poe_pack.printing import PAPERS
    from poe_pack.report.data import status_csv, status_json
    from poe_pack.report.page import render_page
    from poe_pack.report.pdf import render_pdf

    if paper not in PAPERS:
        raise ValueError(f"there is no paper {paper!r}")
    facts = status_facts(result, commit)
    files = {
        "index.html": render_page(facts, language=language).encode(),
        "status.pdf": render_pdf(facts, language=language, paper=paper),
        "status.csv": status_csv(facts, language=language).encode(),
        "status.json": status_json(facts).encode(),
    }
    out.mkdir(parents=True, exist_ok=True)
    return tuple(_write_whole(out / name, data) for name, data in files.items())


def _write_whole(path: Path, data: bytes) -> Path:
    """Write beside the target, then rename: a reader sees the old file or the new one, never half of one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
