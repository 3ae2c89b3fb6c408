"""`poe-pack evidence`."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poe_pack.cli import EXIT_FINDINGS
from poe_pack.cli.common import CannotStart, as_of_option, chosen_claims, color_option, paths_of, run, wants_color
from poe_pack.cli.evidence_add import add
from poe_pack.documents.repository import locate
from poe_pack.languages import catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.options import Options

if TYPE_CHECKING:
    from poe_pack.editing.locking import Lock, Refusal
    from poe_pack.validation.result import ClaimResult, Result


@click.group("evidence")
def command() -> None:
    """Take files in, lock their digests, show what is there and what is missing."""


command.add_command(add)


@command.command("lock")
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option("--accept-changes", is_flag=True, help="Lock also what is not as it was locked before.")
@click.option("--after-submission", is_flag=True, help="Lock also claims that were handed in.")
@as_of_option
def lock(claims: tuple[str, ...], accept_changes: bool, after_submission: bool, as_of: date | None) -> int:
    """Write SHA256SUMS in the folder of each CLAIM (id or folder; default: all of the repository).

    It holds the digest of every file that the claim names and that is there; 'sha256sum -c SHA256SUMS' checks them
    without poe-pack. A file that is not what it was is not locked again in silence. What comes with an approval and
    what is kept outside is never in it. Exit status: 0 all that is there is locked, 1 some refused.
    """
    from poe_pack.editing.locking import CannotLock, Refusal, plan_lock, write_lock

    allowed = {Refusal.CHANGED} if accept_changes else set()
    allowed |= {Refusal.HANDED_IN} if after_submission else set()
    result, chosen = _chosen(claims, as_of)
    refused, left = False, 0
    try:
        for claim in chosen:
            plan = plan_lock(result, claim)
            why = plan.refusals - allowed
            # Without names a claim that was never locked and is out of the partner's hands is left alone.
            if not claims and why == {Refusal.HANDED_IN} and plan.before is None:
                left += 1
                continue
            if not why and not plan.is_written:
                write_lock(plan)
            _tell(plan, why)
            refused |= bool(why)
    except CannotLock as error:
        raise CannotStart(str(error)) from error
    if left:
        click.echo(catalogue().text("evidence.lock.left", count=left), err=True)
    return EXIT_FINDINGS if refused else 0


@command.command("list")
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@as_of_option
@color_option
def list_(claims: tuple[str, ...], format_: str, as_of: date | None, color: str) -> int:
    """Show the evidence of each CLAIM (id or folder; default: all of the repository), and what it still needs.

    Each file with what it proves, its size, its kind by content, its digest, and whether it is as it was locked; then
    what is kept outside, and files in the evidence folder that the claim does not name.
    """
    from poe_pack.report.evidence import evidence_of
    from poe_pack.report.evidence_views import evidence_json, render_evidence

    result, chosen = _chosen(claims, as_of)
    found = evidence_of(result, chosen)
    if format_ == "json":
        click.echo(evidence_json(found, result.as_of), nl=False)
        return 0
    width = shutil.get_terminal_size((100, 24)).columns
    click.echo(render_evidence(found, color=wants_color(color), width=width), nl=False, color=True)
    return 0


def _chosen(names: tuple[str, ...], as_of: date | None) -> tuple[Result, list[ClaimResult]]:
    """The claims of these names; all of them where only the repository is named. Raises CannotStart."""
    result = run(Options(paths=paths_of(names), as_of=as_of))
    named = [name for name in names if not _is_repository(result, name)]
    return result, chosen_claims(result, named)


def _is_repository(result: Result, name: str) -> bool:
    place = locate(Path(name))
    return place == result.root or place in result.root.parents


def _tell(plan: Lock, why: frozenset[Refusal]) -> None:
    """Say what was done with a claim, or why it was not."""
    words, id, count = catalogue(), plan.claim.claim.id, len(plan.digests)
    if why:
        head = words.text("evidence.lock.refused", claim=id)
    elif plan.is_written:
        head = words.text("evidence.lock.unchanged" if count else "evidence.lock.nothing", claim=id, count=count)
    else:
        head = words.text("evidence.lock.written" if count else "evidence.lock.deleted", claim=id, count=count)
    click.echo("\n".join(visible(line) for line in (head, *_details(plan, why))), err=bool(why))


def _details(plan: Lock, why: frozenset[Refusal]) -> Iterator[str]:
    words = catalogue()
    removed = tuple(file for file in plan.removed if file not in plan.lost)
    changes = {"changed": plan.changed, "lost": plan.lost, "skipped": plan.skipped}
    for key, files in changes.items() if why else ({"added": plan.added, "removed": removed} | changes).items():
        yield from (f"  {words.text(f'evidence.lock.{key}'):<10} {file}" for file in files)
    for refusal in sorted(why):
        if refusal == "changed":
            if plan.changed or plan.lost:
                yield f"  {words.text('evidence.lock.why.changed')}"
            if plan.unreadable:
                yield f"  {words.text('evidence.lock.why.lines', count=plan.unreadable)}"
        else:
            yield f"  {words.text(f'evidence.lock.why.{refusal}')}"
    submissions = plan.claim.claim.submissions
    recorded = submissions[-1].sums_sha256 if submissions and plan.claim.claim.is_closed else None
    if not why and recorded not in (None, hashlib.sha256(plan.after).hexdigest()):
        yield f"  {words.text('evidence.lock.recorded')}"
