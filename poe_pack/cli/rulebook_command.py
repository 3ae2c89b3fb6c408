"""`poe-pack rulebook`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poe_pack.cli.common import CannotStart, as_of_option, can_start
from poe_pack.languages.visible import visible

if TYPE_CHECKING:
    from poe_pack.rulebook import Rulebook


@click.group("rulebook")
def command() -> None:
    """Look into rulebooks: check one, show what a type of activity needs, compare two."""


@command.command("check")
@click.argument("file", metavar="FILE")
def check(file: str) -> int:
    """Check a rulebook of your own: a .yaml file, or a folder of them.

    Every value must have its source and every name must be known. Exits with 1 if something is wrong.
    """
    from poe_pack.formats.rulebook_text import sound_rulebook
    from poe_pack.rulebook import RulebookError, UnsoundRulebook
    from poe_pack.rulebook.check import read_rulebook
    from poe_pack.rulebook.load import make_rulebook

    try:
        book = make_rulebook(read_rulebook(Path(file)))
    except UnsoundRulebook as error:
        click.echo("\n".join(visible(line) for line in str(error).splitlines()))
        return 1
    except RulebookError as error:
        raise CannotStart(str(error)) from error
    click.echo(sound_rulebook(book, file), nl=False)
    return 0


@command.command("show")
@click.argument("activity_type", metavar="[TYPE]", required=False)
@as_of_option
@click.option("--rulebook", "name", metavar="RULEBOOK", help="A shipped rulebook or a file, instead of the one here.")
def show(activity_type: str | None, as_of: date | None, name: str | None) -> int:
    """Show what an activity of TYPE needs, by whose word and since when.

    TYPE is an id or the English name; without it, all types are listed. Without --rulebook that of the claims
    repository here counts, or else microsoft-coop.
    """
    from poe_pack.formats.rulebook_text import list_types, show_type, type_called, unknown_type
    from poe_pack.rulebook import UnknownValue
    from poe_pack.validation.options import today_in

    book, timezone = _book_here(name)
    day = as_of or today_in(timezone)
    if activity_type is None:
        click.echo(list_types(book, day), nl=False)
        return 0
    id, _ = type_called(book, activity_type)
    if id is None:
        raise CannotStart(unknown_type(book, activity_type))
    try:
        click.echo(show_type(book, id, day), nl=False)
    except UnknownValue as error:
        raise CannotStart(f"{book.id} says nothing of {id} on {day}; it begins later") from error
    return 0


@command.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@as_of_option
@click.option(
    "--root", default=".", metavar="DIR", help="The claims repository to judge by both (default: the one here)."
)
def diff(before: str, after: str, as_of: date | None, root: str) -> int:
    """Show what differs between rulebooks A and B, and whose findings that changes.

    A and B are ids of shipped rulebooks or .yaml files. Every claim of the repository is judged by both. Exits with 0
    whether or not something differs.
    """
    from poe_pack.documents.repository import NoRepository, find_root
    from poe_pack.formats.rulebook_text import changed_claims, compared_rulebooks
    from poe_pack.rulebook.difference import differences
    from poe_pack.validation.books import changed_findings, named_rulebook
    from poe_pack.validation.options import Options

    with can_start():
        one, other = (named_rulebook(name, Path()) for name in (before, after))
    try:
        home = find_root((Path(root),))
    except NoRepository as error:
        if root != ".":
            raise CannotStart(str(error)) from error
        home = None
    click.echo(compared_rulebooks(one, other, tuple(differences(one, other))), nl=False)
    changed = None
    if home is not None:
        with can_start():
            changed = changed_findings(Options((home,), as_of=as_of), one, other, home)
    click.echo(changed_claims(changed), nl=False)
    return 0


def _book_here(name: str | None) -> tuple[Rulebook, str]:
    """The rulebook of that name, or that of the repository here, or the default one; and the time zone."""
    from poe_pack.documents.repository import NoRepository, find_root
    from poe_pack.model import Settings
    from poe_pack.validation.books import named_rulebook, rulebook_of

    settings = Settings()
    with can_start():
        try:
            book, settings = rulebook_of(find_root((Path(),)))
        except NoRepository:
            book = named_rulebook(settings.rulebook, Path())
        return (book if name is None else named_rulebook(name, Path())), settings.timezone
