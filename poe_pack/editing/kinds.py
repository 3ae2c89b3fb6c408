"""The kinds of evidence that somebody may name for a claim."""

from __future__ import annotations

import difflib

from poe_pack.languages import catalogue
from poe_pack.validation.result import ClaimResult

_PREFIX = "evidence."


class UnknownKind(Exception):
    """There is no kind of evidence of that name. `nearest` is one that may be meant."""

    def __init__(self, nearest: str | None) -> None:
        self.nearest = nearest
        super().__init__("unknown kind of evidence")


def asked_kinds(claim: ClaimResult) -> tuple[str, ...]:
    """Kinds that the claim's activity type asks for, as its checklist has them."""
    return tuple(dict.fromkeys(kind for item in claim.checklist for kind in item.kinds))


def name_of_kind(claim: ClaimResult, kind: str) -> str:
    """What the rulebook calls a kind."""
    return catalogue().say(claim.names[f"{_PREFIX}{kind}"])


def kind_called(claim: ClaimResult, text: str) -> str:
    """Id of the kind of that id or name. Raises UnknownKind."""
    known = [key.removeprefix(_PREFIX) for key in claim.names if key.startswith(_PREFIX)]
    words = {_folded(name_of_kind(claim, kind)): kind for kind in known} | {_folded(kind): kind for kind in known}
    found = words.get(_folded(text))
    if found is not None:
        return found
    near = difflib.get_close_matches(_folded(text), words, n=1)
    raise UnknownKind(words[near[0]] if near else None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
