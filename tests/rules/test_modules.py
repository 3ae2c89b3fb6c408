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


def test_rules_that_wait_for_somebody_go_by_the_clock() -> None:
    by_the_clock = {rule.code for rule in all_rules() if rule.clock}
    assert by_the_clock >= {"POE706", "POE707", "POE708", "POE709", "POE710"}
    assert not by_the_clock & {"POE701", "POE702", "POE703", "POE704", "POE705"}  # these judge the submission


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
    assert all(re.fullmatch(r"(plan:)?(/[a-z_]+)+|", read) for read in it.reads)
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
FIGURES = {180, 90, 45, 30, 24, 16, 15, 25, 5, 60, 40, 1500, 3000, 5000, 10_000, 18_750, 45_000}
# What happens to be such a figure and is none of a programme: what it is, file by file.
NOT_OF_THE_PROGRAMME: dict[str, tuple[str, set[int]]] = {
    "cli/evidence_command.py": ("lines of a terminal", {24}),
    "cli/status_command.py": ("lines of a terminal", {24}),
    "documents/reader.py": ("nesting of a document", {40}),
    "documents/repository.py": ("documents that are kept open", {16}),
    "documents/scalars.py": ("digits of a number, letters of a word", {5, 30}),
    "evidence/attached.py": ("attachments of a packet, megabytes of an answer", {24, 10_000}),
    "evidence/folder.py": ("files of a folder", {10_000}),
    "evidence/invoices/text_layer.py": ("a quarter turn", {90}),
    "evidence/geometry.py": ("quarter turns of a page, kinds of a picture's orientation", {5, 90, 180}),
    "evidence/pdf.py": ("a quarter turn", {90}),
    "evidence/pictures.py": ("orientations, predictors, bytes of a colour profile", {5, 15, 16}),
    "evidence/png.py": ("bits of a colour, bytes of a header", {16, 24}),
    "evidence/prober.py": ("seconds for one file", {30}),
    "evidence/process.py": ("seconds for a process to start", {60}),
    "evidence/video.py": ("bits and bytes of a box, seconds of a minute", {16, 60}),
    "findings/finding.py": ("digits of a fingerprint", {16}),
    "formats/gitlab_format.py": ("digits of a fingerprint", {16}),
    "git/revisions.py": ("digits of a commit's hash", {40}),
    "model/read.py": ("letters of a word that is kept once", {60}),
    "model/settings.py": ("house values: megabytes of a file, days of a service (no source says them)", {25, 45}),
    "languages/width.py": ("widths of letters", {60}),
    "packet/batch.py": ("packets for one process", {25}),
    "packet/context.py": ("millimetres of columns", {40, 45}),
    "packet/exhibits.py": ("letters of a file name", {40}),
    "packet/originals.py": ("a power of two", {40}),
    "packet/room.py": ("heights of rows, letters of a column", {5, 40, 60}),
    "packet/view.py": ("letters of a name", {24}),
    "printing/glyphs.py": ("letters of an excerpt", {24}),
    "printing/paper.py": ("millimetres of a margin", {24, 30}),
    "report/charts.py": ("months between marks, room of an axis", {5, 24, 25, 45, 60}),
    "report/evidence_views.py": ("columns of a table", {40}),
    "report/page.py": ("letters of a name", {16}),
    "report/terminal.py": ("columns of a table", {16, 40}),
    "report/view.py": ("distance of hatches", {5}),
    "rulebook/calendar.py": ("days of the week where a rulebook does not say", {5}),
}


def figures(tree: ast.AST) -> Iterator[int]:
    """Numbers written in code, also as text, as in `Decimal("0.25")`; documentation does not count."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docs:
            if isinstance(node.value, int | float) and not isinstance(node.value, bool):
                yield int(node.value if node.value == int(node.value) else node.value * 100)
            elif isinstance(node.value, str) and re.fullmatch(r"[0-9][0-9,_]*(\.[0-9]+)?", node.value):
                number = float(re.sub(r"[,_]", "", node.value))
                yield int(number if number == int(number) else round(number * 100))


def figures_in(file: Path) -> set[int]:
    return FIGURES & set(figures(ast.parse(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("folder", sorted(folder.parent.name for folder in PACKAGE.glob("*/__init__.py")))
def test_no_figure_of_the_programme_is_written_in_code(folder: str) -> None:
    for file in sorted((PACKAGE / folder).rglob("*.py")):
        _, allowed = NOT_OF_THE_PROGRAMME.get(file.relative_to(PACKAGE).as_posix(), ("", set()))
        assert figures_in(file) <= allowed, file


def test_the_whole_package_is_searched_and_no_figure_is_excused_that_is_not_there() -> None:
    assert not set().union(*(figures_in(file) for file in PACKAGE.glob("*.py")))
    there = {name: figures_in(PACKAGE / name) for name in NOT_OF_THE_PROGRAMME}
    assert there == {name: allowed for name, (_, allowed) in NOT_OF_THE_PROGRAMME.items()}
    assert not any(name.startswith(("rules/", "validation/")) for name in there)


def test_the_search_for_figures_finds_them() -> None:
    code = 'def f(a):\n    """Not 180."""\n    return a + 45 + Decimal("0.25") + Decimal("18,750") + 0.15 + "0.1.0"'
    assert set(figures(ast.parse(code))) == {45, 25, 18_750, 15}
