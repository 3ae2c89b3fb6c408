"""The rulebooks that come with the program, compiled to JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


def shipped() -> tuple[str, ...]:
    """Their ids."""
    return tuple(sorted(file.stem for file in DATA.glob("*.json")))


def shipped_data(name: str) -> dict[str, Any]:
    """Data of one of them, the caller's own to change."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_bytes())
    return found
