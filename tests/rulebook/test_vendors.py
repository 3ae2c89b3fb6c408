"""No programme is built into the code: what belongs to a vendor is data, and every shipped rulebook works alike."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from poe_pack.rulebook import load_rulebook
from poe_pack.rulebook.shipped import shipped

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "poe_pack"
VENDORS = re.compile(r"microsoft|partner center|huawei|food export", re.IGNORECASE)
# The rulebook that a repository without one falls back to, and where it is named as an example of what to write.
ALLOWED = {
    "model/settings.py": {"microsoft-coop"},
    "documents/repository.py": {
        "; a claims repository has that file at its root "
        "(two lines are enough: 'kind: repository' and 'rulebook: microsoft-coop')"
    },
}


def words_of(code: str) -> Iterator[str]:
    """Texts and names in code; documentation does not count."""
    tree = ast.parse(code)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def test_no_code_knows_a_vendor() -> None:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        found = {word for word in words_of(file.read_text(encoding="utf-8")) if VENDORS.search(word)}
        assert found - ALLOWED.get(name, set()) == set(), name


def test_the_search_finds_a_vendor() -> None:
    code = 'def f(microsoft_id):\n    """Not Microsoft here."""\n    return g.huawei("Partner Center", microsoft)'
    assert {word for word in words_of(code) if VENDORS.search(word)} == {"huawei", "Partner Center", "microsoft"}


def test_no_message_and_no_template_knows_a_vendor() -> None:
    for file in sorted((PACKAGE / "languages").rglob("*.json")):
        texts = json.loads(file.read_text(encoding="utf-8"))
        assert not [key for key, text in texts.items() if VENDORS.search(text)], file
    for file in sorted((CHECKOUT / "templates").rglob("*")):
        if file.is_file() and file.name != "poe.yaml.j2":  # which names a rulebook to begin with
            assert not VENDORS.search(file.read_text(encoding="utf-8")), file


@pytest.mark.parametrize("kind", ["claim", "plan", "partner", "funds", "repository"])
def test_no_schema_describes_a_vendor(kind: str) -> None:
    text = (CHECKOUT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    said = re.findall(r'"(?:title|description|pattern|enum)": (.*)', text)
    assert not [line for line in said if VENDORS.search(line)]


@pytest.mark.parametrize("id", shipped())
def test_a_shipped_rulebook_says_what_its_money_is_called(id: str) -> None:
    book = load_rulebook(id, Path("/nowhere"))
    assert book.vendor
    assert book.fund is not None
    assert book.value(date(2026, 11, 21), "statuses", "claim").fields["first"] == ["editing"]
