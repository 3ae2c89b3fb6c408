"""Days as files state them: eight digits."""

from __future__ import annotations

from contextlib import suppress
from datetime import date


def day_of(digits: str) -> date | None:
    """The day of `YYYYMMDD`, or None where that is no day, or one before there were such files."""
    if len(digits) == 8 and digits.isascii() and digits.isdigit():
        with suppress(ValueError):
            day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
            return day if day.year >= 1980 else None
    return None
