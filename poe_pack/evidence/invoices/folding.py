"""Text as it is compared: without what type and habit add to it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from poe_pack.evidence.invoices.facts import Row

_WORD = re.compile(r"[^\W_]+")
_NOT_IN_NUMBERS = re.compile(r"[\W_]+")
REMEMBERED = 4096
"""Pieces of text of which is kept what is in them: each is looked at several times, and then never again."""

_ACCENTS = "Mn"
_LEAST_FOR_DIGEST = 64  # letters and digits: fewer are a stamp, and stamps are alike


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """One width of letters, digits and blanks; every digit one of 0 to 9."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return "".join(_digit(c) if c.isdecimal() else c for c in text)


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character))


def folded(text: str) -> str:
    """`plain`, without letter case and accents."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", plain(text).casefold())
    return "".join(c for c in parted if unicodedata.category(c) != _ACCENTS)


def words(text: str) -> tuple[str, ...]:
    """Folded words and numbers; a full stop inside an abbreviation (S.A.R.L., n.v.) does not part it."""
    joined = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", folded(text))
    return tuple(_WORD.findall(joined))


def reference(text: str) -> str:
    """A number of a paper as it is compared: letters and digits alone."""
    return _NOT_IN_NUMBERS.sub("", folded(text))


def digest(pages: Iterable[Iterable[Row]]) -> str | None:
    """SHA-256 of all letters and digits of a text in their order; None where they are too few to tell papers apart."""
    letters = "".join(reference(cell.text) for page in pages for row in page for cell in row)
    if len(letters) < _LEAST_FOR_DIGEST:
        return None
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()
