"""Names under which a claim keeps files: such as every system can write, and that stay apart."""

from __future__ import annotations

import re
import unicodedata

MOST = 100
"""Characters of a name; longer ones are cut before their ending."""

_REFUSED = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|\Z)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """A name as near as may be to one that somebody else gave: no signs, blanks or hidden characters that harm.

    Raises ValueError where nothing is left of it.
    """
    composed = unicodedata.normalize("NFC", name)
    shown = "".join("-" if character.isspace() else character for character in composed if _is_shown(character))
    plain = re.sub(r"-{2,}", "-", _REFUSED.sub("-", shown)).strip("-. ")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(plain) > MOST and len(ending) < MOST // 2:
        plain = f"{stem[: MOST - len(ending) - 1].rstrip('-. ')}.{ending}"
    plain = plain[:MOST].rstrip("-. ")
    if not plain:
        raise ValueError("nothing of the name can be used")
    return f"file-{plain}" if _RESERVED.match(plain) else plain


def folded(name: str) -> str:
    """What names have in common that some systems take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is_shown(character: str) -> bool:
    return character.isspace() or not unicodedata.category(character).startswith(("C", "Z"))
