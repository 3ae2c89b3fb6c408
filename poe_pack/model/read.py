"""Documents to nouns. Reads what is there and of the right type; the schema has already said what is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any, TypeVar

_T = TypeVar("_T")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?\Z")
_YEARS = range(2000, 2100)
_SHARED_LENGTH = 60


class Fields:
    """Typed access to an object of a document; whatever is absent or of another type reads as None or empty."""

    def __init__(self, data: object) -> None:
        self._data: Mapping[str, Any] = data if isinstance(data, dict) else {}

    def text(self, key: str) -> str | None:
        value = self._data.get(key)
        return _shared(value) if isinstance(value, str) else None

    def words(self, key: str) -> str:
        return self.text(key) or ""

    def truth(self, key: str) -> bool | None:
        value = self._data.get(key)
        return value if isinstance(value, bool) else None

    def whole(self, key: str) -> int | None:
        value = self._data.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def decimal(self, key: str) -> Decimal | None:
        return to_decimal(self._data.get(key))

    def date(self, key: str) -> date | None:
        day = _parse(date.fromisoformat, self._data.get(key))
        return day if day is not None and day.year in _YEARS else None

    def instant(self, key: str) -> datetime | None:
        moment = _parse(datetime.fromisoformat, self._data.get(key))
        if moment is None or moment.year not in _YEARS:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(_shared(item) for item in self._list(key) if isinstance(item, str))

    def object(self, key: str) -> Fields | None:
        value = self._data.get(key)
        return Fields(value) if isinstance(value, dict) else None

    def objects(self, key: str) -> tuple[Fields, ...]:
        """Items of a list, one for each, so that indexes agree with the document."""
        return tuple(Fields(item) for item in self._list(key))

    def mapping(self, key: str) -> Mapping[str, Any]:
        value = self._data.get(key)
        return value if isinstance(value, dict) else {}

    def _list(self, key: str) -> list[Any]:
        value = self._data.get(key)
        return value if isinstance(value, list) else []


def to_decimal(value: object) -> Decimal | None:
    """An amount written as text or number."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _NUMBER.match(value):
        return _amount(value)
    return None


@lru_cache(maxsize=4096)
def _amount(text: str) -> Decimal:
    return Decimal(text)


def _shared(text: str) -> str:
    """The same text, held once for all claims: most of what they say they all say."""
    return intern(text) if len(text) <= _SHARED_LENGTH else text


def _parse(parse: Callable[[str], _T], value: object) -> _T | None:
    if not isinstance(value, str):
        return None
    try:
        return parse(value)
    except ValueError:
        return None
