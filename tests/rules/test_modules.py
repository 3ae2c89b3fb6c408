"""What every rule module must be: documented in fixed sections, well named, and with a text for all it says."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from poe_pack.documents.fault import Code
from poe_pack.languages import catalogue
from poe_pack.rules.base import Rule
from poe_pack.rules.registry import all_rules
from poe_pack.validation.codes import all_codes

SECTIONS = ["What it checks", "Why", "Example", "How to fix", "Source"]
PACKAGE = Path(__file__).resolve().parents[2] / "poe_pack"
GROUPS = {
    "plan": "2",
    "head": "3",
    "cost": "4",
    "evidence": "5",
    "funds": "6",
    "deadlines": "7",
    "workflow": "8",
    "integrity": "9",
}


def all_parametrized(what: tuple[Rule, ...] | tuple[Code, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("it", what, ids=lambda it: it.code)


@all_parametrized(all_codes())
def test_documentation_has_its_sections_in_order(it: Code) -> None:
    doc = inspect.cleandoc(it.doc)
    assert re.findall(r"^## (.+)$", doc, re.MULTILINE) == SECTIONS
    for section in re.split(r"^## .+$", doc, flags=re.MULTILINE)[1:]:
        assert section.strip(), "a section is empty"
        assert not re.search(r"\b(TODO|FIXME|TBD)\b", section)


@all_parametrized(all_rules())
def test_documentation_begins_with_a_sentence(it: Rule) -> None:
    assert re.fullmatch(r"[A-Z][^\n]+\.", it.doc.splitlines()[0])
    assert Code(it.code, it.name, it.severity, it.doc).summary == it.doc.splitlines()[0]


@all_parametrized(all_rules())
def test_source_names_a_rule_of_the_programme_or_says_that_it_is_inferred(it: Rule) -> None:
    source = it.doc.rpartition("## Source")[2]
    assert re.search(r"\bR[0-9]{2,3}\b|\b(Huawei Cloud|Food Export),", source)


@all_parametrized(all_codes())
def test_names_are_kebab_case_and_never_say_the_fix(it: Code) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", it.name)
    assert not re.match(r"(add|fix|use|correct|remove|delete|no-more)-", it.name)


def test_codes_and_names_are_unique() -> None:
    for values in ([code.code for code in all_codes()], [code.name for code in all_codes()]):
        assert len(set(values)) == len(values)


def test_a_rule_lies_in_the_folder_of_its_group() -> None:
    for file in PACKAGE.glob("rules/*/*.py"):
        if not file.stem.startswith("_"):
            (code,) = re.findall(r'^CODE = "POE([0-9])[0-9]{2}"$', file.read_text(encoding="utf-8"), re.MULTILINE)
            assert code == GROUPS[file.parent.name], file


@all_parametrized(all_rules())
def test_a_rule_looks_at_something(it: Rule) -> None:
    assert it.check or it.check_plan or it.finish


@all_parametrized(all_rules())
def test_reads_are_pointers(it: Rule) -> None:
    assert all(re.fullmatch(r"(plan:)?(/[a-z_]+)+", read) for read in it.reads)
    assert len(set(it.reads)) == len(it.reads)


@all_parametrized(all_codes())
def test_every_code_has_a_hint(it: Code) -> None:
    documents = it.code < "POE200"
    assert documents or f"{it.code}.hint" in catalogue()


def test_a_rule_does_no_input_or_output_and_knows_no_clock() -> None:
    banned = {"open", "print", "input", "exec", "eval", "compile", "__import__"}
    clocks = {"now", "today", "utcnow", "time", "monotonic"}
    for file in PACKAGE.glob("rules/*/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in banned, file
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in clocks, file
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
                assert not names & {"os", "sys", "pathlib", "subprocess", "socket", "io", "time"}, file


# Days, limits and shares of the programme: they belong into the rulebook, which knows since when and from where.
FIGURES = {180, 90, 45, 30, 24, 16, 15, 25, 5, 60, 40, 1500, 3000, 10_000, 18_750, 45_000}
# House values and arithmetic that happen to be such a figure would have to be listed here with a reason.
NOT_OF_THE_PROGRAMME: dict[str, set[int]] = {}


def figures(tree: ast.AST) -> Iterator[int]:
    """Numbers written in code, also as text, as in `Decimal("0.25")`; documentation does not count."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docs:
            if isinstance(node.value, int | float) and not isinstance(node.value, bool):
                yield int(node.value if node.value == int(node.value) else node.value * 100)
            elif isinstance(node.value, str) and re.fullmatch(r"[0-9][0-9,._]*", node.value):
                number = float(re.sub(r"[,_]", "", node.value))
                yield int(number if number == int(number) else round(number * 100))


@pytest.mark.parametrize("folder", ["rules", "validation"])
def test_no_figure_of_the_programme_is_written_in_code(folder: str) -> None:
    for file in sorted((PACKAGE / folder).rglob("*.py")):
        allowed = NOT_OF_THE_PROGRAMME.get(file.relative_to(PACKAGE).as_posix(), set())
        found = set(figures(ast.parse(file.read_text(encoding="utf-8"))))
        assert not (found & FIGURES) - allowed, file


def test_the_search_for_figures_finds_them() -> None:
    code = 'def f(a):\n    """Not 180."""\n    return a + 45 + Decimal("0.25") + Decimal("18,750") + 0.15'
    assert set(figures(ast.parse(code))) == {45, 25, 18_750, 15}
