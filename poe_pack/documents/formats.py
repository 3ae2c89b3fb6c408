"""The `format`s that our schemas use, each really checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+\Z")


def _is_date(text: str) -> bool:
    return bool(_DATE.match(text)) and _of_this_century(date.fromisoformat, text)


def _is_instant(text: str) -> bool:
    return bool(_INSTANT.match(text)) and _of_this_century(datetime.fromisoformat, text)


def _is_email(text: str) -> bool:
    return bool(_EMAIL.match(text))


def _is_https(text: str) -> bool:
    """Only web addresses: anything else could act when somebody clicks it in a packet."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not re.search(r"\s", text)


def _of_this_century(parse: Callable[[str], date], text: str) -> bool:
    """Whether it exists, in a year that `FY27` can name: a slip such as 0206 or 9999 would only upset deadlines."""
    try:
        return 2000 <= parse(text).year < 2100
    except ValueError:
        return False


CHECKS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_instant,
    "email": _is_email,
    "uri": _is_https,
}
