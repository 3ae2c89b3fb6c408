"""Message catalogues: flat JSON files, one folder per language and one file per room of the program.

A text holds `{name}` places that are filled from values. A key may have variants `key.one` and `key.other`,
chosen by the value `count` as the language counts (Unicode's plural rules): Chinese has only `key.other`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from poe_pack.languages.words import Words

# Counts of the form `one`. French also has `many`, from a million on, which nothing here counts to.
_ONE: Mapping[str, frozenset[int]] = {"fr": frozenset((0, 1)), "zh": frozenset()}
_JUST_ONE = frozenset((1,))

_FOLDER = Path(__file__).resolve().parent


class Catalogue:
    """The messages of one language. What a translation lacks is said in English."""

    def __init__(self, language: str, messages: Mapping[str, str]) -> None:
        self.language = language
        self._messages = messages

    def __contains__(self, key: str) -> bool:
        return key in self._messages or f"{key}.other" in self._messages

    def text(self, key: str, **values: Any) -> str:
        """Fill a message. Raises KeyError for an unknown key or a value that is missing: both are our bugs."""
        return self.fill(key, values)

    def fill(self, key: str, values: Mapping[str, Any]) -> str:
        """As `text`, with the values as a mapping."""
        plain = {name: self._plain(value) for name, value in values.items()}
        return self._message(key, values).format_map(plain)

    def say(self, words: Words) -> str:
        """Text of `Words`: a rulebook's name in this language or else English, or a filled message."""
        if words.names:
            return words.names.get(self.language) or words.names["en"]
        return self.fill(words.key, words.values)

    def _message(self, key: str, values: Mapping[str, Any]) -> str:
        counted = f"{key}.{self.plural(values.get('count'))}"
        # A language may tell numbers apart where English does not.
        if key in self._messages and ("count" not in values or counted not in self._messages):
            return self._messages[key]
        return self._messages[counted]

    def plural(self, count: Any) -> str:
        """The form that a count takes: `one` or `other`."""
        return "one" if count in _ONE.get(self.language, _JUST_ONE) else "other"

    def _plain(self, value: Any) -> str:
        if isinstance(value, Words):
            return self.say(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, tuple | list):
            return ", ".join(self._plain(item) for item in value)
        return str(value)


def with_nearest(text: str, values: Mapping[str, Any]) -> str:
    """A finding's message, with the nearest valid word where the rule knows one and the message does not say it."""
    nearest = values.get("nearest")
    return f"{text}; did you mean '{nearest}'?" if nearest and f"'{nearest}'" not in text else text


@cache
def catalogue(language: str = "en") -> Catalogue:
    """Load a language's messages over the English ones. Raises ValueError for a language that does not exist."""
    messages: dict[str, str] = {}
    for name in dict.fromkeys(("en", language)):
        folder = _FOLDER / name
        if not folder.is_dir():
            raise ValueError(f"there is no language {name!r}")
        for file in sorted(folder.glob("*.json")):
            messages.update(json.loads(file.read_text(encoding="utf-8")))
    return Catalogue(language, messages)
