"""`poe-pack explain`."""

from __future__ import annotations

import inspect
import re
from datetime import date
from pathlib import Path

import click

from poe_pack.cli.common import CannotStart, as_of_option, chosen_claims, paths_of, run
from poe_pack.validation.options import Options

_CODE = re.compile(r"POE[0-9]{3}\Z", re.IGNORECASE)


@click.command("explain")
@click.argument("what", metavar="CODE|CLAIM")
@as_of_option
def command(what: str, as_of: date | None) -> int:
    """Say what rule CODE wants and where it is written, or how CLAIM stands.

    Of a claim: what it needs, has and lacks, who acts, what may still be claimed, by when, and what nobody checked.
    """
    if _CODE.match(what):
        click.echo(_rule(what.upper()), nl=False)
        return 0
    from poe_pack.formats.explain_claim import explain_claim

    ids = frozenset() if Path(what).exists() else frozenset([what])
    result = run(Options(paths=paths_of([what]), as_of=as_of, reuse=True, deep_ids=ids))
    texts = [explain_claim(claim, result) for claim in chosen_claims(result, [what])]
    click.echo("\n".join(texts), nl=False)
    return 0


def _rule(wanted: str) -> str:
    from poe_pack.validation.codes import all_codes

    code = next((code for code in all_codes() if code.code == wanted), None)
    if code is None:
        raise CannotStart(f"there is no rule {wanted}; 'poe-pack rules' lists them")
    head = f"{code.code} {code.name} ({code.severity.value})"
    return f"{head}\n{'=' * len(head)}\n\n{inspect.cleandoc(code.doc)}\n"
