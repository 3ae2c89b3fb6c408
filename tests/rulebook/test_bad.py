"""Every kind of mistake in a rulebook is refused, with the place and what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from poe_pack.rulebook import RulebookError, load_rulebook
from poe_pack.rulebook.check import read_rulebook
from poe_pack.rulebook.compile import sources, stale
from poe_pack.rulebook.load import canonical
from poe_pack.rulebook.shipped import DATA, shipped

FOLDER = Path(__file__).resolve().parent
LEAST = (FOLDER / "least.yaml").read_text(encoding="utf-8")
BAD = sorted((FOLDER / "bad").glob("*.yaml"))


def test_the_least_rulebook_is_taken(tmp_path: Path) -> None:
    (tmp_path / "least.yaml").write_text(LEAST, encoding="utf-8")
    book = load_rulebook("least.yaml", tmp_path)
    assert (book.id, book.version, book.title, book.vendor) == ("house", "2026.1", "House programme", "Vendor")
    assert re.fullmatch("[0-9a-f]{64}", book.sha256)


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_mistake_is_refused_where_it_is(file: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert LEAST.count(case["replace"]) == 1
    text = LEAST.replace(case["replace"], case["with"])
    before, mark, after = text.partition("«»")
    book = tmp_path / "house.yaml"
    book.write_text(before + after if mark else text, encoding="utf-8")
    with pytest.raises(RulebookError) as refused:
        read_rulebook(book)
    (said,) = str(refused.value).splitlines()
    assert case["says"] in said
    if mark:
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert said.startswith(f"{book}:{line}:{column}: ")


def test_all_mistakes_are_told_at_once_in_order(tmp_path: Path) -> None:
    book = tmp_path / "house.yaml"
    text = LEAST.replace("source: guide", "source: gide").replace("expenses: [venue]", "expenses: [travel]")
    book.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError) as refused:
        read_rulebook(book)
    said = str(refused.value).splitlines()
    assert len(said) == text.count("gide") + 1
    places = [tuple(map(int, line.removeprefix(str(book)).split(":")[1:3])) for line in said]
    assert places == sorted(places)


def test_a_rulebook_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"none\.yaml cannot be read: No such file or directory"):
        load_rulebook("none.yaml", tmp_path)


def test_a_rulebook_that_is_not_shipped(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"no rulebook 'other'; shipped are: .*; a file of your own ends in \.yaml"):
        load_rulebook("other", tmp_path)


# --- those that are shipped ---------------------------------------------------------------------------------


def test_what_is_shipped_is_compiled_from_what_people_write() -> None:
    assert [path.name for path, _ in stale()] == [], "run 'make rulebooks'"
    assert {id for id, _ in sources()} == set(shipped())


@pytest.mark.parametrize("id", shipped())
def test_compiled_and_written_are_the_same_rulebook(id: str) -> None:
    compiled = (DATA / f"{id}.json").read_bytes()
    assert compiled == canonical(json.loads(compiled))
    assert load_rulebook(id, Path("/nowhere")).id == id
    written = read_rulebook(dict(sources())[id])
    assert json.loads(compiled) == written
