"""What several commands share: their options, starting a run, and finding claims by name."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from poe_pack.documents.repository import NoRepository, find_root, locate
from poe_pack.languages.visible import visible
from poe_pack.validation.options import ConfigurationError, Options

if TYPE_CHECKING:
    from poe_pack.validation.result import ClaimResult, Result  # the nouns hang on it

_F = TypeVar("_F", bound=Callable[..., Any])


class CannotStart(Exception):
    """Usage, configuration or missing input: exit status 2, the text says what to do; each argument is a line."""

    def __str__(self) -> str:
        # Names come from the disk and the command line: none may steer the terminal or look like a line of ours.
        return "\n".join(visible(str(line)) for line in self.args)


def parse_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Callback of an option that takes a date."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a date; write it as 2026-11-21", ctx, param) from error


def as_of_option(function: _F) -> _F:
    """`--as-of DATE`."""
    text = "Judge as of this day instead of today (year-month-day)."
    return click.option("--as-of", callback=parse_day, metavar="DATE", help=text)(function)


def color_option(function: _F) -> _F:
    """`--color`."""
    choice = click.Choice(["auto", "always", "never"])
    return click.option("--color", type=choice, default="auto", show_default=True, help="Colour the text.")(function)


def wants_color(choice: str) -> bool:
    """Whether to colour: asked for, or a terminal that was not told otherwise (NO_COLOR, FORCE_COLOR)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())


def run(options: Options) -> Result:
    """Validate; raises CannotStart with a sentence for the user."""
    from poe_pack.validation.validate import validate

    with can_start():
        return validate(options)


@contextmanager
def can_start() -> Iterator[None]:
    """Turns what keeps a run from starting into CannotStart, with a sentence for the user."""
    try:
        yield
    except NoRepository as error:
        raise CannotStart(str(error)) from error
    except ConfigurationError as error:
        raise CannotStart(*str(error).split("\n")) from error


def run_whole(path: str | None, as_of: date | None) -> Result:
    """Validate the repository that `path` lies in (None: the current folder) and show all of it."""
    return run(Options(paths=(root_of((Path(path or "."),)),), as_of=as_of))


def root_of(paths: tuple[Path, ...]) -> Path:
    """The claims repository that all paths lie in; raises CannotStart with a sentence for the user."""
    try:
        return find_root(paths)
    except NoRepository as error:
        raise CannotStart(str(error)) from error


def chosen_claims(result: Result, names: Sequence[str]) -> list[ClaimResult]:
    """Claims by id, folder or file; all of them where no name is given. Raises CannotStart for an unknown one."""
    if not names:
        return list(result.claims)
    chosen: dict[str, ClaimResult] = {}
    for name in names:
        found = [claim for claim in result.claims if name == claim.claim.id] or _below(result, name)
        if not found:
            known = ", ".join(claim.claim.id for claim in result.claims) or "none"
            unread = ["some cannot be read; 'poe-pack validate' says why"] if result.unread else []
            raise CannotStart(f"there is no claim {name!r}; the claims here are: {known}", *unread)
        chosen.update((claim.claim.file, claim) for claim in found)
    return list(chosen.values())


def _below(result: Result, name: str) -> list[ClaimResult]:
    path = locate(Path(name))
    places = ((claim, result.base / claim.claim.file) for claim in result.claims)
    return [claim for claim, place in places if place == path or path in place.parents]


def paths_of(names: Sequence[str]) -> tuple[Path, ...]:
    """Names that are files or folders; the current folder where none is."""
    return tuple(Path(name) for name in names if os.path.lexists(name)) or (Path(),)
