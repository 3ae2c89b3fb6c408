"""Inputs from seeds: changes of bytes, of signs and lines, and of data that is written anew."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from fuzz import seeds
from fuzz.words import CHARACTERS, KEYS, SIGNS, TRAPS, VALUES
from fuzz.writing import Writer

LONGEST = 12_000
_KINDS = ("claim", "plan", "funds", "partner", "repository")
_AROUND = (
    *(("[", "]"), ("{", "}"), ("'", "'"), ('"', '"'), ("&a ", ""), ("!t ", ""), ("? ", "\n: x"), ("- ", "")),
    *(("{a: ", "}"), ("[\n", "\n]"), ('"', '"#c'), ("# ", "\n"), ("|\n  ", "\n")),
)
_Place = tuple[str | int, ...]


class Mutator:
    """Makes inputs, all from one source of chance. `pool` holds inputs that gave something new: they are seeds, too."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.pool: list[bytes] = []
        self._changes: Sequence[Callable[[str], str]] = (
            *(self._put_sign, self._put_sign, self._put_character, self._put_trap, self._put_trap, self._retype),
            *(self._cut, self._double, self._lines, self._lines, self._shift, self._wrap, self._splice, self._repeat),
        )

    def document(self) -> bytes:
        """The bytes of one document; small ones are by far the most."""
        chance = self._chance
        way = chance.random()
        if way < 0.30 and self.pool:
            text = chance.choice(self.pool).decode("utf-8", "replace")
        elif way < 0.55:
            text = self._window(chance.choice(seeds.whole()).decode("utf-8", "replace"))
        elif way < 0.65:
            text = chance.choice(seeds.pieces())
        elif way < 0.70:
            text = chance.choice(seeds.whole()).decode("utf-8", "replace")
        elif way < 0.80:
            text = self._soup()
        else:
            text = self.written(self._small(chance.choice(seeds.data())))
        return self.change(text)

    def change(self, text: str) -> bytes:
        """A text with some changes, as bytes."""
        for _ in range(self._chance.choice((0, 1, 1, 1, 2, 2, 3, 5))):
            text = self._chance.choice(self._changes)(text)
        return self._encoded(text[:LONGEST])

    def written(self, data: Any) -> str:
        """Data with some values changed, written anew."""
        for _ in range(self._chance.choice((0, 1, 1, 2, 3))):
            data = self.spoilt(data)
        return Writer(self._chance).document(data)

    def spoilt(self, data: Any) -> Any:
        """A copy of data with one value or key changed, added or left out."""
        chance = self._chance
        *parents, last = ("document", *chance.choice(list(_places(data))))
        whole: Any = {"document": copy.deepcopy(data)}
        node = whole
        for part in parents:
            node = node[part]
        way = chance.random()
        if way < 0.2 and parents:
            del node[last]
        elif way < 0.3 and isinstance(node[last], dict):
            node[last][chance.choice(KEYS)] = chance.choice(VALUES)
        elif way < 0.4 and isinstance(node[last], list) and node[last]:
            node[last].append(copy.deepcopy(chance.choice(node[last])))
        elif way < 0.6:
            other = chance.choice(seeds.data())
            node[last] = copy.deepcopy(_at(other, chance.choice(list(_places(other)))))
        else:
            node[last] = chance.choice(VALUES)
        return whole["document"]

    def _small(self, data: Any) -> Any:
        """Most of the time only some keys of a document: less to read, and more missing."""
        if self._chance.random() < 0.15:
            return data
        keys = self._chance.sample(sorted(data), min(len(data), self._chance.randint(0, 4)))
        return {"kind": data.get("kind"), **{key: data[key] for key in keys}}

    def _window(self, text: str) -> str:
        """Some lines of a text, moved to the left, mostly below a `kind`."""
        lines = text.splitlines(keepends=True) or [text]
        start = self._chance.randrange(len(lines))
        part = lines[start : start + self._chance.choice((1, 2, 3, 5, 8, 15))]
        margin = min((len(line) - len(line.lstrip(" ")) for line in part if line.strip()), default=0)
        head = f"kind: {self._chance.choice(_KINDS)}\n" if self._chance.random() < 0.6 else ""
        return head + "".join(line[margin:] for line in part)

    def _soup(self) -> str:
        words = (SIGNS, SIGNS, SIGNS, TRAPS, CHARACTERS, KEYS)
        head = f"kind: {self._chance.choice(_KINDS)}\n" if self._chance.random() < 0.3 else ""
        return head + "".join(
            self._chance.choice(self._chance.choice(words)) for _ in range(self._chance.randint(0, 25))
        )

    # --- changes of a text -----------------------------------------------------------------------------------

    def _at(self, text: str) -> int:
        return self._chance.randrange(len(text) + 1)

    def _span(self, text: str, longest: int = 40) -> tuple[int, int]:
        start = self._at(text)
        return start, min(len(text), start + self._chance.randint(0, longest))

    def _put(self, text: str, words: Sequence[str]) -> str:
        start = self._at(text)
        end = start + self._chance.choice((0, 0, 0, 1, 2))
        return text[:start] + self._chance.choice(words) + text[end:]

    def _put_sign(self, text: str) -> str:
        return self._put(text, SIGNS)

    def _put_character(self, text: str) -> str:
        return self._put(text, CHARACTERS)

    def _put_trap(self, text: str) -> str:
        """A word in place of what stands behind a colon or dash."""
        places = [at + 2 for sign in (": ", "- ", "[", ", ") if (at := text.find(sign, self._at(text))) >= 0]
        if not places:
            return self._put(text, TRAPS)
        start = self._chance.choice(places)
        ends = [at for sign in ("\n", ",", "}", "]", " #") if (at := text.find(sign, start)) >= 0]
        end = min(ends, default=len(text))
        return text[:start] + self._chance.choice(TRAPS) + text[end:]

    def _retype(self, text: str) -> str:
        """One character for another that stands in the text."""
        if not text:
            return text
        at = self._chance.randrange(len(text))
        return text[:at] + self._chance.choice(text) + text[at + 1 :]

    def _cut(self, text: str) -> str:
        start, end = self._span(text)
        return text[:start] + text[end:]

    def _double(self, text: str) -> str:
        start, end = self._span(text)
        return text[:end] + text[start:]

    def _lines(self, text: str) -> str:
        """A line left out, written twice, moved, joined to the next."""
        lines = text.splitlines(keepends=True)
        if not lines:
            return text
        at, other = self._chance.randrange(len(lines)), self._chance.randrange(len(lines))
        way = self._chance.randrange(4)
        if way == 0:
            del lines[at]
        elif way == 1:
            lines.insert(other, lines[at])
        elif way == 2:
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines[at] = lines[at].rstrip("\r\n")
        return "".join(lines)

    def _shift(self, text: str) -> str:
        """Some lines deeper, less deep, behind a tab, or with other ends."""
        lines = text.splitlines(keepends=True)
        start = self._chance.randrange(len(lines) + 1)
        for number in range(start, min(len(lines), start + self._chance.choice((1, 1, 2, 5, 100)))):
            line = lines[number]
            lines[number] = self._chance.choice(
                (
                    *(
                        " " + line,
                        "  " + line,
                        line.removeprefix(" "),
                        line.removeprefix("  "),
                        "\t" + line,
                        "#" + line,
                    ),
                    *(line.replace("\n", end) for end in ("\r\n", "\r", " \t\n")),
                )
            )
        return "".join(lines)

    def _wrap(self, text: str) -> str:
        start, end = self._span(text)
        left, right = self._chance.choice(_AROUND)
        return text[:start] + left + text[start:end] + right + text[end:]

    def _splice(self, text: str) -> str:
        other = self._chance.choice(seeds.pieces())
        start, end = self._span(other, 200)
        at = self._at(text)
        return text[:at] + other[start:end] + text[at:]

    def _repeat(self, text: str) -> str:
        word = self._chance.choice(
            ("[", "{", "{a: ", "- ", "  ", "\t", "x", "9", "a: ", "\n", "é", "#", "\u202e", "? ", "&a ")
        )
        at = self._at(text)
        return text[:at] + word * self._chance.choice((2, 3, 10, 45, 210)) + text[at:]

    def _encoded(self, text: str) -> bytes:
        way = self._chance.random()
        if way < 0.93:
            raw = text.encode("utf-8", "replace")
        elif way < 0.96:
            raw = b"\xef\xbb\xbf" + text.encode("utf-8", "replace")
        else:
            encoding = self._chance.choice(
                ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "latin-1", "cp1252")
            )
            raw = text.encode(encoding, "replace")
        if self._chance.random() < 0.03 and raw:
            at = self._chance.randrange(len(raw))
            raw = raw[:at] + bytes([self._chance.randrange(256)]) + raw[at + self._chance.choice((0, 1)) :]
        return raw


def _places(data: Any, place: _Place = ()) -> Iterator[_Place]:
    yield place
    children: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in children:
        yield from _places(child, (*place, key))


def _at(data: Any, place: _Place) -> Any:
    for part in place:
        data = data[part]
    return data
