"""Saves a PDF so that a full disk is an error like any other."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO, cast

import pikepdf


class _Patient(io.RawIOBase):
    """Takes all that is written to it, and keeps the first failure to pass it on.

    The library would end the whole process when writing fails (`terminate called after throwing …`).
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.failure: OSError | None = None

    def write(self, data: Any) -> int:
        if self.failure is None:
            try:
                self._file.write(data)
            except OSError as error:
                self.failure = error
        return len(data)

    def writable(self) -> bool:
        return True


def save(pdf: pikepdf.Pdf, path: Path, **options: Any) -> None:
    """Save `pdf` to `path`, as `Pdf.save` does with these options. Raises OSError where it cannot be written whole."""
    with path.open("wb") as file:
        patient = _Patient(file)
        pdf.save(cast(BinaryIO, patient), **options)
        if patient.failure is not None:
            raise patient.failure
