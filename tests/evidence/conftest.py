"""What the tests of evidence share: a maker of files, and a child process for the tests of one module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from poe_pack.evidence.prober import Prober
from tests.evidence.samples import MakePdf, Saver


@pytest.fixture
def make(tmp_path: Path) -> MakePdf:
    return MakePdf(tmp_path)


@pytest.fixture(scope="module")
def prober() -> Iterator[Prober]:
    with Prober() as shared:
        yield shared


@pytest.fixture
def save_image(tmp_path: Path) -> Saver:
    def save(image: Image.Image, name: str, **how: Any) -> Path:
        path = tmp_path / name
        image.save(path, **how)
        return path

    return save
