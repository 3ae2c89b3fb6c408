"""What the tests of `evidence` share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.house import SECOND, House


@pytest.fixture
def ads(house: House) -> Path:
    """The folder of a draft with an invoice and a picture."""
    return house.claim("ads").parent


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    """A picture on the desk of whoever has taken it."""
    file = tmp_path / "Screen shot.png"
    file.write_bytes(SECOND)
    return file
