"""The wheel, installed where there is no checkout: it brings along everything it needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from poe_pack import __version__
from tests.cli.program import AS_OF, CHECKOUT, Ran, environment, run_command
from tests.packaging.shared import copy_sources, made_once

_MINUTES = 5 * 60


def _run(*command: str | Path) -> None:
    """Run a step of the installation; a failure shows what it printed."""
    done = subprocess.run(
        [str(word) for word in command],
        env=environment(),
        cwd=Path(command[0]).anchor,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_MINUTES,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def _make(folder: Path) -> None:
    copy_sources(folder / "source")
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", folder / "source")
    shutil.rmtree(folder / "source")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    (wheel,) = (folder / "dist").iterdir()
    pip = (sys.executable, "-m", "pip", "--python", folder / "venv" / "bin" / "python", "--quiet")
    _run(*pip, "install", "--no-compile", "--prefer-binary", wheel)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `dist/` (the wheel) and `venv/` (poe-pack installed from it, and nothing of a checkout)."""
    return made_once(tmp_path_factory, "installed", _make)


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A copy of the worked example, without git."""
    return Path(shutil.copytree(CHECKOUT / "claims", tmp_path / "claims"))


def _poe(installed: Path, cwd: Path, *arguments: str | Path) -> Ran:
    command = [str(installed / "venv" / "bin" / "poe-pack"), *map(str, arguments)]
    return run_command(command, cwd, environment(), timeout=120)


def _listed(folder: str, pattern: str) -> set[str]:
    return {str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / folder).rglob(pattern) if path.is_file()}


def test_wheel_holds_everything(installed: Path) -> None:
    (wheel,) = (installed / "dist").iterdir()
    assert wheel.name == f"poe_pack-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    resources = {f"poe_pack/_resources/{name}" for name in _listed("schemas", "*.json") | _listed("templates", "*")}
    assert resources - names == set()
    assert _listed("poe_pack", "*.py") - names == set()
    assert _listed("poe_pack/languages", "*.json") - names == set()
    assert _listed("poe_pack/rulebook/data", "*.json") - names == set()
    assert "poe_pack/py.typed" in names
    assert f"poe_pack-{__version__}.dist-info/licenses/LICENSE" in names
    assert {name.split("/")[0] for name in names} == {"poe_pack", f"poe_pack-{__version__}.dist-info"}
    assert [name for name in names if "__pycache__" in name] == []


def test_runs_from_site_packages(installed: Path, tmp_path: Path) -> None:
    ask = "import poe_pack, poe_pack.resources as r; print(poe_pack.__file__, r.resource('schemas'), sep='\\n')"
    ran = run_command([str(installed / "venv" / "bin" / "python"), "-c", ask], tmp_path, environment())
    assert ran.err == ""
    for line in ran.out.splitlines():
        assert Path(line).is_relative_to(installed / "venv" / "lib")
        assert "site-packages" in Path(line).parts


def test_validate(installed: Path, claims: Path) -> None:
    ran = _poe(installed, claims.parent, "validate", claims, "--as-of", AS_OF, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.raw)["summary"]["claims"] == len(list(claims.glob("*/claim.yaml")))


def test_packet(installed: Path, claims: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = _poe(installed, claims, "packet", "azure-search-ads", "-o", out, "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
    made = out / "azure-search-ads"
    assert {path.name for path in made.iterdir()} == {"upload", "portal-sheet.html", "packet.pdf", "manifest.json"}
    assert len(list((made / "upload").iterdir())) > 2
    commit = json.loads((made / "manifest.json").read_bytes())["commit"]
    assert commit == {"sha": None, "note": "no_repository"}


def test_report(installed: Path, claims: Path, tmp_path: Path) -> None:
    ran = _poe(installed, claims, "report", "-o", tmp_path / "out", "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == ["index.html", "status.csv", "status.json", "status.pdf"]


def test_everything_else_starts(installed: Path, claims: Path) -> None:
    for arguments in (["--version"], ["doctor"], ["rules"], ["schema", "claim"], ["status", "--as-of", AS_OF]):
        ran = _poe(installed, claims, *arguments)
        assert (ran.status, ran.err) == (0, ""), arguments
    as_module = [str(installed / "venv" / "bin" / "python"), "-m", "poe_pack", "--version"]
    assert run_command(as_module, claims, environment()).out == _poe(installed, claims, "--version").out


def test_begins_a_repository(installed: Path, tmp_path: Path) -> None:
    assert _poe(installed, tmp_path, "init", "fresh").status == 0
    new = ("new", "claim", "first", "--activity-type", "digital_advertising", "--date", AS_OF, "--root", "fresh")
    assert _poe(installed, tmp_path, *new).status == 0
    ran = _poe(installed, tmp_path, "validate", "fresh", "--as-of", AS_OF)
    assert ran.err == ""
    assert ran.out.splitlines()[-2].startswith("1 claim: ")
    assert not any(path.name.endswith(".part") for _, _, names in os.walk(tmp_path) for path in map(Path, names))
