"""All mutants of a module's source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

import libcst as cst

from mutation.changes import changes


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module's source with one change: the first changed line (from 1), what it said and what it says instead.

    `lines` are those of which Python must run one for the change to matter; None where it matters on import.
    """

    line: int
    old: str
    new: str
    source: str = field(repr=False)
    lines: range | None


def mutants(source: str) -> list[Mutant]:
    """The mutants of a source, in its order; each differs from the source and from the others."""
    module = cst.parse_module(source)
    parts = [module.code_for_node(statement) for statement in module.body]
    head = source[: source.index(parts[0])] if parts else source
    places = _Places(source)
    found: list[Mutant] = []
    for number, statement in enumerate(module.body):
        before, after = head + "".join(parts[:number]), "".join(parts[number + 1 :])
        seen = {_compiled(parts[number])}
        for changed in map(module.code_for_node, _changed(statement)):
            compiled = _compiled(changed)
            if compiled not in seen:
                seen.add(compiled)
                first, old, new = _difference(parts[number], changed)
                line = before.count("\n") + first + 1
                found.append(Mutant(line, old, new, before + changed + after, places.lines(line)))
    return sorted(found, key=lambda mutant: mutant.line)


def _compiled(source: str) -> str:
    """What Python sees of a source; nothing where it sees no program."""
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return ""


def _changed(statement: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A statement with each of its changes. Only what holds the changed node is made anew: the rest is shared."""
    holders = _holders(statement)
    for node, instead in changes(statement):
        old, new = node, instead
        while old is not statement:
            holder, name = holders[id(old)]
            held = getattr(holder, name)
            becomes = new if held is old else [new if one is old else one for one in held]
            old, new = holder, holder.with_changes(**{name: becomes})
        yield new


def _holders(node: cst.CSTNode) -> dict[int, tuple[cst.CSTNode, str]]:
    """By the identity of each node below a node: what holds it, and under which name."""
    found: dict[int, tuple[cst.CSTNode, str]] = {}
    for one in fields(node):
        held = getattr(node, one.name)
        for child in held if isinstance(held, list | tuple) else [held]:
            if isinstance(child, cst.CSTNode):
                found |= {id(child): (node, one.name)} | _holders(child)
    return found


def _difference(before: str, after: str) -> tuple[int, str, str]:
    """The first line that differs (from 0), and the lines that do, before and after."""
    old, new = before.splitlines(), after.splitlines()
    same = _alike(old, new)
    end = _alike(old[same:][::-1], new[same:][::-1])
    gone, come = old[same : len(old) - end], new[same : len(new) - end]
    return (same if gone else max(same - 1, 0)), _joined(gone), _joined(come)


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines at the start are the same."""
    return next(
        (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


class _Places:
    """Where the statements in the functions of a source are."""

    def __init__(self, source: str) -> None:
        bodies = [node.body for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
        inside = [node for body in bodies for statement in body for node in ast.walk(statement)]
        self._statements = [
            node for node in inside if isinstance(node, ast.stmt) and not isinstance(node, ast.FunctionDef)
        ]

    def lines(self, line: int) -> range | None:
        """The lines of the least statement in a function that holds a line, without the statements below it."""
        fitting = [node for node in self._statements if node.lineno <= line <= (node.end_lineno or node.lineno)]
        if not fitting:
            return None
        least = min(fitting, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)
        body = getattr(least, "body", None)
        end = body[0].lineno if isinstance(body, list) else (least.end_lineno or least.lineno) + 1
        return range(least.lineno, max(end, least.lineno + 1)) if line < end else None
