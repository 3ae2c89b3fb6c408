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
