"""Which pieces of text on a page say what another piece is, and what that other piece is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from poe_pack.evidence.invoices.amounts import Amount, currencies_in
from poe_pack.evidence.invoices.facts import Cell, Row
from poe_pack.evidence.invoices.folding import REMEMBERED, folded, plain
from poe_pack.evidence.invoices.lexicon import Phrase, Say, amount_phrases, head_phrases, is_chinese, longest

_TOKEN = re.compile(r"[\u4e00-\u9fff]|(?:[^\W_\u4e00-\u9fff]|\0)+")
_RATE = re.compile(r"\d{1,2}(?:[.,]\d{1,3})?\s?%")
_ABBREVIATED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_BELOW = 3  # rows in which a value may stand under its label
_NEAR = 6.0  # points by which a value may begin beside its label
_LONGEST_LABEL = 120  # characters, with the amounts that stand in the same piece
_NOTHING = " :.#°º№-–/()（）"


class Token(Struct, frozen=True):
    """A word of a plain text, folded, and where it is there."""

    word: str
    start: int
    end: int


@lru_cache(REMEMBERED)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Words of a plain text; a character of Chinese is a word."""
    text = _ABBREVIATED.sub("\0", text)  # S.A. is one word, and as long as before
    return tuple(Token(folded(m[0].replace("\0", "")), m.start(), m.end()) for m in _TOKEN.finditer(text))


def phrase_at(tokens: Sequence[Token], at: int, phrases: Mapping[Phrase, frozenset[Say]]) -> int:
    """How many words the longest phrase has that begins with this token; 0 for none."""
    for count in range(min(longest().get(tokens[at].word, 0), len(tokens) - at), 0, -1):
        if tuple(token.word for token in tokens[at : at + count]) in phrases:
            return count
    return 0


def says_of(text: str, amounts: Sequence[Amount] = ()) -> frozenset[Say] | None:
    """What a plain text that stands beside amounts says of them; None where it is more than a label.

    Amounts themselves, rates and currencies say nothing.
    """
    if len(text) > _LONGEST_LABEL:
        return None
    spans = [(amount.start, amount.end) for amount in amounts]
    spans += [match.span() for match in _RATE.finditer(text)]
    spans += [(start, end) for start, end, _ in currencies_in(text)]
    covered = {place for start, end in spans for place in range(start, end)}
    tokens = [token for token in tokens_of(text) if token.start not in covered]
    says: set[Say] = set()
    at = 0
    while at < len(tokens):
        count = phrase_at(tokens, at, amount_phrases())
        if not count:
            return None
        says |= amount_phrases()[tuple(token.word for token in tokens[at : at + count])]
        at += count
    return frozenset(says)


class Labelled(Struct, frozen=True):
    """A value's text and the label it has: directly after it, right of it in its row, or below it."""

    says: frozenset[Say]
    text: str
    page: int
    row: int


def heads(pages: Sequence[Sequence[Row]]) -> Iterator[Labelled]:
    """Every label of an invoice's head with the text that is its value, in the order of the pages."""
    for number, page in enumerate(pages):
        for index, row in enumerate(page):
            for place, cell in enumerate(row):
                for says, text in _in_cell(plain(cell.text)):
                    if text.strip(_NOTHING):
                        yield Labelled(says, text, number, index)
                        continue
                    beside = _beside(row, place)
                    below = _below(page, index, cell) if beside is None else ()
                    for value in (beside,) if beside is not None else below:
                        yield Labelled(says, value, number, index)


def _in_cell(text: str) -> Iterator[tuple[frozenset[Say], str]]:
    """Labels in one piece of text, each with what follows until the next."""
    tokens = tokens_of(text)
    found: list[tuple[frozenset[Say], int, int]] = []
    at = 0
    while at < len(tokens):
        count = phrase_at(tokens, at, head_phrases())
        if not count:
            at += 1
            continue
        says = head_phrases()[tuple(token.word for token in tokens[at : at + count])]
        # A short word such as "to" or "no" is a label only where the piece begins.
        if at == 0 or count > 1 or len(tokens[at].word) > 3 or is_chinese(tokens[at].word):
            found.append((says, tokens[at].start, tokens[at + count - 1].end))
        at += count
    starts = [start for _, start, _ in found[1:]]
    for (says, _, end), following in zip(found, [*starts, len(text)], strict=False):
        yield says, text[end:following]


def _beside(row: Row, place: int) -> str | None:
    """The next piece in the row, unless it is a label itself."""
    if place + 1 >= len(row):
        return None
    text = plain(row[place + 1].text)
    return None if _is_label(text) else text


def _is_label(text: str) -> bool:
    tokens = tokens_of(text)
    return bool(tokens) and phrase_at(tokens, 0, head_phrases()) > 0


def _below(page: Sequence[Row], index: int, label: Cell) -> Iterator[str]:
    """The nearest piece of text under a label."""
    for row in page[index + 1 : index + 1 + _BELOW]:
        for cell in row:
            if (cell.left < label.right and label.left < cell.right) or abs(cell.left - label.left) < _NEAR:
                text = plain(cell.text)
                if not _is_label(text):
                    yield text
                return
