"""A compiled check that can say "valid", so that thousands of sound documents need no slower look.

It never speaks of faults: whatever it does not call valid is judged by jsonschema. A test holds the two together.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol

from poe_pack.documents.formats import CHECKS
from poe_pack.documents.schema_files import load_schema


class _Compiled(Protocol):
    def is_valid(self, instance: Any) -> bool: ...


def is_surely_valid(kind: str, data: Any) -> bool:
    """Whether the document is valid beyond doubt; False also where the compiled check cannot tell."""
    try:
        return _compiled(kind).is_valid(data)
    except ValueError:  # a number or nesting that it cannot hold
        return False


@cache
def _compiled(kind: str) -> _Compiled:
    from jsonschema_rs import Draft202012Validator

    compiled: _Compiled = Draft202012Validator(load_schema(kind), formats=dict(CHECKS), validate_formats=True)
    return compiled
