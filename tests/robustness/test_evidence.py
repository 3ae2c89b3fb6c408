"""Evidence that is missing, broken or hostile: one finding at the file's name, and nothing hangs."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.cli.house import PDF, PNG, House, make_house
from tests.cli.program import Program, Ran
from tests.robustness.test_documents import codes, judged

NAME = "evidence/invoice.pdf"


def _file(house: House, claim: str = "odd") -> Path:
    return house.root / claim / NAME


def _encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(PDF)
        file.truncate(50_000_000)


def _link_beside(path: Path) -> None:
    path.with_name("real.pdf").write_bytes(PDF)
    path.symlink_to("real.pdf")


def _link_out(path: Path) -> None:
    outside = path.parents[3] / "secret.pdf"
    outside.write_bytes(PDF)
    path.symlink_to(outside)


# How the file is made; the code; a part of the text; whether it is found only when files are opened.
CASES: dict[str, tuple[Callable[[Path], object], str, str, bool]] = {
    "missing": (lambda path: None, "POE511", f"there is no file {NAME}", False),
    "empty": (lambda path: path.touch(), "POE511", "is empty", False),
    "folder": (lambda path: path.mkdir(), "POE511", "is not a file", False),
    "pipe": (os.mkfifo, "POE511", "is not a file", False),
    "link-beside-it": (_link_beside, "POE511", "through a link", False),
    "link-out-of-the-folder": (_link_out, "POE511", "through a link", False),
    "dangling-link": (lambda path: path.symlink_to("nowhere.pdf"), "POE511", "through a link", False),
    "link-to-itself": (lambda path: path.symlink_to("invoice.pdf"), "POE511", "through a link", False),
    "link-to-a-device": (lambda path: path.symlink_to("/dev/zero"), "POE511", "through a link", False),
    "50-megabytes": (_sparse, "POE511", "larger than 25 MB", False),
    "cut-off": (lambda path: path.write_bytes(PDF[:120]), "POE516", "damaged", True),
    "encrypted": (lambda path: path.write_bytes(_encrypted()), "POE516", "asks for a password", True),
}

# Paths that lead elsewhere, as they stand between double quotes, and the code of the one finding.
PATHS = {
    "../good/evidence/invoice.pdf": "POE106",
    "evidence/../../good/evidence/invoice.pdf": "POE106",
    "..": "POE106",
    "/etc/passwd": "POE106",
    "evidence\\\\invoice.pdf": "POE106",
    "evidence/in\\u0000voice.pdf": "POE006",
    "evidence/in\\nvoice.pdf": "POE106",
    "evidence/in\\u001b[31mvoice.pdf": "POE006",
    "evidence/in\\u202evoice.pdf": "POE007",
    ".": "POE511",
    "evidence/": "POE511",
    "x" * 300: "POE511",
    "a/" * 3_000 + "b": "POE511",
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Ran]:
    """What `validate` says of all cases, without opening files (False) and with it (True)."""
    house = make_house(tmp_path_factory.mktemp("evidence") / "house")
    house.claim("good")
    house.bad("bad")
    for name, (make, *_) in CASES.items():
        house.claim(name)
        _file(house, name).unlink()
        make(_file(house, name))
    for number, path in enumerate(PATHS):
        house.claim(f"path-{number}", (f"file: {NAME}", f'file: "{path}"'))
    poe = Program(house.root.parent)
    return {False: judged(poe), True: judged(poe, "--deep")}


@pytest.mark.parametrize("name", CASES)
def test_one_clear_finding(shown: dict[bool, Ran], name: str) -> None:
    _, code, says, only_deep = CASES[name]
    for deep, ran in shown.items():
        lines = [line for line in ran.out.splitlines() if line.startswith(f"{name}/claim.yaml:")]
        if only_deep and not deep:
            assert lines == []
            continue
        (line,) = lines
        assert f"{name}/claim.yaml:24:11: error {code}" in line
        assert says in line


@pytest.mark.parametrize("number", range(len(PATHS)))
def test_a_path_that_leads_elsewhere(shown: dict[bool, Ran], number: int) -> None:
    for ran in shown.values():
        assert codes(ran, f"path-{number}/claim.yaml") == [list(PATHS.values())[number]]


def test_all_else_is_judged_as_before(shown: dict[bool, Ran]) -> None:
    for ran in shown.values():
        assert (ran.status, ran.err) == (1, "")
        assert codes(ran, "bad/claim.yaml") == ["POE302"]
        assert codes(ran, "good/claim.yaml") == []


def test_a_linked_evidence_folder(poe: Program, house: House) -> None:
    house.claim("odd")
    (house.root / "odd" / "evidence").rename(house.root.parent / "elsewhere")
    (house.root / "odd" / "evidence").symlink_to(house.root.parent / "elsewhere")
    ran = judged(poe)
    assert ran.status == 1
    assert codes(ran, "odd/claim.yaml") == ["POE511", "POE511"]
    assert "through a link" in ran.out


def test_evidence_without_permission(poe: Program, house: House) -> None:
    """Where permissions do not bind (as root), the file is simply read."""
    house.claim("odd")
    _file(house).chmod(0)
    ran = judged(poe)
    assert codes(ran, "odd/claim.yaml") == ([] if os.geteuid() == 0 else ["POE511"])


def test_hundreds_of_files_of_one_claim(poe: Program, house: House) -> None:
    names = [f"evidence/shot-{number}.png" for number in range(400)]
    house.claim("odd", ("files: [evidence/ad.png]", f"files: [{', '.join(names)}]"))
    for name in names[1:]:
        house.write(f"odd/{name}", PNG + name.encode())
    ran = judged(poe)
    assert codes(ran, "odd/claim.yaml") == ["POE511"]
    assert "there is no file evidence/shot-0.png" in ran.out
