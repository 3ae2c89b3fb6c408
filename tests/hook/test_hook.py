"""The pre-commit hook as people meet it: real pre-commit, real git, the hook installed from this checkout."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.cli.house import BAD_PLACE, PDF, House, git, make_house
from tests.cli.program import AS_OF, CHECKOUT, environment
from tests.packaging.shared import copy_sources, made_once

PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
_MINUTES = 5 * 60


@dataclass(frozen=True, slots=True)
class Hooked:
    """A git repository with the hook installed, and a claims repository at its root or below."""

    top: Path
    house: House
    home: Path

    def commit(self, *arguments: str, status: int = 0, cwd: Path | None = None) -> str:
        """`git commit`; returns what it printed."""
        where = cwd or self.top
        return git(where, "commit", "-m", "Change", *arguments, status=status, PRE_COMMIT_HOME=str(self.home))

    def blocked(self, *arguments: str, cwd: Path | None = None) -> str:
        """`git commit` that the hook refuses; returns what it printed."""
        before = git(self.top, "rev-parse", "HEAD")
        printed = self.commit(*arguments, status=1, cwd=cwd)
        assert "Traceback" not in printed
        assert git(self.top, "rev-parse", "HEAD") == before
        return printed

    def add(self, *paths: str) -> None:
        git(self.house.root, "add", "--", *paths)


def _configuration(source: Path, revision: str, arguments: list[str]) -> str:
    hook = {"id": "poe-validate", "args": ["--as-of", AS_OF, *arguments]}
    return yaml.safe_dump({"repos": [{"repo": str(source), "rev": revision, "hooks": [hook]}]})


def _pre_commit(folder: Path, home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(PRE_COMMIT), *arguments],
        cwd=folder,
        env=environment(PRE_COMMIT_HOME=str(home)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_MINUTES,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def _make(folder: Path) -> None:
    """The program as a git repository, and the hook's environment, which takes pre-commit some time to install."""
    source, trial = folder / "source", folder / "trial"
    copy_sources(source)
    git(source, "init", "-q", "-b", "main")
    git(source, "add", "-A")
    git(source, "commit", "-q", "-m", "The working tree")
    (folder / "revision").write_text(git(source, "rev-parse", "HEAD").strip())
    trial.mkdir()
    git(trial, "init", "-q", "-b", "main")
    (trial / ".pre-commit-config.yaml").write_text(_configuration(source, (folder / "revision").read_text(), []))
    _pre_commit(trial, folder / "home", "install", "--install-hooks")


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the hook's source, its revision and pre-commit's home."""
    return made_once(tmp_path_factory, "hook", _make)


def _hooked(hook: Path, top: Path, house: House, *arguments: str) -> Hooked:
    """Put everything under git, install the hook, commit."""
    text = _configuration(hook / "source", (hook / "revision").read_text(), list(arguments))
    (top / ".pre-commit-config.yaml").write_text(text)
    git(top, "init", "-q", "-b", "main")
    _pre_commit(top, hook / "home", "install")
    hooked = Hooked(top, house, hook / "home")
    git(top, "add", "-A")
    hooked.commit("--no-verify")
    return hooked


@pytest.fixture
def hooked(hook: Path, house: House) -> Hooked:
    """A claims repository at the root of a git repository."""
    return _hooked(hook, house.root, house)


def test_manifest_is_one() -> None:
    subprocess.run([str(PRE_COMMIT), "validate-manifest", str(CHECKOUT / ".pre-commit-hooks.yaml")], check=True)


def test_bad_claim_is_blocked_with_its_place(hooked: Hooked) -> None:
    hooked.house.bad("bad")
    hooked.add("bad")
    printed = hooked.blocked()
    assert f"bad/claim.yaml:{BAD_PLACE}: error POE302" in printed
    assert "poe-pack validate" in printed
    assert "\x1b" not in printed


def test_mended_claim_is_committed(hooked: Hooked) -> None:
    hooked.house.bad("claim")
    hooked.add("claim")
    hooked.blocked()
    hooked.house.claim("claim")
    assert "POE302" in hooked.blocked()  # mended on the disk, but not staged
    hooked.add("claim")
    hooked.commit()


def test_draft_with_open_items_is_committed(hooked: Hooked) -> None:
    hooked.house.draft("draft")
    hooked.add("draft")
    printed = hooked.commit()
    assert "Passed" in printed
    assert git(hooked.top, "status", "--porcelain") == ""


def test_good_claim_is_committed(hooked: Hooked) -> None:
    hooked.house.claim("good")
    hooked.add("good")
    assert "Passed" in hooked.commit()


def test_only_findings_of_what_is_staged_are_shown(hooked: Hooked) -> None:
    """The whole repository is checked: the duplicate id is seen, the fault committed earlier is not shown."""
    hooked.house.bad("earlier")
    hooked.add("earlier")
    hooked.commit("--no-verify")
    hooked.house.claim("good")
    hooked.add("good")
    hooked.commit()
    hooked.house.claim("twin", ("id: twin\n", "id: earlier\n"))
    hooked.add("twin")
    printed = hooked.blocked()
    assert "twin/claim.yaml:2:5: error POE901" in printed
    assert "POE302" not in printed


def test_fault_that_is_not_staged_does_not_block(hooked: Hooked) -> None:
    hooked.house.claim("good")
    hooked.house.claim("later")
    hooked.add("good", "later")
    hooked.commit()
    hooked.house.bad("later")
    hooked.house.claim("more")
    hooked.add("more")
    hooked.commit()
    assert git(hooked.top, "status", "--porcelain") == " M later/claim.yaml\n"


@pytest.mark.parametrize("options", [[], ["--cached"]], ids=["from disk and index", "from the index only"])
def test_deleted_evidence_is_noticed(hooked: Hooked, options: list[str]) -> None:
    hooked.house.claim("good")
    hooked.add("good")
    hooked.commit()
    git(hooked.top, "rm", "-q", *options, "good/evidence/invoice.pdf")
    printed = hooked.blocked()
    assert "good/claim.yaml:24:11: error POE511" in printed


def test_evidence_that_was_never_added_is_noticed(hooked: Hooked) -> None:
    hooked.house.claim("good")
    hooked.add("good/claim.yaml", "good/evidence/ad.png")
    printed = hooked.blocked()
    assert "error POE511 evidence/invoice.pdf lies in the claim's folder, but is not part of the commit" in printed
    hooked.add("good/evidence")
    hooked.commit()


def test_commit_of_everything_changed(hooked: Hooked) -> None:
    """`git commit -a` builds the commit in an index of its own."""
    hooked.house.claim("claim")
    hooked.add("claim")
    hooked.commit()
    hooked.house.bad("claim")
    assert f"claim/claim.yaml:{BAD_PLACE}: error POE302" in hooked.blocked("-a")
    hooked.house.draft("claim")
    hooked.commit("-a")
    (hooked.top / "claim" / "evidence" / "invoice.pdf").unlink()
    assert "POE511" in hooked.blocked("-a")


def test_commit_of_one_file(hooked: Hooked) -> None:
    """`git commit FILE` leaves out what else is staged, and so does the hook."""
    for name in ("one", "two"):
        hooked.house.claim(name)
    hooked.add("one", "two")
    hooked.commit()
    for name in ("one", "two"):
        hooked.house.bad(name)
    hooked.add("one", "two")
    printed = hooked.blocked("one/claim.yaml")
    assert "one/claim.yaml" in printed
    assert "two/claim.yaml" not in printed


def test_renamed_claim_is_checked(hooked: Hooked) -> None:
    hooked.house.claim("good")
    hooked.add("good")
    hooked.commit()
    git(hooked.top, "mv", "good", "better")
    assert "better/claim.yaml:2:5: error POE902" in hooked.blocked()


def test_broken_document_is_blocked(hooked: Hooked) -> None:
    hooked.house.write("torn/claim.yaml", "kind: claim\nid: [")
    hooked.add("torn")
    assert re.search(r"torn/claim\.yaml:[23]:[0-9]+: error POE002", hooked.blocked())


def test_commit_from_a_folder_below(hooked: Hooked) -> None:
    hooked.house.bad("bad")
    hooked.add("bad")
    assert "bad/claim.yaml:9:7" in hooked.blocked(cwd=hooked.top / "bad" / "evidence")


def test_commit_in_a_worktree(hooked: Hooked) -> None:
    """There git tells the hook by variables where repository and index are."""
    tree = hooked.top.parent / "tree"
    git(hooked.top, "worktree", "add", "-q", str(tree))
    other = Hooked(tree, House(tree), hooked.home)
    other.house.bad("bad")
    other.add("bad")
    assert "bad/claim.yaml:9:7: error POE302" in other.blocked()
    other.house.claim("bad")
    other.commit("-a")


@pytest.mark.parametrize("arguments", [[], ["books"]], ids=["found", "named"])
def test_claims_below_the_root_of_git(hook: Path, tmp_path: Path, arguments: list[str]) -> None:
    top = tmp_path / "work"
    hooked = _hooked(hook, top, make_house(top / "books"), *arguments)
    (top / "notes.txt").write_text("x")
    git(top, "add", "notes.txt")
    hooked.commit()
    hooked.house.claim("claim")
    hooked.add("claim")
    hooked.commit()
    hooked.house.bad("claim")
    assert "books/claim/claim.yaml:9:7: error POE302" in hooked.blocked("-a")
    hooked.house.claim("claim")
    hooked.house.write("claim/evidence/invoice.pdf", PDF + b"\n")
    hooked.commit("-a")


def test_first_commit_of_all(hook: Path, house: House) -> None:
    """Before there is any commit to compare with."""
    house.bad("bad")
    text = _configuration(hook / "source", (hook / "revision").read_text(), [])
    house.write(".pre-commit-config.yaml", text)
    git(house.root, "init", "-q", "-b", "main")
    _pre_commit(house.root, hook / "home", "install")
    git(house.root, "add", "-A")
    hooked = Hooked(house.root, house, hook / "home")
    assert "bad/claim.yaml:9:7: error POE302" in hooked.commit(status=1)
    house.claim("bad")
    git(house.root, "add", "-A")
    hooked.commit()
