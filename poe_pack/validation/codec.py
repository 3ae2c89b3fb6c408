"""Findings to JSON and back, exactly: what a recalled run prints is what it printed before."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from poe_pack.findings import Edit, Finding, Fix, JudgedBy, Position, Related, Severity, Waived
from poe_pack.languages import Words
from poe_pack.validation.verdict import RulebookStamp, RuleSwitchedOff, Verdict

_RECORDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (Edit, Finding, Fix, JudgedBy, Related, Waived, Words, RulebookStamp, RuleSwitchedOff, Verdict)
}


def to_json(value: Any) -> Any:
    """A value as JSON data: text, whole numbers, truth and null as they are, all else as a list headed by its kind.

    Raises TypeError for a kind that `from_json` does not know.
    """
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, Position):
        return ["Position", *value]
    if isinstance(value, tuple | list):
        return ["tuple", *map(to_json, value)]
    if isinstance(value, dict | MappingProxyType):
        return ["dict", *((key, to_json(item)) for key, item in value.items())]
    name = type(value).__name__
    if _RECORDS.get(name) is type(value):
        return [name, *(to_json(getattr(value, field)) for field in value.__struct_fields__)]
    return _plain(value)


def _plain(value: Any) -> list[str] | str:
    if isinstance(value, Severity):
        return ["Severity", value.value]
    if isinstance(value, StrEnum):
        return value.value  # equal to it, and shown the same
    if isinstance(value, Decimal):
        return ["Decimal", str(value)]
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, Path):
        return ["Path", str(value)]
    if type(value).__name__ == "Money":
        return ["Money", str(value.amount), value.currency]
    raise TypeError(f"{type(value).__name__} is not kept")


def from_json(data: Any) -> Any:
    """What `to_json` was given; tuples for lists. Raises KeyError, TypeError or ValueError for anything else."""
    if not isinstance(data, list):
        return data
    kind, *rest = data
    if kind == "tuple":
        return tuple(map(from_json, rest))
    if kind == "dict":
        return {key: from_json(item) for key, item in rest}
    if kind in _RECORDS:
        record = _RECORDS[kind]
        return record(**dict(zip(record.__struct_fields__, map(from_json, rest), strict=True)))
    return _read_plain(kind, rest)


def _read_plain(kind: str, rest: list[Any]) -> Any:
    if kind == "Position":
        return Position(*rest)
    if kind == "Money":
        from poe_pack.model import Money  # the nouns take as long to import as all else here

        return Money(Decimal(rest[0]), rest[1])
    readers: dict[str, Any] = {
        "Severity": Severity,
        "Decimal": Decimal,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "Path": Path,
    }
    return readers[kind](*rest)
