"""`poe-pack init`."""

from __future__ import annotations

from pathlib import Path

import click

from poe_pack.cli.common import CannotStart


@click.command("init")
@click.argument("folder", required=False, type=click.Path(path_type=Path), default=Path())
def command(folder: Path) -> int:
    """Begin a claims repository in FOLDER (default: the current one). Nothing is overwritten."""
    from poe_pack.editing import AlreadyThere, init_repository

    try:
        written = init_repository(folder)
    except AlreadyThere as error:
        raise CannotStart(str(error)) from error
    except OSError as error:
        raise CannotStart(f"cannot write to {folder}: {error.strerror}") from error
    for file in written:
        click.echo(str(file))
    click.echo("Next: put your company into partner.yaml, then 'poe-pack new claim ID --activity-type TYPE'.")
    return 0
