"""`poe-pack init`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from poe_pack.cli.common import CannotStart


@click.command("init")
@click.argument("folder", required=False, type=click.Path(path_type=Path), default=Path())
@click.option("--rulebook", metavar="NAME", help="The program's rulebook, such as food-export-branded.")
def command(folder: Path, rulebook: str | None) -> int:
    """Begin a claims repository in FOLDER (default: the current one). Nothing is overwritten."""
    from poe_pack.editing import AlreadyThere, init_repository
    from poe_pack.model import Settings
    from poe_pack.rulebook import RulebookError
    from poe_pack.rulebook.load import is_own

    name = rulebook or Settings().rulebook
    if is_own(name):
        raise CannotStart("a rulebook of your own comes later: begin with a shipped one, then change poe.yaml")
    try:
        written = init_repository(folder, name, datetime.now(UTC).date())
    except (AlreadyThere, RulebookError) as error:
        raise CannotStart(str(error)) from error
    except OSError as error:
        raise CannotStart(f"cannot write to {folder}: {error.strerror}") from error
    for file in written:
        click.echo(str(file))
    click.echo("Next: put your company into partner.yaml, then 'poe-pack new claim ID --activity-type TYPE'.")
    return 0
