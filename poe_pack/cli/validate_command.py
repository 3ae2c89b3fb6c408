"""`poe-pack validate`."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from poe_pack.cli import EXIT_FINDINGS
from poe_pack.cli.common import CannotStart, as_of_option, can_start, color_option, root_of, wants_color
from poe_pack.findings import Severity
from poe_pack.formats import NAMES, formatter
from poe_pack.languages import catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.judge import judge
from poe_pack.validation.options import Options
from poe_pack.validation.verdict import Verdict


@click.command("validate")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(NAMES),
    default="text",
    show_default=True,
    help="For people, editors, scripts or a CI service.",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there instead of the terminal.")
@as_of_option
@click.option("--for", "purpose", type=click.Choice(["submission"]), help="Take what a draft lacks as an error.")
@click.option("--select", multiple=True, metavar="CODE", help="Run only this rule (may be repeated).")
@click.option("--ignore", multiple=True, metavar="CODE", help="Do not run this rule (may be repeated).")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="Exit with 1 from this severity on.",
)
@click.option("--staged", is_flag=True, help="Show only findings that concern what is staged in git.")
@click.option(
    "--changed-since",
    metavar="REV",
    help="Show only findings that concern what changed since the branch left REV, committed or not.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Set aside what an earlier run found (its JSON), and name what is fixed.",
)
@click.option(
    "--policy-from", metavar="REV", help="Take poe.yaml, own rulebook and baseline from REV, not the working tree."
)
@click.option("--deep", is_flag=True, help="Open evidence files, too, and compare invoices.")
@click.option("--fix", is_flag=True, help="Make the fixes that are safe, then check again; not with --staged.")
@click.option("--diff", is_flag=True, help="Print those fixes as a diff and write nothing.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to read with.")
@click.option("--no-cache", is_flag=True, help="Read everything again, and keep nothing for the next run.")
@color_option
@click.option("-v", "--verbose", is_flag=True, help="Show infos, too.")
def command(
    paths: tuple[str, ...],
    format_: str,
    output: Path | None,
    as_of: date | None,
    purpose: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    staged: bool,
    changed_since: str | None,
    baseline: Path | None,
    policy_from: str | None,
    deep: bool,
    fix: bool,
    diff: bool,
    jobs: int | None,
    no_cache: bool,
    color: str,
    verbose: bool,
) -> int:
    """Check the claims repository that PATH lies in (default: the current folder).

    All of it is checked; what is shown are the findings below PATH: a file, a claim's folder or the repository.
    Exit status: 0 clean, 1 findings, 2 usage or configuration, 3 internal error.

    --staged and --changed-since show findings of changed documents and claims' files, and those that point at one. A
    changed plan, funds or partner document, or a deleted one, shows all of its partner; a changed poe.yaml or own
    rulebook shows everything. A baseline is what '--format json --output FILE' wrote; what is graver now stands.
    """
    _refuse_pairs(staged=staged, since=changed_since is not None, fix=fix)
    places = tuple(Path(path) for path in paths) or (Path(),)
    show, tracked = _staged(places) if staged else (_changed(places, changed_since), None)
    options = Options(
        paths=places,
        as_of=as_of,
        for_submission=purpose is not None,
        select=select,
        ignore=ignore,
        deep=deep,
        jobs=jobs or 0,
        show=show,
        tracked=tracked,
        changed_since=changed_since,
        baseline=baseline,
        policy_from=policy_from,
        remember=not no_cache,
        reuse=deep and not no_cache,
    )
    result = _judge(options)
    if not diff and fix and _write_fixes(result):
        result = _judge(options)
    if diff:
        _print_diff(result)
    else:
        _print(formatter(format_)(result, color=output is None and wants_color(color), verbose=verbose), output)
    return _exit_status(result, fail_on)


def _judge(options: Options) -> Verdict:
    with can_start():
        return judge(options)


def _refuse_pairs(*, staged: bool, since: bool, fix: bool) -> None:
    """Raise UsageError for options that contradict each other."""
    if staged and since:
        raise click.UsageError("--staged and --changed-since both say what to show; name one of them")
    if staged and fix:
        raise click.UsageError(
            "--fix changes files on the disk, not what is staged; run 'poe-pack validate --fix', then stage the files"
        )


def _exit_status(result: Verdict, fail_on: str) -> int:
    threshold = Severity(fail_on).weight
    return EXIT_FINDINGS if any(finding.severity.weight >= threshold for finding in result.findings) else 0


def _print_diff(result: Verdict) -> None:
    """Print the safe fixes of what is shown."""
    from poe_pack.editing.fixing import CannotFix, diff, mend

    try:
        text = "".join(diff(mended) for mended in mend(result.base, result.findings))
    except CannotFix as error:
        raise CannotStart(str(error)) from error
    click.echo("\n".join(_line_of_patch(line) for line in text.split("\n")), nl=False, color=True)


def _line_of_patch(line: str) -> str:
    """The line as it is, so that the patch applies, its tabs and carriage return too; made harmless where it is not."""
    from poe_pack.documents.characters import first_odd

    written = line.removesuffix("\r")
    return line if first_odd(written) is None and "\r" not in written else visible(line)


def _write_fixes(result: Verdict) -> int:
    """Make the safe fixes of what is shown and say so; returns how many there were."""
    from poe_pack.editing.fixing import CannotFix, mend, write

    count = 0
    try:
        for mended in list(mend(result.base, result.findings)):
            write(mended)
            count += mended.count
            click.echo(catalogue().fill("fixed", {"file": visible(mended.file), "count": mended.count}), err=True)
    except CannotFix as error:
        raise CannotStart(str(error)) from error
    return count


def _staged(places: tuple[Path, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """What is staged, and everything of the repository that the next commit will hold."""
    from poe_pack.git import GitProblem, staged_files, tracked_files

    root = root_of(places)
    try:
        return staged_files(root), tracked_files(root)
    except GitProblem as problem:
        raise CannotStart(f"--staged needs a git repository: {problem}") from problem


def _changed(places: tuple[Path, ...], revision: str | None) -> frozenset[str] | None:
    """What changed since HEAD left the history of a revision; None where none is named."""
    if revision is None:
        return None
    from poe_pack.git import GitProblem, changed_since, resolve

    root = root_of(places)
    try:
        return changed_since(root, resolve(root, revision))
    except GitProblem as problem:
        raise CannotStart(f"--changed-since: {problem}") from problem


def _print(text: str, output: Path | None) -> None:
    """Print, or write whole or not at all."""
    if output is None:
        click.echo(text, nl=False, color=True)
        return
    part = output.with_name(f".{output.name}.part")
    try:
        part.write_text(text, encoding="utf-8", errors="backslashreplace")
        part.replace(output)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else error
        raise CannotStart(f"cannot write {output}: {reason}") from error
