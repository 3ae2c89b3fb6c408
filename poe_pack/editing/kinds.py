"""The kinds of evidence that somebody may name for a claim, and the tactics that it may belong to."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from poe_pack.languages import catalogue
from poe_pack.validation.result import ClaimResult

_PREFIX, _TACTIC = "evidence.", "activity."


class UnknownKind(Exception):
    """There is no kind of evidence, or no tactic, of that name. `nearest` is one that may be meant."""

    def __init__(self, nearest: str | None) -> None:
        self.nearest = nearest
        super().__init__("unknown name")


def asked_kinds(claim: ClaimResult) -> tuple[str, ...]:
    """Kinds that the claim's activity type asks for, as its checklist has them."""
    return tuple(dict.fromkeys(kind for item in claim.checklist for kind in item.kinds))


def name_of_kind(claim: ClaimResult, kind: str) -> str:
    """What the rulebook calls a kind."""
    return catalogue().say(claim.names[f"{_PREFIX}{kind}"])


def kind_called(claim: ClaimResult, text: str) -> str:
    """Id of the kind of that id or name. Raises UnknownKind."""
    return _called({key.removeprefix(_PREFIX): key for key in claim.names if key.startswith(_PREFIX)}, claim, text)


def name_of_tactic(claim: ClaimResult, tactic: str) -> str:
    """What the rulebook calls a tactic; the word itself where it knows none."""
    name = claim.names.get(f"{_TACTIC}{tactic}")
    return tactic if name is None else catalogue().say(name)


def tactic_called(claim: ClaimResult, text: str) -> str:
    """The tactic of the claim of that id or name. Raises UnknownKind."""
    return _called({tactic: f"{_TACTIC}{tactic}" for tactic in claim.claim.tactics}, claim, text)


def _called(known: Mapping[str, str], claim: ClaimResult, text: str) -> str:
    """The id, of those that are known with the keys of their names, that has this id or name. Raises UnknownKind."""
    names = {_folded(catalogue().say(claim.names[key])): id for id, key in known.items() if key in claim.names}
    words = names | {_folded(id): id for id in known}
    found = words.get(_folded(text))
    if found is not None:
        return found
    near = difflib.get_close_matches(_folded(text), words, n=1)
    raise UnknownKind(words[near[0]] if near else None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
