"""What tests of the whole program share: the program itself, a small repository, the worked example."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.cli.house import House, make_house
from tests.cli.program import CHECKOUT, Program

# How long an example takes is the machine's matter; how fast the program is, `bench` says.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither use nor fill the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def poe(tmp_path: Path) -> Program:
    """`poe-pack`, run in the test's own folder."""
    return Program(tmp_path)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty claims repository outside git, in `house` below the test's folder."""
    return make_house(tmp_path / "house")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the worked example outside git."""
    return Path(shutil.copytree(CHECKOUT / "claims", tmp_path / "claims"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many different faults were planted (tests/faults), and that each was told once and at its place."""
    kinds: dict[str, set[str]] = {}
    for report in terminalreporter.getreports("passed"):
        properties = dict(report.user_properties)
        if "found" in properties:
            kinds.setdefault(str(properties["planted"]).split()[0], set()).add(str(properties["found"]))
    failed = [dict(report.user_properties) for report in terminalreporter.getreports("failed")]
    missed = [str(properties["planted"]) for properties in failed if "planted" in properties]
    limits = [dict(report.user_properties).get("limits") for report in terminalreporter.getreports("passed")]
    for line in sorted(str(line) for line in limits if line is not None):
        terminalreporter.write_line(f"hostile document: {line}")
    swept = sum("swept" in dict(report.user_properties) for report in terminalreporter.getreports("passed"))
    if swept:
        terminalreporter.write_line(f"schema keywords broken at their places: {swept}, each exactly one fault")
    if kinds:
        parts = ", ".join(f"{group} {len(kinds[group])}" for group in ("YAML", "schema", "rules") if group in kinds)
        end = "each exactly one finding" if not missed else f"but not as expected: {', '.join(missed)}"
        terminalreporter.write_line(f"planted faults: {sum(map(len, kinds.values()))} ({parts}), {end}")
