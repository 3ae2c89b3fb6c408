"""`poe-pack new`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from poe_pack.cli.common import CannotStart, parse_day, run
from poe_pack.validation.options import ConfigurationError, Options

_FLOWS = ("co_op_management", "plan_management", "direct")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@click.group("new")
def command() -> None:
    """Begin a document."""


@command.command("claim")
@click.argument("id")
@click.option("--activity-type", required=True, metavar="TYPE", help="Id of the rulebook, such as digital_advertising.")
@click.option("--flow", type=click.Choice(_FLOWS), help="Default: the one that is usual in the program.")
@click.option("--date", "day", callback=parse_day, metavar="DATE", help="Date of execution (default: today).")
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The claims repository.")
def claim(id: str, activity_type: str, flow: str | None, day: date | None, root: Path) -> int:
    """Write ID/claim.yaml with what its activity type will need as comments."""
    from poe_pack.editing import AlreadyThere, NewClaim, new_claim, usual_flow
    from poe_pack.rulebook import UnknownValue, load_rulebook

    if not _ID.match(id):
        raise CannotStart(f"{id!r} cannot be an id; use lower case letters, digits and hyphens, such as azure-ads")
    result = run(Options(paths=(root,)))
    book = load_rulebook(result.settings.rulebook, result.root)
    try:
        file = new_claim(result, book, NewClaim(id, activity_type, flow or usual_flow(book), day or result.as_of))
    except UnknownValue as error:
        known = ", ".join(book.ids("activity_types"))
        raise CannotStart(f"there is no activity type {activity_type!r}; there are: {known}") from error
    except (AlreadyThere, ConfigurationError) as error:
        raise CannotStart(str(error)) from error
    except OSError as error:
        raise CannotStart(f"cannot write below {result.root}: {error.strerror}") from error
    click.echo(f"{file}\nNext: fill it in, put its evidence beside it, then 'poe-pack explain {id}'.")
    return 0
