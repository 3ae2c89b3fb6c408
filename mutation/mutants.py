"""All mutants of a module's source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

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
    seen = {_compiled(source)}
    found: list[Mutant] = []
    for changed in _changed(source):
        compiled = _compiled(changed)
        if compiled not in seen:
            seen.add(compiled)
            found.append(_mutant(source, changed))
    return sorted(found, key=lambda mutant: mutant.line)


def _compiled(source: str) -> str:
    """What Python sees of a source; nothing where it sees no program."""
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return ""


def _changed(source: str) -> Iterator[str]:
    module = cst.parse_module(source)
    parts = [module.code_for_node(statement) for statement in module.body]
    head = source[: source.index(parts[0])] if parts else source
    for number, statement in enumerate(module.body):
        before, after = head + "".join(parts[:number]), "".join(parts[number + 1 :])
        for node, instead in changes(statement):
            replaced = statement.deep_replace(node, instead)
            assert isinstance(replaced, cst.CSTNode)
            yield before + module.code_for_node(replaced) + after


def _mutant(source: str, changed: str) -> Mutant:
    old, new = source.splitlines(), changed.splitlines()
    edits = [edit for edit in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if edit[0] != "equal"]
    first, last = edits[0][1], edits[-1][2]
    first = min(first, max(last - 1, 0))
    here = slice(edits[0][3], edits[-1][4])
    return Mutant(first + 1, _joined(old[first:last]), _joined(new[here]), changed, _lines_of(source, first + 1))


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _lines_of(source: str, line: int) -> range | None:
    """The lines of the least statement in a function that holds a line, without the statements below it."""
    tree = ast.parse(source)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = [node for body in bodies for statement in body for node in ast.walk(statement)]
    statements = [node for node in inside if isinstance(node, ast.stmt) and not isinstance(node, ast.FunctionDef)]
    fitting = [node for node in statements if node.lineno <= line <= (node.end_lineno or node.lineno)]
    if not fitting:
        return None
    least = min(fitting, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)
    body = getattr(least, "body", None)
    end = body[0].lineno if isinstance(body, list) else (least.end_lineno or least.lineno) + 1
    return range(least.lineno, max(end, least.lineno + 1)) if line < end else None
