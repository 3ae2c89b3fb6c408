"""`poe-pack schema`."""

from __future__ import annotations

import click

from poe_pack.cli.common import CannotStart


@click.command("schema")
@click.argument("kind", required=False)
def command(kind: str | None) -> int:
    """Print the JSON Schema of KIND, or list the kinds."""
    from poe_pack.resources import resource

    files = {file.name.removesuffix(".schema.json"): file for file in sorted(resource("schemas").glob("*.schema.json"))}
    if kind is None:
        click.echo("\n".join(files))
        return 0
    if kind not in files:
        raise CannotStart(f"there is no schema {kind!r}; there are: {', '.join(files)}")
    click.echo(files[kind].read_text(encoding="utf-8"), nl=False)
    return 0
