"""Which kind of evidence and which tactic are meant: understood from words, or asked for at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from poe_pack.cli.common import CannotStart
from poe_pack.languages import catalogue
from poe_pack.languages.visible import visible

if TYPE_CHECKING:
    from poe_pack.validation.result import ClaimResult


def known_kind(claim: ClaimResult, text: str) -> str:
    """The id of a kind. Raises CannotStart with the nearest one and those that the claim asks for."""
    from poe_pack.editing.kinds import UnknownKind, kind_called

    try:
        return kind_called(claim, text)
    except UnknownKind as error:
        key = "evidence.add.unknown_kind" if error.nearest is None else "evidence.add.meant"
        head = catalogue().text(key, kind=text, nearest=error.nearest)
        raise CannotStart(head, *asked_of(claim)) from error


def asked_of(claim: ClaimResult) -> list[str]:
    """Which kinds of evidence a claim asks for, in words."""
    from poe_pack.editing.kinds import asked_kinds

    kinds = ", ".join(asked_kinds(claim))
    return [catalogue().text("evidence.add.asked", kinds=kinds) if kinds else catalogue().text("evidence.add.any")]


def ask_kind(claim: ClaimResult) -> str:
    """Show what the claim asks for and ask until the answer is a kind, or the number of one."""
    from poe_pack.editing.kinds import asked_kinds, name_of_kind

    kinds = asked_kinds(claim)
    click.echo(catalogue().text("evidence.add.choose") if kinds else asked_of(claim)[0], err=True)
    for place, kind in enumerate(kinds, start=1):
        click.echo(visible(f"  {place}  {kind}: {name_of_kind(claim, kind)}"), err=True)
    while True:
        answer = click.prompt(catalogue().text("evidence.add.kind"), err=True).strip()
        if answer.isdecimal() and 0 < int(answer) <= len(kinds):
            return kinds[int(answer) - 1]
        try:
            return known_kind(claim, answer)
        except CannotStart as error:
            click.echo(str(error), err=True)


def known_tactic(claim: ClaimResult, text: str | None) -> str | None:
    """The tactic that is meant, if any. Raises CannotStart with those of the claim."""
    from poe_pack.editing.kinds import UnknownKind, tactic_called

    if text is None:
        return None
    words, tactics = catalogue(), claim.claim.tactics
    if not tactics:
        raise CannotStart(words.text("evidence.add.no_tactics", claim=claim.claim.id))
    try:
        return tactic_called(claim, text)
    except UnknownKind as error:
        key = "evidence.add.unknown_tactic" if error.nearest is None else "evidence.add.meant_tactic"
        head = words.text(key, tactic=text, nearest=error.nearest)
        raise CannotStart(head, words.text("evidence.add.tactics", tactics=tactics)) from error


def ask_tactic(claim: ClaimResult) -> str | None:
    """Of a claim of several tactics, ask which one is proved until the answer is one of them, or none."""
    from poe_pack.editing.kinds import name_of_tactic

    tactics = claim.claim.tactics
    for place, tactic in enumerate(tactics, start=1):
        click.echo(visible(f"  {place}  {tactic}: {name_of_tactic(claim, tactic)}"), err=True)
    while tactics:
        question = catalogue().text("evidence.add.tactic")
        answer = click.prompt(question, default="", show_default=False, err=True).strip()
        if answer.isdecimal() and 0 < int(answer) <= len(tactics):
            return tactics[int(answer) - 1]
        try:
            return known_tactic(claim, answer or None)
        except CannotStart as error:
            click.echo(str(error), err=True)
    return None
