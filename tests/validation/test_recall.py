"""What earlier runs found out: it must say what a run without it says, or nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.documents.repository import Document, read_document
from poe_pack.findings import Severity
from poe_pack.formats import NAMES, formatter
from poe_pack.languages import Words
from poe_pack.model import Money
from poe_pack.validation import loading, recall, storage
from poe_pack.validation.codec import from_json, to_json
from poe_pack.validation.judge import judge
from poe_pack.validation.options import Options
from poe_pack.validation.readings import Readings, encode
from poe_pack.validation.recall import memory_for
from poe_pack.validation.verdict import Verdict
from tests.cli.program import CHECKOUT
from tests.rules.harness import AS_OF, all_cases, build

BROKEN = CHECKOUT / "examples" / "broken"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    folder = tmp_path_factory.mktemp("empty-cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder / "poe-pack"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two faults, last written some time ago."""
    build(
        {
            "lock": {"seminar": {}},
            "edits": [
                {"file": "seminar/claim.yaml", "replace": "    note: The full room\n", "with": ""},
                {
                    "file": "ads/claim.yaml",
                    "replace": "status: submitted\nhistory",
                    "with": "status: approved\nhistory",
                },
            ],
        },
        tmp_path / "house",
    )
    settle()
    return tmp_path / "house"


def settle() -> None:
    """Wait until what was written last is older than a tick of the file system's clock."""
    time.sleep(0.08)


def options(root: Path, **how: object) -> Options:
    made: Callable[..., Options] = Options
    return made((root,), **{"as_of": AS_OF, "remember": True, **how})


def is_recalled(root: Path, **how: object) -> bool:
    """Whether a run like this would be answered from the cache."""
    asked = options(root, **how)
    memory = memory_for(root, root, asked)
    return memory is not None and memory.recall() is not None


def fresh(root: Path, **how: object) -> Verdict:
    return judge(options(root, **how, remember=False))


def print_all(verdict: Verdict) -> list[str]:
    return [formatter(name)(verdict, verbose=True) for name in NAMES]


# --- the same answer -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [BROKEN, CHECKOUT / "claims"], ids=["broken", "claims"])
def test_a_recalled_verdict_prints_the_same_bytes(source: Path) -> None:
    asked = Options((source,), AS_OF, remember=True)
    first = judge(asked)
    memory = memory_for(first.root, first.base, asked)
    assert memory is not None
    assert memory.recall() is not None
    assert judge(asked) == first == judge(Options((source,), AS_OF))
    assert print_all(judge(asked)) == print_all(first)


def test_every_finding_of_the_fixtures_can_be_kept(tmp_path: Path) -> None:
    one_of_each = {tuple(expected.message for expected in case.expected): case for case in all_cases()}
    for number, case in enumerate(one_of_each.values()):
        folder = tmp_path / str(number)
        build(case.data, folder)
        verdict = judge(replace(case.options(folder), deep=False))
        assert from_json(to_json(verdict)) == verdict, case.id


def test_paths_are_chosen_from_what_was_kept(root: Path) -> None:
    judge(options(root))
    assert is_recalled(root)
    below = judge(Options((root / "ads",), AS_OF, remember=True))
    assert below == fresh(root / "ads")
    assert {finding.file for finding in below.findings} == {"ads/claim.yaml"}


def test_an_unchanged_run_needs_neither_schemas_nor_rules(root: Path) -> None:
    judge(options(root))
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from poe_pack.validation.judge import judge; from poe_pack.validation.options import Options\n"
        f"verdict = judge(Options((Path({str(root)!r}),), date({AS_OF:%Y, %m, %d}), remember=True))\n"
        "print(len(verdict.findings), *(n for n in ('jsonschema', 'jsonschema_rs', 'poe_pack.rules.registry')"
        " if n in sys.modules))"
    ).replace(", 0", ", ")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(fresh(root).findings))]


# --- what makes it forget ------------------------------------------------------------------------------------


def evidence_of(root: Path) -> Path:
    folder = root / "seminar" / "evidence"
    return folder / min(os.listdir(folder))


def same_size_and_time(root: Path) -> None:
    file = evidence_of(root)
    before = file.stat()
    file.write_bytes(bytes(before.st_size))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def make_link(path: Path) -> None:
    moved = path.with_name("moved")
    path.rename(moved)
    path.symlink_to(moved)


def write_new(file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("kind: claim\n", encoding="utf-8")


def add_line(file: Path) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write("# seen\n")


CHANGES: dict[str, Callable[[Path], object]] = {
    "claim edited": lambda root: add_line(root / "ads" / "claim.yaml"),
    "claim deleted": lambda root: (root / "ads" / "claim.yaml").unlink(),
    "claim added": lambda root: write_new(root / "new" / "claim.yaml"),
    "folder renamed": lambda root: (root / "ads").rename(root / "adverts"),
    "document added": lambda root: write_new(root / "stray.yaml"),
    "settings edited": lambda root: add_line(root / "poe.yaml"),
    "evidence rewritten, same size and time": same_size_and_time,
    "evidence deleted": lambda root: evidence_of(root).unlink(),
    "evidence is a link": lambda root: make_link(evidence_of(root)),
    "evidence folder is a link": lambda root: make_link(root / "seminar" / "evidence"),
    "evidence closed": lambda root: evidence_of(root).chmod(0),
    "evidence locked": lambda root: (root / "ads" / "SHA256SUMS").write_text("# nothing yet\n"),
    "digests edited": lambda root: add_line(root / "seminar" / "SHA256SUMS"),
    "digests deleted": lambda root: (root / "seminar" / "SHA256SUMS").unlink(),
    "digests are a link": lambda root: make_link(root / "seminar" / "SHA256SUMS"),
    "claim becomes a repository of its own": lambda root: write_new(root / "ads" / "poe.yaml"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(root: Path, change: str) -> None:
    judge(options(root))
    assert is_recalled(root)
    CHANGES[change](root)
    assert not is_recalled(root)
    assert judge(options(root)) == fresh(root)


def test_a_nested_repository_that_ends_is_seen(root: Path) -> None:
    nested = root / "ads" / "poe.yaml"
    nested.write_text("kind: repository\nrulebook: microsoft-coop\n")
    settle()
    judge(options(root))
    assert is_recalled(root)
    nested.unlink()
    assert not is_recalled(root)


def test_evidence_that_comes_is_seen(root: Path) -> None:
    file = evidence_of(root)
    content = file.read_bytes()
    file.unlink()
    settle()
    judge(options(root))
    assert is_recalled(root)
    file.write_bytes(content)
    assert not is_recalled(root)


@pytest.mark.parametrize(
    "how",
    [
        {"as_of": date(2026, 11, 22)},
        {"for_submission": True},
        {"select": ("POE501",)},
        {"ignore": ("POE501",)},
        {"deep": True},
        {"tracked": frozenset[str]()},
        {"remember": False},
    ],
    ids=lambda how: next(iter(how)),
)
def test_another_question_is_asked_anew(root: Path, how: dict[str, object]) -> None:
    judge(options(root))
    assert is_recalled(root)
    assert not is_recalled(root, **how)


def test_today_is_the_repositorys(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(options(root, as_of=None))
    assert is_recalled(root, as_of=None)
    monkeypatch.setattr(recall, "today_in", lambda zone: date(2031, 1, 1))
    assert not is_recalled(root, as_of=None)


def test_another_version_of_the_program_asks_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(options(root))
    monkeypatch.setattr(recall, "tool_stamp", lambda: "another")
    assert not is_recalled(root)


def test_what_changes_during_a_run_is_not_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = recall.Memory.keep

    def late(*arguments: object) -> None:
        same_size_and_time(root)
        keep(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(recall.Memory, "keep", late)
    judge(options(root))
    assert not is_recalled(root)


def test_a_repository_written_just_now_is_not_kept(root: Path) -> None:
    (root / "ads" / "claim.yaml").touch()
    judge(options(root))
    assert not is_recalled(root)


# --- a cache that is no use ----------------------------------------------------------------------------------


def damage(cache: Path, content: bytes) -> None:
    for file in cache.rglob("*"):
        if file.is_file():
            file.write_bytes(content)


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"x\x9c\x03\x00\x00\x00\x00\x01", b"{}"])
def test_a_damaged_cache_is_worked_out_again(root: Path, cache: Path, content: bytes) -> None:
    judge(options(root))
    damage(cache, content)
    assert judge(options(root)) == fresh(root)
    assert is_recalled(root)


def test_no_place_for_a_cache(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert judge(options(root)) == fresh(root)


def test_somebody_elses_cache_is_not_believed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(options(root))
    someone = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: someone)
    assert not is_recalled(root)


def test_only_the_user_can_read_it(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_WORTH_KEEPING", 0)
    judge(options(root))
    kept = [path for path in (cache, *cache.rglob("*")) if path.stat().st_mode & 0o077]
    assert not [path for path in kept if path != cache], "the folder above only names what is in it"
    assert [path.name for path in cache.iterdir()]


def test_old_entries_go(root: Path, cache: Path) -> None:
    judge(options(root))
    (old,) = (cache / "runs").iterdir()
    os.utime(old, (0, 0))
    storage.write_entry(cache / "runs", "new", b"")
    assert [file.name for file in (cache / "runs").iterdir()] == ["new"]


def test_a_relative_cache_home_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "below")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert storage.cache_folder() == tmp_path / "home" / ".cache" / "poe-pack"


# --- claims by their text ------------------------------------------------------------------------------------


@pytest.fixture
def keeps_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep claims of small repositories, too."""
    monkeypatch.setattr(loading, "_WORTH_KEEPING", 0)


@pytest.mark.usefixtures("keeps_claims")
@pytest.mark.parametrize("source", [BROKEN, CHECKOUT / "claims"], ids=["broken", "claims"])
def test_claims_from_the_cache_are_judged_the_same(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall.Memory, "recall", lambda self: None)
    asked = Options((source,), AS_OF, remember=True)
    assert judge(asked) == judge(asked) == judge(Options((source,), AS_OF))


@pytest.mark.usefixtures("keeps_claims")
def test_an_unchanged_claim_is_not_parsed_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(options(root))
    add_line(root / "ads" / "claim.yaml")
    read: list[str] = []

    def noting(base: Path, file: str) -> Document:
        read.append(file)
        return read_document(base, file)

    monkeypatch.setattr(loading, "read_document", noting)
    verdict = judge(options(root))
    assert "ads/claim.yaml" in read
    assert "seminar/claim.yaml" not in read
    assert verdict == fresh(root)


@pytest.mark.usefixtures("keeps_claims")
@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_a_damaged_table_is_made_again(root: Path, cache: Path, content: bytes) -> None:
    judge(options(root))
    damage(cache, content)
    assert judge(options(root)) == fresh(root)
    rows = sqlite3.connect(cache / "documents" / "claims.sqlite3").execute("SELECT count(*) FROM claims").fetchone()
    assert rows[0] > 0


@pytest.mark.usefixtures("keeps_claims")
def test_a_locked_table_keeps_nobody(root: Path, cache: Path) -> None:
    judge(options(root))
    damage(cache / "runs", b"")
    other = sqlite3.connect(cache / "documents" / "claims.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert judge(options(root)) == fresh(root)
    other.execute("ROLLBACK")


def test_another_version_begins_a_new_table(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.mkdir()
    with Readings(cache / "t") as kept:
        kept.keep([(b"1", "{}")])
        assert kept.find(b"1") == {}
    monkeypatch.setattr("poe_pack.validation.readings.tool_stamp", lambda: "another")
    with Readings(cache / "t") as kept:
        assert kept.find(b"1") is None


# No document holds control characters or lone surrogates.
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]))
_SCALARS = st.none() | st.booleans() | st.integers() | _TEXT | st.decimals(allow_nan=False, allow_infinity=False)
_DATA = st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner), max_leaves=20)


@settings(max_examples=40)
@given(st.dictionaries(_TEXT, _DATA))
def test_data_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]) -> None:
    with Readings(tmp_path_factory.mktemp("t") / "t") as kept:
        kept.keep([(b"1", encode(data))])
        assert repr(kept.find(b"1")) == repr(data)


_WORDS = st.builds(Words, st.text(), st.dictionaries(st.text(), st.text()))
_VALUES = (
    _SCALARS
    | st.dates()
    | st.datetimes().map(lambda moment: moment.replace(fold=0))
    | st.builds(Money, st.decimals(allow_nan=False, allow_infinity=False), st.text())
    | _WORDS
    | st.sampled_from(Severity)
    | st.tuples(st.text(), st.text())
)


@given(st.dictionaries(st.text(), _VALUES))
def test_values_come_back_exactly(values: dict[str, object]) -> None:
    assert repr(from_json(to_json(values))) == repr(values)


@pytest.mark.parametrize("value", [1.5, object(), {1, 2}, b"x"])
def test_what_cannot_be_kept_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        to_json(value)


def test_no_amount_becomes_a_binary_number() -> None:
    assert encode({"rate": Decimal("10.50")}) == '{"rate":{"\\u0000decimal":"10.50"}}'
