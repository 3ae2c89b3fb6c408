"""Writes data as YAML in every style that the grammar has, mixed at random; the result need not be valid."""

from __future__ import annotations

import json
from random import Random
from typing import Any

_COMMENTS = ("", "", "", "", " # c", "  # é: [", "#c", " #")


class Writer:
    """One text, one style for each value."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._step = chance.choice((1, 2, 2, 2, 4))
        self._flow = chance.choice((0.0, 0.1, 0.1, 0.5))
        self._odd = chance.choice((0.0, 0.0, 0.02, 0.1))

    def document(self, data: Any) -> str:
        """The text of a document."""
        head = self._chance.choice(("", "", "", "", "---\n", "--- ", "# c\n", "\n"))
        return head + self._block(data, 0).lstrip("\n") + self._chance.choice(("\n", "\n", "", "\n...\n", "\n\n"))

    def _block(self, data: Any, depth: int) -> str:
        """A value after its key or dash: on the same line, or from the next one on."""
        chance = self._chance
        if chance.random() < self._flow:
            return " " + self.flow(data)
        if isinstance(data, dict) and data:
            return "".join(
                f"\n{self._indent(depth)}{self._scalar(key)}:{self._block(value, depth + 1)}{self._comment()}"
                for key, value in data.items()
            )
        if isinstance(data, list) and data:
            level = depth - (1 if depth and chance.random() < 0.4 else 0)
            return "".join(f"\n{self._indent(level)}-{self._item(item, level + 1)}{self._comment()}" for item in data)
        if isinstance(data, str) and data and chance.random() < 0.05:
            return self._folded(data, depth)
        return " " + (self.flow(data) if isinstance(data, dict | list) else self._scalar(data))

    def _item(self, data: Any, depth: int) -> str:
        text = self._block(data, depth)
        if text.startswith("\n") and self._chance.random() < 0.7:
            # The first key stands beside the dash: where the step is not 2, the next ones stand elsewhere.
            return " " + text.lstrip("\n ") if self._step == 2 or self._chance.random() < 0.1 else text
        return text

    def _folded(self, text: str, depth: int) -> str:
        header = self._chance.choice(("|", ">", "|-", ">+", ">-", "|2", "| # c"))
        words = text.split(" ")
        at = self._chance.randrange(len(words) + 1)
        margin = self._indent(depth) or " "
        return f" {header}\n{margin}{' '.join(words[:at])}\n{margin}{' '.join(words[at:])}"

    def flow(self, data: Any) -> str:
        """A value in brackets, on one line or several."""
        gap = self._chance.choice(("", "", "", " ", "\n", "\n   ")) if self._chance.random() < 0.2 else ""
        if isinstance(data, dict):
            colon = self._chance.choice((": ", ": ", ": ", ":", " : "))
            inside = [f"{self._scalar(key)}{colon}{self.flow(value)}" for key, value in data.items()]
            return "{" + gap + f",{gap or ' '}".join(inside) + gap + "}"
        if isinstance(data, list):
            return "[" + gap + f",{gap or ' '}".join(self.flow(item) for item in data) + gap + "]"
        return self._scalar(data)

    def _scalar(self, value: Any) -> str:
        text = json.dumps(value) if value is None or isinstance(value, bool) else str(value)
        style = self._chance.random()
        if style < 0.3:
            return json.dumps(text, ensure_ascii=self._chance.random() < 0.3)
        if style < 0.4:
            return "'" + text.replace("'", "''") + "'"
        if not text or (style < 0.7 and _needs_quotes(text)):
            return json.dumps(text, ensure_ascii=False)
        return text

    def _comment(self) -> str:
        return self._chance.choice(_COMMENTS) if self._chance.random() < self._odd else ""

    def _indent(self, depth: int) -> str:
        blanks = " " * (self._step * max(depth, 0))
        return blanks + " " if self._chance.random() < self._odd * 0.1 else blanks


def _needs_quotes(text: str) -> bool:
    """Whether a bare text would most likely be read as something else."""
    return (
        not text[0].isalnum() or any(sign in text for sign in (": ", " #", "\n", ", ", "\\", '"')) or text.endswith(":")
    )
