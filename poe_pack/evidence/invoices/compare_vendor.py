"""Compares names of vendors: by their words, without the legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poe_pack.evidence.invoices.facts import AGREES, CANNOT_CHECK, Claimed, Compared, Row
from poe_pack.evidence.invoices.folding import plain
from poe_pack.evidence.invoices.labels import Labelled, Token, phrase_at, tokens_of
from poe_pack.evidence.invoices.lexicon import Say, head_phrases

_FORMS = frozenset(
    """ab aktiebolag publ gmbh ag kg kgaa ohg ug gbr ek ev mbh se co ltd limited llc llp lp plc inc incorporated corp
    corporation company sarl sas sasu sa eurl sci snc spa srl sl slu bv nv cv oy oyj as asa aps hb kb ek ef
    haftungsbeschrankt pte pty pvt sp zoo doo kft sro""".split()
)
_CHINESE_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "公司")
_AND = frozenset("and und et och y e og".split())
_EDGE = re.compile(r"[^\w\s&+'’.-]|\s[–—-]\s")
_LEAST = 3  # letters of a name that is one word


def core(name: str) -> tuple[str, ...]:
    """Words of a name without its legal form and without "and"."""
    text = plain(name).replace(".", "") if "." in name else plain(name)
    for form in _CHINESE_FORMS:
        text = text.replace(form, " ")
    kept = [token.word for token in tokens_of(text) if token.word not in _AND]
    while len(kept) > 1 and kept[-1] in _FORMS:
        kept.pop()
    while len(kept) > 1 and kept[0] in _FORMS:
        kept.pop(0)
    return tuple(kept)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one but for their legal forms."""
    return bool(core(one)) and core(one) == core(other)


def compare_vendor(claimed: Claimed, heads: Sequence[Labelled], pages: Sequence[Sequence[Row]]) -> Compared:
    """Agrees where the whole name stands somewhere but as the buyer's; a name in a logo is in no text.

    So nobody can say from a text that the vendor is another.
    """
    wanted = core(claimed.vendor)
    if sum(map(len, wanted)) < _LEAST and not any("\u4e00" <= c <= "\u9fff" for word in wanted for c in word):
        return CANNOT_CHECK
    if claimed.bill_to is not None and same_name(claimed.vendor, claimed.bill_to):
        return CANNOT_CHECK
    buyers = {head.text for head in heads if Say.BUYER in head.says}
    found = any(_names(text, wanted) for text in _texts(pages) if text not in buyers)
    return AGREES if found else CANNOT_CHECK


def _texts(pages: Sequence[Sequence[Row]]) -> Iterator[str]:
    """Each piece of text, and each with the one below it, where a long name goes on."""
    for page in pages:
        for index, row in enumerate(page):
            following = page[index + 1] if index + 1 < len(page) else ()
            for cell in row:
                yield plain(cell.text)
                yield from (f"{plain(cell.text)} {plain(c.text)}" for c in following if abs(c.left - cell.left) < 1)


def _names(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether a text has this name from edge to edge: of "Northgate Trade Media" "Trade Media" is no name."""
    for form in _CHINESE_FORMS:
        text = text.replace(form, " , ")
    tokens = [token for token in tokens_of(text) if token.word not in _AND]
    for at in range(len(tokens) - len(wanted) + 1):
        here = tuple(token.word for token in tokens[at : at + len(wanted)]) == wanted
        if here and _begins(text, tokens, at) and _ends(text, tokens, at + len(wanted)):
            return not _is_buyer(tokens[:at])
    return False


def _begins(text: str, tokens: Sequence[Token], at: int) -> bool:
    if at == 0:
        return True
    between = text[tokens[at - 1].end : tokens[at].start]
    return bool(_EDGE.search(between)) or tokens[at - 1].word in ("from", "von", "de", "fran", "by", "seller", "vendor")


def _ends(text: str, tokens: Sequence[Token], end: int) -> bool:
    if end == len(tokens) or tokens[end].word in _FORMS:
        return True
    return bool(_EDGE.search(text[tokens[end - 1].end : tokens[end].start]))


def _is_buyer(before: Sequence[Token]) -> bool:
    """Whether the words before a name say that it is the buyer's."""
    for at in range(len(before)):
        count = phrase_at(before, at, head_phrases())
        if count and Say.BUYER in head_phrases()[tuple(token.word for token in before[at : at + count])]:
            return True
    return False
