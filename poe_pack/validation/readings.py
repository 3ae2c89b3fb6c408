"""What was read, by a digest of what it was read from: what did not change is not read again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from poe_pack.validation.storage import folder_for, tool_stamp

_CLAIMS = "claims.sqlite3"
_SECONDS_TO_WAIT = 0.5
# Some 2 kB each. Older ones go first.
_MOST = 200_000


def encode(data: Any) -> str:
    """Data as JSON. Raises TypeError for what JSON cannot say exactly."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_exact)


def _exact(value: Any) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"\0decimal": str(value)}  # no document has a key with that character
    raise TypeError(type(value).__name__)


def _decode(text: str) -> Any:
    return json.loads(text, object_hook=_number if '"\\u0000decimal"' in text else None)


def _number(read: dict[str, Any]) -> Any:
    return Decimal(read["\0decimal"]) if "\0decimal" in read else read


class Readings:
    """A table of data by digests. Never fails: where the file cannot be used it knows nothing and keeps nothing."""

    def __init__(self, file: Path) -> None:
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = _open(file)
        except sqlite3.DatabaseError:
            with suppress(OSError, sqlite3.Error):  # not a database, or damaged: begin again
                file.unlink()
                self._connection = _open(file)
        except (OSError, sqlite3.Error):
            pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._connection is not None:
            self._connection.close()

    def find(self, digest: bytes) -> Any:
        """Data under that digest, or None."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT data FROM claims WHERE digest = ?", (digest,)).fetchone()
            return None if row is None else _decode(row[0])
        except (sqlite3.Error, ValueError):
            return None

    def keep(self, readings: Iterable[tuple[bytes, str]]) -> None:
        """Keep encoded data under digests."""
        if self._connection is None:
            return
        with suppress(sqlite3.Error), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO claims VALUES (?, ?)", readings)
            newest = "SELECT max(rowid) FROM claims"
            self._connection.execute(f"DELETE FROM claims WHERE rowid <= ({newest}) - {_MOST}")


def _open(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_SECONDS_TO_WAIT)
    file.chmod(0o600)
    # The file may be lost at any time, so nothing waits for the disk.
    connection.execute("PRAGMA synchronous = OFF")
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS tool (stamp TEXT)")
        if connection.execute("SELECT stamp FROM tool").fetchall() != [(tool_stamp(),)]:
            connection.execute("DELETE FROM tool")
            connection.execute("DROP TABLE IF EXISTS claims")
            connection.execute("INSERT INTO tool VALUES (?)", (tool_stamp(),))
        connection.execute("CREATE TABLE IF NOT EXISTS claims (digest BLOB UNIQUE, data TEXT)")
    return connection


def readings(file: str = _CLAIMS) -> Readings | None:
    """One of the user's tables, that of claims by the digest of their text; None where there is no place for it."""
    folder = folder_for("documents")
    return None if folder is None else Readings(folder / file)
