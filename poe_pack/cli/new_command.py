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
@click.option(
    "--activity-type", required=True, metavar="TYPE", help="Id or English name; 'poe-pack rulebook show' lists them."
)
@click.option("--flow", type=click.Choice(_FLOWS), help="Default: the one that is usual in the program.")
@click.option("--date", "day", callback=parse_day, metavar="DATE", help="Date of execution (default: today).")
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The claims repository.")
def claim(id: str, activity_type: str, flow: str | None, day: date | None, root: Path) -> int:
    """Write ID/claim.yaml with what its activity type will need as comments."""
    from poe_pack.editing import AlreadyThere, NewClaim, new_claim, usual_flow
    from poe_pack.formats.rulebook_text import type_called, unknown_type
    from poe_pack.rulebook import UnknownValue, load_rulebook

    if not _ID.match(id):
        raise CannotStart(f"{id!r} cannot be an id; use lower case letters, digits and hyphens, such as azure-ads")
    result = run(Options(paths=(root,)))
    book = load_rulebook(result.settings.rulebook, result.root)
    type_id, _ = type_called(book, activity_type)
    if type_id is None:
        raise CannotStart(unknown_type(book, activity_type))
    on = day or result.as_of
    try:
        file = new_claim(result, book, NewClaim(id, type_id, flow or usual_flow(book), on))
    except UnknownValue as error:
        raise CannotStart(f"{book.id} says nothing of {type_id} on {on}; it begins later") from error
    except (AlreadyThere, ConfigurationError) as error:
        raise CannotStart(str(error)) from error
    except OSError as error:
        raise CannotStart(f"cannot write below {result.root}: {error.strerror}") from error
    click.echo(f"{file}\nNext: fill it in, put its evidence beside it, then 'poe-pack explain {id}'.")
    return 0
