"""Text that is not text yet: a message with its values, or a name that a rulebook gives in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field


class Words(Struct, frozen=True):
    """Either `key` (of the message catalogue) with `values`, or `names` by language with at least `en`."""

    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The same in every language: for fingerprints and for messages to developers."""
        return self.key or self.names.get("en", "")
