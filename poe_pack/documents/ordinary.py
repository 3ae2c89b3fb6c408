"""Reads ordinary documents quickly: no trap, no tag, no sign that wants a second look, and no places.

Nearly every claim is such a document, and of a clean one nobody asks for a place. Whatever is not surely ordinary is
left to the reader, which says what is wrong and where; both give the same data (tests/documents/test_ordinary.py).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import yaml

from poe_pack.documents.characters import has_odd_characters
from poe_pack.documents.layout import needs_a_look
from poe_pack.documents.scalars import may_be_more, resolve, trap_of

# Far below the limits of the reader: so short a text holds fewer values than those, so short a key is none too long.
_LONGEST = 19_000
_LONGEST_KEY = 100
_DEEPEST = 20


class _Unsure(Exception):
    """This may be more than an ordinary document."""


def read_ordinary(text: str) -> dict[str, Any] | None:
    """Data of a text without fault, as the reader gives it; None for a text that only the reader can judge."""
    if len(text) > _LONGEST or "\\" in text or needs_a_look(text) or has_odd_characters(text):
        return None
    following: Callable[[], Any] = yaml.CSafeLoader(text).get_event
    try:
        following()  # start of the stream
        start = following()
        root = following()
        if start.version or start.tags or type(root) is not yaml.MappingStartEvent:
            return None
        data = _mapping(following, root, 0)
        following()  # end of the document
        return data if type(following()) is yaml.StreamEndEvent else None
    except (_Unsure, yaml.YAMLError, AttributeError):  # the end of an empty stream has no version
        return None


def _mapping(following: Callable[[], Any], start: Any, depth: int) -> dict[str, Any]:
    _check(start, depth)
    entries: dict[str, Any] = {}
    while type(event := following()) is not yaml.MappingEndEvent:
        key = _text(event)
        if (event.implicit[0] and not _is_word(key)) or len(key) > _LONGEST_KEY or key in entries:
            raise _Unsure
        entries[key] = _value(following, following(), depth)
    if start.flow_style:
        _on_one_line(start, event)  # how far must the later lines be indented? Readers disagree
    return entries


def _sequence(following: Callable[[], Any], start: Any, depth: int) -> list[Any]:
    _check(start, depth)
    items = []
    while type(event := following()) is not yaml.SequenceEndEvent:
        items.append(_value(following, event, depth))
    if start.flow_style:
        _on_one_line(start, event)  # how far must the later lines be indented? Readers disagree
    return items


def _value(following: Callable[[], Any], event: Any, depth: int) -> Any:
    kind = type(event)
    if kind is yaml.ScalarEvent:
        text = _text(event)
        return _plain(text) if event.implicit[0] and may_be_more(text) else text
    if kind is yaml.MappingStartEvent:
        return _mapping(following, event, depth + 1)
    if kind is yaml.SequenceStartEvent:
        return _sequence(following, event, depth + 1)
    raise _Unsure


def _text(event: Any) -> str:
    if type(event) is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
        raise _Unsure
    _on_one_line(event, event)  # may spaces or signs before its later lines mean something? Readers disagree
    return str(event.value)


def _plain(text: str) -> Any:
    if trap_of(text) is not None:
        raise _Unsure
    return resolve(text)


@lru_cache(maxsize=1024)
def _is_word(key: str) -> bool:
    """Whether a plain key is text to every reader."""
    return key not in ("", "<<") and trap_of(key) is None and isinstance(resolve(key), str)


def _check(start: Any, depth: int) -> None:
    if depth > _DEEPEST or start.anchor is not None or start.tag is not None:
        raise _Unsure


def _on_one_line(start: Any, end: Any) -> None:
    if end.end_mark.line != start.start_mark.line:
        raise _Unsure
