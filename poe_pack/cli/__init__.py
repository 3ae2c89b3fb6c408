"""The command line. Commands are imported only when they are called, so that each starts quickly."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from io import StringIO, TextIOWrapper
from typing import Any, NoReturn

import click

from poe_pack import __version__

_COMMANDS = {
    "init": "Begin a claims repository.",
    "new": "Begin a claim, with what its activity type will need.",
    "validate": "Check claims before they are handed in.",
    "status": "Show what is due, claim by claim.",
    "evidence": "Take evidence in, lock its digests, list it.",
    "packet": "Make upload folder, portal sheet and packet.",
    "verify": "Compare packets with their manifest and the repository.",
    "report": "Write the status report: HTML, PDF, CSV, JSON.",
    "rulebook": "Check, show and compare rulebooks.",
    "explain": "Say what a rule wants, or what a claim still needs.",
    "rules": "List every rule.",
    "schema": "Print the JSON Schema of a kind of document.",
    "doctor": "Say what is missing on this machine.",
}

EXIT_FINDINGS, EXIT_USAGE, EXIT_INTERNAL, EXIT_INTERRUPTED = 1, 2, 3, 130


class _ReaderGone(Exception):
    """Whoever read our output closed the pipe."""


@contextmanager
def _reader_may_go() -> Iterator[None]:
    """Take a closed pipe out of click's hands, which would make it a failure."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise _ReaderGone from None
        raise


class _LazyGroup(click.Group):
    """Knows its commands by name and summary; loads the module of the one that is called."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _reader_may_go():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _reader_may_go():
            status = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
            return status

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"poe_pack.cli.{cmd_name}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            import difflib

            nearest = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            guess = f"; did you mean '{nearest[0]}'?" if nearest else ""
            raise click.UsageError(f"there is no command '{args[0]}'{guess}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="poe-pack")
@click.option("--debug", is_flag=True, help="Show a traceback when poe-pack itself fails.")
def poe_pack(debug: bool) -> None:
    """Co-op marketing claims as reviewed files in git, checked before Microsoft checks them."""


def main() -> NoReturn:
    """Run the command line and leave with its exit status.

    0 nothing to report, 1 findings, 2 usage or configuration, 3 internal error, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        # The same bytes whatever the locale; a file name that is not UTF-8 is shown by its codes.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    from poe_pack.cli.common import CannotStart

    try:
        status = poe_pack.main(standalone_mode=False, prog_name="poe-pack")
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        _say(_printable(shown.getvalue().rstrip("\n")))
        return EXIT_USAGE
    except CannotStart as error:
        _say(f"poe-pack: {error}")
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    except _ReaderGone:
        _forget_output()
        return 0
    except Exception as error:  # the last line of defence: one line, never a traceback unasked
        return _internal(error)


def _internal(error: Exception) -> int:
    from poe_pack.cli.internal_error import as_traceback, in_one_line

    if "--debug" in sys.argv:
        _say(_printable(as_traceback(error)))
    else:
        _say(f"poe-pack: internal error: {_printable(in_one_line(error))} (--debug shows more)")
    if isinstance(error, OSError):
        _forget_output()
    return EXIT_INTERNAL


def _say(text: str) -> None:
    """Write to stderr, whether or not anybody listens."""
    with suppress(OSError):
        click.echo(text, err=True)


def _printable(text: str) -> str:
    """Names in a message come from the disk and the command line: none may steer the terminal."""
    from poe_pack.languages.visible import visible

    return "\n".join(visible(line) for line in text.split("\n"))


def _forget_output() -> None:
    """Keep Python from writing, as it ends, what could not be written before."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
