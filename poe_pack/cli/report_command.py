"""`poe-pack report`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from poe_pack.cli.common import CannotStart, as_of_option, run_whole


@click.command("report")
@click.argument("path", required=False)
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@click.option("--paper", type=click.Choice(["A4", "letter"]), help="Default: what poe.yaml says.")
@as_of_option
def command(path: str | None, out: Path, paper: str | None, as_of: date | None) -> int:
    """Write the status report of a claims repository: index.html, status.pdf, status.csv, status.json."""
    from poe_pack.git import last_commit
    from poe_pack.printing import MissingGlyph, PrintingUnavailable
    from poe_pack.report import write_report

    result = run_whole(path, as_of)
    commit = last_commit(result.base, [str(result.root.relative_to(result.base))]).sha
    try:
        written = write_report(result, out, commit=commit, paper=paper or result.settings.paper)
    except OSError as error:
        raise CannotStart(f"cannot write to {out}: {error.strerror or error}") from error
    except (MissingGlyph, PrintingUnavailable) as error:
        raise CannotStart(str(error)) from error
    for file in written:
        click.echo(str(file))
    return 0
