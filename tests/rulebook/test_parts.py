"""A rulebook in several files is one rulebook, and each mistake is told in the file where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from poe_pack.rulebook import RulebookError
from poe_pack.rulebook.check import read_rulebook

LEAST = (Path(__file__).resolve().parent / "least.yaml").read_text(encoding="utf-8")


def spread(folder: Path, **changes: str) -> Path:
    """The least rulebook with its activity types in files of their own; changes replace or add files."""
    head, types = LEAST.split("activity_types:\n")
    seminar, campaign = types.split("  campaign:\n")
    parts = {
        "rulebook": head,
        "seminar": f"activity_types:\n{seminar}",
        "campaign": f"activity_types:\n  campaign:\n{campaign}",
    }
    folder.mkdir()
    for name, text in (parts | changes).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> list[str]:
    with pytest.raises(RulebookError) as said:
        read_rulebook(folder)
    return [line.removeprefix(f"{folder}/") for line in str(said.value).splitlines()]


def test_parts_make_the_whole(tmp_path: Path) -> None:
    whole = tmp_path / "least.yaml"
    whole.write_text(LEAST, encoding="utf-8")
    assert read_rulebook(spread(tmp_path / "least")) == read_rulebook(whole)


def test_a_section_keeps_the_order_of_files_and_lines(tmp_path: Path) -> None:
    assert list(read_rulebook(spread(tmp_path / "least"))["activity_types"]) == ["campaign", "seminar"]


MISTAKES = [
    (
        "more",
        "activity_types:\n  seminar: {names: {en: Seminar}, values: {}}\n",
        "seminar.yaml:2:3: 'seminar' stands in more.yaml, too",
    ),
    ("zebra", "id: other\n", "zebra.yaml:1:1: 'id' stands in rulebook.yaml, too"),
    ("zebra", "- a list\n", "zebra.yaml:1:1: a part of a rulebook is a mapping of sections"),
    ("zebra", "metrics: [\n", "zebra.yaml:2:1: this is not YAML"),
    ("zebra", "metrics:\n  calls: {kind: count}\n", "zebra.yaml:2:3: 'names' is missing"),
    ("zebra", "metrics:\n  calls: {names: {en: Calls}, kind: much}\n", "zebra.yaml:2:37: 'kind' has a value"),
    ("zebra", "surces: {}\n", "zebra.yaml:1:1: there is no key 'surces' here"),
    (
        "zebra",
        "navigation:\n  app: {values: {'2020-01-01': {menus: [Claims], source: nowhere}}}\n",
        "zebra.yaml:2:58: there is no source 'nowhere'",
    ),
    (
        "zebra",
        "permissions:\n  pay: {names: {en: Pay}, values: {'2020-01-01': {roles: [boss], source: guide}}}\n",
        "zebra.yaml:2:59: there is no 'boss' among roles",
    ),
    (
        "zebra",
        "permissions:\n  pay: {names: {en: Pay}, values: {'2020-01-01': {source: guide}}}\n",
        "zebra.yaml:2:50: 'roles' is missing, and there is no earlier version",
    ),
]


@pytest.mark.parametrize(("name", "text", "says"), MISTAKES, ids=[says for *_, says in MISTAKES])
def test_a_mistake_is_told_in_its_file(name: str, text: str, says: str, tmp_path: Path) -> None:
    said = refused(spread(tmp_path / "least", **{name: text}))
    assert says in said[0]
    assert len(said) == 1


def test_mistakes_in_two_files_are_told_by_file(tmp_path: Path) -> None:
    said = refused(spread(tmp_path / "least", aa="metrics: {calls: {}}\n", zz="surces: {}\n"))
    assert [line.split(":")[0] for line in said] == ["aa.yaml", "zz.yaml"]


def test_what_is_missing_from_all_of_them(tmp_path: Path) -> None:
    text = LEAST.split("activity_types:\n")[0].replace("metrics:\n  guests: {names: {en: Guests}, kind: count}\n", "")
    (line,) = refused(spread(tmp_path / "least", rulebook=text))
    assert "'metrics' is missing" in line


def test_a_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"has no \.yaml files"):
        read_rulebook(tmp_path)


def test_the_shipped_rulebooks_files_hold_what_their_names_say() -> None:
    folder = Path(__file__).resolve().parents[2] / "poe_pack" / "rulebook" / "data" / "microsoft-coop"
    for file in folder.glob("*-*.yaml"):
        types = yaml.safe_load(file.read_text(encoding="utf-8"))["activity_types"]
        first = {type["values"][min(type["values"])]["category"] for type in types.values()}
        assert first == {file.stem.replace("-", "_")}
    for file in folder.glob("*.yaml"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400
