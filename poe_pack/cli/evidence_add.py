"""`poe-pack evidence add`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from poe_pack.cli import EXIT_FINDINGS
from poe_pack.cli.common import CannotStart, as_of_option, chosen_claims, paths_of, run
from poe_pack.cli.evidence_kinds import ask_kind, ask_tactic, asked_of, known_kind, known_tactic
from poe_pack.findings import Severity
from poe_pack.languages import Words, catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.options import Options

if TYPE_CHECKING:
    from poe_pack.editing.adding import Addition
    from poe_pack.editing.intake import Incoming, Intake
    from poe_pack.validation.result import ChecklistItem, ClaimResult, Result


# Where a file may belong that is no proof document, as poe_pack.editing.places calls it, and what says so.
_PLACES = {
    "invoice": "--invoice",
    "payment_proof": "--payment-proof",
    "report": "--report",
    "pre_approval": "--pre-approval",
    "translation": "--translation-of",
}


@click.command("add")
@click.argument("claim", metavar="CLAIM")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--evidence", "kind", metavar="KIND", help="What it proves: a kind of the rulebook, such as event_photo.")
@click.option("--tactic", metavar="TACTIC", help="Of a claim of several tactics, the one that it proves.")
@click.option("--note", metavar="TEXT", help="The explanatory note: what the reviewer sees in it.")
@click.option("--invoice", metavar="NUMBER", help="It is the file of this third-party invoice.")
@click.option("--payment-proof", metavar="NUMBER", help="It shows that this third-party invoice was paid.")
@click.option("--report", type=click.IntRange(min=1), metavar="N", help="It is the N-th certification service report.")
@click.option("--pre-approval", is_flag=True, help="It is the approval that 'pre_approval' records.")
@click.option("--translation-of", "translation", metavar="FILE", help="It translates this file of the claim.")
@click.option("--as", "name", metavar="NAME", help="Name for the copy (default: the file's own, made safe).")
@as_of_option
def add(
    claim: str,
    files: tuple[Path, ...],
    kind: str | None,
    tactic: str | None,
    note: str | None,
    name: str | None,
    as_of: date | None,
    **places: str | int | bool | None,
) -> int:
    """Copy each FILE into the evidence folder of CLAIM (id or folder) and name it in the claim.

    It is proof of one kind (--evidence), or it belongs to something that the claim describes already: an invoice, a
    service report, the pre-approval, or a file that it translates. The claim's comments and layout stay; a file that is
    there already is not copied again, and no other is written over. SHA256SUMS gets its line where there is one. Then
    the files are opened: what is wrong with them is said, and an invoice is compared with what the claim says of it. On
    a terminal, what was not said is asked for. Exit status: 0 sound, 1 an error was found in what was added.
    """
    from poe_pack.editing.adding import CannotAdd
    from poe_pack.editing.intake import (
        CannotTake,
        complete_sums,
        look_at_all,
        plan_intake,
        read_claim_text,
        write_intake,
    )

    said = _Said(kind, tactic, (note or "").strip() or None, *_place(places))
    _refuse_pairs(files, said, note, name)
    result, chosen = _claim(claim, as_of)
    incoming: list[Incoming] = []
    try:
        incoming = look_at_all(result, chosen, files, name)
        raw, data = read_claim_text(result, chosen)
        addition = _addition(result, chosen, data, incoming, said)
        if addition is None:
            _say("evidence.add.locked" if complete_sums(result, chosen, incoming) else "evidence.add.nothing", chosen)
            return 0
        intake = plan_intake(result, chosen, incoming, addition, raw)
        write_intake(intake)
    except CannotAdd as error:
        targets = ", ".join(one.file for one in incoming if not one.is_there) or "-"
        head = catalogue().text("evidence.add.by_hand", file=chosen.claim.file, why=error, target=targets)
        raise CannotStart(head, *error.by_hand.split("\n")) from error
    except CannotTake as error:
        raise CannotStart(*error.args) from error
    _tell(chosen, intake, addition, said)
    return _check(chosen, intake, as_of)


class _Said(Struct, frozen=True):
    """What the command line says of the files: proof of a kind, or the place to which they belong and whose it is."""

    kind: str | None
    tactic: str | None
    note: str | None
    place: str | None
    which: str


def _place(places: Mapping[str, str | int | bool | None]) -> tuple[str | None, str]:
    """The one place that was said, and whose it is; None and nothing where none was. Raises UsageError for several."""
    given = {place: str(which) for place, which in places.items() if which is not None and which is not False}
    if len(given) > 1:
        options = tuple(option for place, option in _PLACES.items() if place in given)
        raise click.UsageError(catalogue().text("evidence.add.either", options=options))
    return next(iter(given.items()), (None, ""))


def _refuse_pairs(files: Sequence[Path], said: _Said, note: str | None, name: str | None) -> None:
    words = catalogue()
    option = None if said.place is None else _PLACES[said.place]
    if option is not None and said.kind is not None:
        raise click.UsageError(words.text("evidence.add.either", options=("--evidence", option)))
    for other, given in (("--note", note), ("--tactic", said.tactic)):
        if option is not None and given is not None:
            raise click.UsageError(words.text("evidence.add.of_proof", option=other, other=option))
    for single, used in (("--as", name is not None), (option, option is not None)):
        if used and len(files) > 1:
            raise click.UsageError(words.text("evidence.add.one_file", option=single))


def _claim(name: str, as_of: date | None) -> tuple[Result, ClaimResult]:
    """The one claim of that name, which must still be the partner's."""
    result = run(Options(paths=paths_of([name]), as_of=as_of))
    chosen = chosen_claims(result, [name])
    if len(chosen) > 1:
        ids = ", ".join(claim.claim.id for claim in chosen)
        raise CannotStart(catalogue().text("evidence.add.several", name=name, claims=ids))
    if chosen[0].claim.is_closed:
        raise CannotStart(catalogue().text("evidence.add.handed_in", claim=chosen[0].claim.id))
    return result, chosen[0]


def _addition(
    result: Result, claim: ClaimResult, data: Any, incoming: Sequence[Incoming], said: _Said
) -> Addition | None:
    """What joins the claim; asks for what was not said, where somebody can answer. None: it is all there."""
    from poe_pack.editing.adding import NewProof
    from poe_pack.editing.intake import addition_for
    from poe_pack.editing.places import Place, file_at

    files = [one.file for one in incoming]
    if said.place is not None:
        return file_at(result, claim, Place(said.place), said.which, files[0])
    asks = sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()
    if said.kind is None and not asks:
        options = tuple(_PLACES.values())
        raise CannotStart(catalogue().text("evidence.add.needs_kind", options=options), *asked_of(claim))
    chosen = known_kind(claim, said.kind) if said.kind is not None else ask_kind(claim)
    tactic = known_tactic(claim, said.tactic) if said.tactic is not None or not asks else ask_tactic(claim)
    addition = addition_for(data, chosen, files, said.note, tactic)
    if isinstance(addition, NewProof) and said.note is None and asks:
        note = click.prompt(catalogue().text("evidence.add.note"), default="", show_default=False, err=True).strip()
        return addition_for(data, chosen, files, note or None, tactic)
    return addition


def _say(key: str, claim: ClaimResult, **values: object) -> None:
    click.echo(visible(catalogue().text(key, claim=claim.claim.id, **values)))


def _tell(claim: ClaimResult, intake: Intake, addition: Addition, said: _Said) -> None:
    """Say what was written."""
    from poe_pack.editing.adding import FileAt, NewProof
    from poe_pack.editing.kinds import name_of_kind, name_of_tactic

    for one in intake.incoming:
        _say(f"evidence.add.{'known' if one.is_there else 'copied'}", claim, source=one.source, file=one.file)
    if isinstance(addition, FileAt):
        _say(f"evidence.add.named.{said.place}", claim, name=said.which.strip())
    else:
        proof = addition if isinstance(addition, NewProof) else claim.claim.proof_documents[addition.index]
        kind = name_of_kind(claim, proof.evidence)
        if proof.tactic is None:
            _say("evidence.add.named.proof", claim, kind=kind)
        else:
            _say("evidence.add.named.tactic", claim, kind=kind, tactic=name_of_tactic(claim, proof.tactic))
    if intake.sums_after is not None:
        _say("evidence.add.locked", claim)
    if intake.sums_unread:
        _say("evidence.add.not_locked", claim)


def _check(claim: ClaimResult, intake: Intake, as_of: date | None) -> int:
    """Open the files, say what is wrong with what was added, and what the claim still needs."""
    from poe_pack.formats.words import hint_of, line_of
    from poe_pack.rules.evidence.untracked_file import CODE as NOT_IN_GIT
    from poe_pack.validation.result import CheckState

    options = Options(paths=(intake.folder,), as_of=as_of, deep=True, reuse=True)
    try:
        result = run(options)
    except CannotStart as error:  # no pikepdf, no Pillow
        _say("evidence.add.not_opened", claim, reason=str(error))
        result = run(Options(paths=(intake.folder,), as_of=as_of))
    now = next(one for one in result.claims if one.claim.file == claim.claim.file)
    names, words = {one.file for one in intake.incoming}, catalogue()
    differs = _compare(now, names)
    found = [f for f in now.findings if f.values.get("file") in names or _is_below(f.path, intake.added)]
    unknown = [f for f in found if f.code == NOT_IN_GIT]
    found = [f for f in found if f not in unknown]
    for finding in found:
        click.echo(line_of(finding, words))
        click.echo(visible(f"  {hint_of(finding, words)}"))
    if not found and not differs:
        _say("evidence.add.sound", claim)
    if unknown:  # nobody would expect it of a file that has just come
        _say("evidence.add.git", claim, count=len(unknown))
    lacking = [item for item in now.checklist if item.kinds and item.state in (CheckState.OPEN, CheckState.MISSING)]
    if lacking:
        _say("evidence.add.still", claim, what=tuple(_lacking(item) for item in lacking))
    return EXIT_FINDINGS if any(finding.severity is Severity.ERROR for finding in found) else 0


def _lacking(item: ChecklistItem) -> Words:
    """What lacks, and of which tactic."""
    return item.subject if item.tactic is None else Words("evidence.add.of", {"what": item.subject, "of": item.tactic})


def _compare(claim: ClaimResult, names: set[str]) -> bool:
    """Say what came of comparing the invoices that have these files; returns whether something differs."""
    from poe_pack.evidence.invoices.facts import Outcome

    differs = False
    for index, comparison in sorted(claim.comparisons.items()):
        invoice = claim.claim.third_party_invoices[index]
        if invoice.file in names:
            values = {"number": invoice.number, "file": invoice.file}
            _say(f"evidence.add.compared.{comparison.source}", claim, **values)
            for outcome in Outcome:
                fields = tuple(Words(f"invoice.field.{name}") for name in comparison.those(outcome))
                if fields:
                    click.echo(visible(f"  {catalogue().text(f'evidence.add.{outcome}', fields=fields)}"))
                    differs |= outcome is Outcome.DIFFERS
    return differs


def _is_below(path: str, places: Sequence[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)
