"""Commands start without what they do not use: the hook must be quick, and work where Pango is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.house import House, start_git
from tests.cli.program import AS_OF, Program

_HEAVY = {"weasyprint", "jinja2", "babel", "pikepdf", "PIL", "fontTools", "img2pdf", "pypdfium2", "defusedxml"}
_SPY = """
import atexit, os, sys
def report():
    with open(os.environ["LOADED"], "a") as file:
        file.write("".join(f"{name}\\n" for name in sys.modules))
atexit.register(report)
"""


def _loaded(poe: Program, status: int, *arguments: str | Path, cwd: Path | None = None) -> set[str]:
    """Top-level modules that a run had loaded when it ended."""
    spy, listed = poe.folder / "spy", poe.folder / "loaded"
    spy.mkdir(exist_ok=True)
    (spy / "sitecustomize.py").write_text(_SPY)
    ran = poe(*arguments, cwd=cwd, env={"PYTHONPATH": str(spy), "LOADED": str(listed)})
    assert (ran.status, ran.err) == (status, "")
    modules = set(listed.read_text().split())
    assert "poe_pack" in modules
    return modules


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "house", "--as-of", AS_OF),
        ("validate", "house", "--as-of", AS_OF, "--format", "json", "-v"),
        ("validate", "house", "--as-of", AS_OF, "--for", "submission", "--output", "out.txt"),
        ("status", "house", "--as-of", AS_OF),
        ("explain", "house/good", "--as-of", AS_OF),
        ("explain", "POE301"),
        ("rules",),
        ("rulebook", "show", "tv_radio"),
        ("rulebook", "diff", "microsoft-coop", "microsoft-coop", "--root", "house"),
        ("schema", "claim"),
        ("--help",),
        ("packet", "--help"),
        ("report", "--help"),
    ],
    ids=" ".join,
)
def test_does_not_load_what_draws_and_opens(poe: Program, house: House, arguments: tuple[str, ...]) -> None:
    house.claim("good")
    assert {name.partition(".")[0] for name in _loaded(poe, 0, *arguments)} & _HEAVY == set()


def test_nor_does_the_hook(poe: Program, house: House) -> None:
    house.claim("good")
    start_git(house.root)
    house.bad("bad")
    modules = _loaded(poe, 0, "validate", "--staged", "--as-of", AS_OF, cwd=house.root)
    assert {name.partition(".")[0] for name in modules} & _HEAVY == set()


def test_a_new_repository_and_claim_need_no_pango(poe: Program) -> None:
    assert "weasyprint" not in _loaded(poe, 0, "init", "fresh")
    arguments = ("new", "claim", "first", "--activity-type", "digital_advertising", "--root", "fresh")
    assert "weasyprint" not in _loaded(poe, 0, *arguments)


def test_works_where_none_of_it_is_installed(poe: Program, house: House) -> None:
    house.claim("good")
    broken = poe.folder / "broken"
    broken.mkdir()
    for module in _HEAVY:
        (broken / f"{module}.py").write_text("raise ImportError('not installed')\n")
    for command in ("validate", "status"):
        ran = poe(command, "house", "--as-of", AS_OF, env={"PYTHONPATH": str(broken)})
        assert (ran.status, ran.err) == (0, "")


def test_doctor_names_what_is_missing_and_the_line_that_installs_it(poe: Program) -> None:
    broken = poe.folder / "broken"
    broken.mkdir()
    (broken / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    (broken / "pikepdf.py").write_text("raise ImportError('not installed')\n")
    ran = poe("doctor", env={"PYTHONPATH": str(broken), "PATH": str(broken)})
    assert (ran.status, ran.err) == (1, "")
    missing = [line.split()[1].rstrip(":") for line in ran.out.splitlines() if line.startswith("  missing")]
    assert missing == ["pikepdf", "weasyprint", "git"]
    assert "pip install pikepdf" in ran.out
    assert "pango" in ran.out


@pytest.mark.parametrize("command", ["packet", "report"])
def test_without_pango_the_commands_that_draw_say_what_to_install(poe: Program, house: House, command: str) -> None:
    house.claim("good")
    broken = poe.folder / "broken"
    broken.mkdir()
    (broken / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    ran = poe(command, "house", "-o", "out", "--as-of", AS_OF, env={"PYTHONPATH": str(broken)})
    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert "doctor" in ran.err or "pango" in ran.err.lower()
    assert list((poe.folder / "out").glob("*")) == []
