"""`poe-pack status`."""

from __future__ import annotations

import shutil
from datetime import date

import click

from poe_pack.cli.common import as_of_option, color_option, run_whole, wants_color


@click.command("status")
@click.argument("path", required=False)
@as_of_option
@color_option
def command(path: str | None, as_of: date | None, color: str) -> int:
    """Show all claims of a repository: where they stand, what comes next and by when."""
    from poe_pack.git import last_commit
    from poe_pack.report import render_status, status_facts

    result = run_whole(path, as_of)
    facts = status_facts(result, last_commit(result.base, [str(result.root.relative_to(result.base))]).sha)
    width = shutil.get_terminal_size((100, 24)).columns
    click.echo(render_status(facts, color=wants_color(color), width=width), nl=False, color=True)
    return 0
