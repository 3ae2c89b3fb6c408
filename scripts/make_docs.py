"""Writes the generated pages of docs/: one page for each rule, their index, and the command reference.

`python scripts/make_docs.py` writes; with `--check` it only says which pages are stale.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from poe_pack.cli import poe_pack
from poe_pack.documents.fault import Code
from poe_pack.validation.codes import all_codes

DOCS = Path(__file__).resolve().parents[1] / "docs"

_GROUPS = {
    "0": "Reading",
    "1": "Schema",
    "2": "Plan and campaign",
    "3": "Claim head and dates",
    "4": "Cost",
    "5": "Evidence and metrics",
    "6": "Funds and caps",
    "7": "Deadlines",
    "8": "Workflow and review",
    "9": "Across claims and integrity",
}


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page with the text it should hold."""
    codes = all_codes()
    yield DOCS / "rules" / "README.md", _index(codes)
    for code in codes:
        yield DOCS / "rules" / f"{code.code}.md", _page(code)
    yield DOCS / "commands.md", _commands()


def _index(codes: tuple[Code, ...]) -> str:
    lines = [
        "# Rules",
        "",
        "Every code that `poe-pack validate` can report. `poe-pack explain CODE` prints its page.",
        "",
    ]
    for digit, title in _GROUPS.items():
        rows = [code for code in codes if code.code[3] == digit]
        lines += [f"## {title}", "", "| Code | Name | Severity | |", "|---|---|---|---|"]
        lines += [f"| [{c.code}]({c.code}.md) | `{c.name}` | {c.severity.value} | {c.summary} |" for c in rows]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _page(code: Code) -> str:
    return f"# {code.code} {code.name}\n\nSeverity: {code.severity.value}\n\n{inspect.cleandoc(code.doc)}\n"


def _commands() -> str:
    lines = ["# Commands", "", "What `poe-pack COMMAND --help` prints.", ""]
    with click.Context(poe_pack, info_name="poe-pack") as parent:
        lines += _helps(poe_pack, parent, "##")
    return "\n".join(lines).rstrip() + "\n"


def _helps(group: click.Group, parent: click.Context, mark: str) -> Iterator[str]:
    """The help of every command of a group, with the commands of groups in it a level below."""
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        assert command is not None, f"{name} is listed"
        with click.Context(command, info_name=name, parent=parent, terminal_width=100) as context:
            title = context.command_path.removeprefix("poe-pack ")
            yield from (f"{mark} {title}", "", "```", command.get_help(context), "```", "")
            if isinstance(command, click.Group):
                yield from _helps(command, context, f"{mark}#")


def main() -> int:
    """Write the pages, or check them; returns the exit status."""
    wanted = dict(pages())
    stale = [page for page, text in wanted.items() if not page.exists() or page.read_text(encoding="utf-8") != text]
    surplus = [page for page in (DOCS / "rules").glob("*.md") if page not in wanted]
    if "--check" in sys.argv[1:]:
        for page in (*stale, *surplus):
            sys.stderr.write(f"{page.relative_to(DOCS.parent)} is stale; run 'make docs'\n")
        return 1 if stale or surplus else 0
    (DOCS / "rules").mkdir(parents=True, exist_ok=True)
    for page in stale:
        page.write_text(wanted[page], encoding="utf-8")
    for page in surplus:
        page.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
