"""What was changed in a mutant, in a word: survivors of one kind mostly survive for one reason (CONTRIBUTING.md)."""

from __future__ import annotations

import io
import tokenize
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from mutation.mutants import Mutant


class Kind(StrEnum):
    """Kinds of changes; `GUARD`: of what asks whether something is there, or says what stands for it where it is not.

    `BOUND`: `>=` for `>` and the like. `JUMP`: `break` for `continue`.
    """

    GUARD = "guard"
    KEY = "place at the key"
    TEXT = "text"
    NUMBER = "number"
    BOUND = "bound"
    JUMP = "jump"
    ARGUMENT = "argument"
    CONDITION = "condition"
    OTHER = "other"


_BOUNDS = frozenset("< <= > >=".split())
_NOTHING = frozenset(["None", "{", "(", '""'])
_JOINTS = frozenset("and or not is ( ) if else True False :".split())
_LOGIC = frozenset("and or not is in if else == != True False".split())


def kind_of(mutant: Mutant) -> Kind:
    """The kind of what was changed in a line."""
    old, new = _tokens(mutant.old), _tokens(mutant.new)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    gone, come = old[start : len(old) - end], new[start : len(new) - end]
    before = old[max(start - 3, 0) : start]
    if "at_key" in (*gone, *before):
        return Kind.KEY
    if {"continue", "break"} & {*gone, *come}:
        return Kind.JUMP
    if _asks(gone) or (_asks(old) and {*gone, *come} <= _JOINTS):
        return Kind.GUARD
    if len(gone) == len(come) == 1:
        return _of_one(gone[0], come[0], before)
    if come == ["None"] or (not come and not {"and", "or"} & set(gone)):
        return Kind.ARGUMENT
    return Kind.CONDITION if _LOGIC & {*old, *new} else Kind.OTHER


def _of_one(gone: str, come: str, before: list[str]) -> Kind:
    """The kind where one word or sign stands for another."""
    if gone[-1:] in "\"'" and come[-1:] in "\"'":
        return Kind.GUARD if {"or", "else"} & set(before[-1:]) else Kind.TEXT
    if gone[0].isdigit() and come[0].isdigit():
        return Kind.NUMBER
    if {gone, come} <= _BOUNDS:
        return Kind.BOUND
    if come == "None":
        return Kind.ARGUMENT
    return Kind.CONDITION if {gone, come} & _LOGIC else Kind.OTHER


def _asks(tokens: list[str]) -> bool:
    """Whether there is `… is None`, or `or` (`else`) with something that stands for nothing."""
    pairs = pairwise(tokens)
    return any((one in ("is", "not") and other == "None") or (one in ("or", "else") and other in _NOTHING)
               for one, other in pairs)  # fmt: skip


def told(mutants: Iterable[Mutant]) -> str:
    """How many there are of each kind, on a line."""
    counts = Counter(map(kind_of, mutants))
    return ", ".join(f"{kind} {counts[kind]:,}" for kind in Kind if counts[kind])


def _tokens(line: str) -> list[str]:
    try:
        found = list(tokenize.generate_tokens(io.StringIO(line).readline))
    except tokenize.TokenError:  # a part of a statement
        return line.split()
    return [token.string for token in found if token.string.strip()]


def _alike(one: list[str], other: list[str]) -> int:
    same = (a == b for a, b in zip(one, other, strict=False))
    return next((number for number, is_same in enumerate(same) if not is_same), min(len(one), len(other)))
