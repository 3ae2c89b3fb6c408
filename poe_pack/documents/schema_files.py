"""The JSON Schemas of our documents, from their files."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from poe_pack.resources import resource


@cache
def load_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of document."""
    text = (resource("schemas") / f"{kind}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
