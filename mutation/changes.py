"""What is changed in code: mutmut's changes of one node, and some that it lacks."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
from mutmut.mutation.mutators import mutation_operators

# Of a module of rules: what describes the rule (OF_EARNED is a part of READS).
DESCRIBING = frozenset("CODE NAME SEVERITY WHEN READS OF_EARNED CHECKLIST CLOCK".split())

_FAIL_AT_ONCE = frozenset({"len", "isinstance"})
_KEPT = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
_ONLY_CHECKS = frozenset({"strict", "frozen"})


def changes(statement: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    """Each node of a statement of a module that is changed, and what becomes of it."""
    if not _describes(statement):
        yield from _below(statement)


def _below(node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    if isinstance(node, _KEPT) or _is_text_alone(node) or _only_checks(node):
        return
    for changed in _changed(node):
        if changed is not node:
            yield node, changed
    for child in node.children:
        yield from _below(child)


def _changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, cst.Call):
        yield from _other_calls(node)
    else:
        yield from _by_mutmut(node)
    if isinstance(node, cst.If | cst.While | cst.CompIf):
        yield from _turned_round(node)
    if isinstance(node, cst.BooleanOperation):
        yield from (_in_brackets(node.left, node), _in_brackets(node.right, node))
    if isinstance(node, cst.If) and node.orelse is None:
        yield node.with_changes(test=cst.Name("False"))


def _by_mutmut(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, change in mutation_operators:
        if isinstance(node, kind):
            yield from change(node)


def _other_calls(node: cst.Call) -> Iterator[cst.CSTNode]:
    """Calls with other arguments; what is kept stays as it is."""
    kept = [arg for arg in node.args if _only_checks(arg)]
    if _called(node) not in _FAIL_AT_ONCE:
        for changed in _by_mutmut(node):
            if not isinstance(changed, cst.Call) or all(arg in changed.args for arg in kept):
                yield changed


def _turned_round(node: cst.If | cst.While | cst.CompIf) -> Iterator[cst.CSTNode]:
    """The other way; conditions that mutmut turns round itself are left out."""
    test = node.test
    is_not = isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not)
    if not is_not and not isinstance(test, cst.Comparison):
        inner = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        yield node.with_changes(test=cst.UnaryOperation(cst.Not(), inner))
    if isinstance(node, cst.CompIf):
        yield node.with_changes(test=cst.Name("True"))


def _in_brackets(part: cst.BaseExpression, whole: cst.BooleanOperation) -> cst.BaseExpression:
    """One side of `and` or `or`, in the brackets of the whole."""
    return part.with_changes(lpar=[*whole.lpar, *part.lpar], rpar=[*part.rpar, *whole.rpar])


def _called(node: cst.Call) -> str:
    return node.func.value if isinstance(node.func, cst.Name) else ""


def _is_text_alone(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)


def _only_checks(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value in _ONLY_CHECKS


def _describes(statement: cst.CSTNode) -> bool:
    """Whether a statement says what a rule is, or gives a type its name (`Key = tuple[str, ...]`)."""
    if not isinstance(statement, cst.SimpleStatementLine) or not isinstance(statement.body[0], cst.Assign):
        return False
    (target, *_) = statement.body[0].targets
    name = target.target.value if isinstance(target.target, cst.Name) else ""
    names_a_type = name.lstrip("_")[:1].isupper() and not name.isupper()
    return name in DESCRIBING or names_a_type
