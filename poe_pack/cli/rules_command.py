"""`poe-pack rules`."""

from __future__ import annotations

import json

import click


@click.command("rules")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(format_: str) -> int:
    """List every rule with its code, name and severity."""
    from poe_pack.validation.codes import all_codes

    codes = all_codes()
    if format_ == "json":
        rows = [{"code": c.code, "name": c.name, "severity": c.severity.value, "doc": c.doc} for c in codes]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    width = max(len(code.name) for code in codes)
    for code in codes:
        click.echo(f"{code.code}  {code.name:<{width}}  {code.severity.value:<7}  {code.summary}")
    return 0
