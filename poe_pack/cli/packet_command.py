"""`poe-pack packet`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poe_pack.cli import EXIT_FINDINGS
from poe_pack.cli.common import CannotStart, as_of_option, chosen_claims, paths_of, run
from poe_pack.documents.repository import locate
from poe_pack.findings import Finding, Severity
from poe_pack.languages.formats import LANGUAGES
from poe_pack.languages.visible import visible
from poe_pack.validation.options import Options
from poe_pack.validation.result import ClaimResult, Result

if TYPE_CHECKING:
    from poe_pack.packet.batch import Job  # what it imports is needed only when packets are made

_GRAVE = (Severity.ERROR, Severity.OPEN)


@click.command("packet")
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@click.option("--paper", type=click.Choice(["A4", "letter"]), help="Default: what poe.yaml says.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the first that poe.yaml names.")
@click.option("--draft", is_flag=True, help="Also for claims that are not ready; every page says DRAFT.")
@click.option("--force", is_flag=True, help="Also make packets again that would not change.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Packets to make at once.")
@click.option("--no-cache", is_flag=True, help="Open every file again, whatever an earlier run learned of it.")
@as_of_option
def command(
    claims: tuple[str, ...],
    out: Path,
    paper: str | None,
    language: str | None,
    draft: bool,
    force: bool,
    jobs: int,
    no_cache: bool,
    as_of: date | None,
) -> int:
    """Make upload folder, portal sheet and packet of each CLAIM (id or folder; default: all of the repository).

    The evidence is opened and invoices are compared with their files first; what is found there is told.
    A packet is the folder DIR/CLAIM; in a repository of several partners DIR/PARTNER/CLAIM. One that is there already
    and would not change stays as it is, unless --force. A claim with errors or open items gets no packet unless
    --draft. Exit status: 0 all made, 1 some refused.
    """
    ids = frozenset(name for name in claims if not Path(name).exists())
    result = run(Options(paths=paths_of(claims), as_of=as_of, deep=True, deep_ids=ids, reuse=not no_cache))
    named = [name for name in claims if not _is_repository(result, name)]
    chosen = chosen_claims(result, named)
    ready = [claim for claim in chosen if draft or not _grave(claim)]
    from poe_pack.packet.batch import Job

    for claim in chosen:
        if claim in ready:
            _warn(result, claim)
        else:
            _refuse(result, claim)

    settings = result.settings
    job = Job(out, paper or settings.paper, language or settings.languages[0], draft, force)
    made = _build(result, ready, job, jobs)
    unread = 0 if named else result.unread
    if unread:
        click.echo(f"no packet for {unread} that cannot be read; 'poe-pack validate' says why", err=True)
    return EXIT_FINDINGS if made < len(chosen) or unread else 0


def _is_repository(result: Result, name: str) -> bool:
    place = locate(Path(name))
    return place == result.root or place in result.root.parents


def _grave(claim: ClaimResult) -> bool:
    return any(finding.severity in _GRAVE for finding in claim.findings)


def _refuse(result: Result, claim: ClaimResult) -> None:
    from poe_pack.packet.places import place_of

    why = "no packet, the claim is not ready (--draft makes one all the same)"
    click.echo(visible(f"{place_of(result, claim)}: {why}"), err=True)
    _tell([finding for finding in claim.findings if finding.severity in _GRAVE])


def _warn(result: Result, claim: ClaimResult) -> None:
    """Say of a claim that gets its packet what opening its evidence found: no earlier run need have told it."""
    from poe_pack.packet.places import place_of
    from poe_pack.validation.by_opening import BY_OPENING

    found = [f for f in claim.findings if f.code in BY_OPENING and f.severity is not Severity.INFO]
    if found:
        head = "evidence was found wanting; look at it before the packet is signed"
        click.echo(visible(f"{place_of(result, claim)}: {head}"), err=True)
        _tell(found)


def _tell(findings: Sequence[Finding]) -> None:
    from poe_pack.formats.words import line_of
    from poe_pack.languages import catalogue

    for finding in findings:
        click.echo(f"  {line_of(finding, catalogue())}", err=True)


def _build(result: Result, claims: Sequence[ClaimResult], job: Job, jobs: int) -> int:
    """Build packets; returns how many claims have theirs."""
    from poe_pack.packet.batch import PackingFailed, build_all

    made = 0
    try:
        for outcome in build_all(result, claims, job, jobs):
            if outcome.problem is None:
                made += 1
                stays = ", unchanged" if outcome.unchanged else ""
                click.echo(visible(f"{outcome.claim}: {outcome.pages} pages in {outcome.folder}{stays}"))
            else:
                click.echo(visible(f"{outcome.claim}: no packet: {outcome.problem}"), err=True)
    except PackingFailed as error:
        raise CannotStart(str(error)) from error
    return made
