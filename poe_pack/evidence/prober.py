"""Opens evidence at arm's length: a child process does it, with limits on memory and time."""

from __future__ import annotations

import errno
import json
import os
import secrets
import signal
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from poe_pack.evidence.attached import MAX_ANSWER, PacketContents, decode_contents
from poe_pack.evidence.facts import NOT_WRITTEN, MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.invoices.facts import InvoiceReading
from poe_pack.evidence.invoices.wire import decode as decode_invoice
from poe_pack.evidence.process import ChildEnded, ChildProcess, ChildSilent
from poe_pack.evidence.wire import MAX_LINE, decode

OPENED_KINDS = frozenset({MediaType.PDF, MediaType.PNG, MediaType.JPEG, MediaType.TIFF, MediaType.GIF, MediaType.WEBP})
"""Kinds that are opened and can be printed; every other is `unsupported`."""

DESCRIBED_KINDS = frozenset(
    {
        MediaType.DOCX,
        MediaType.XLSX,
        MediaType.PPTX,
        MediaType.OLE,
        MediaType.EML,
        MediaType.TXT,
        MediaType.CSV,
        MediaType.MP4,
        MediaType.MOV,
    }
)
"""Kinds that are opened for what they say of themselves, which is printed in place of pages."""

_READ_KINDS = frozenset({MediaType.PDF, MediaType.XML})
_CHILD = "poe_pack.evidence.child"
_LIMITS = (ProbeState.TIME_LIMIT, ProbeState.MEMORY_LIMIT, ProbeState.CRASHED)

_T = TypeVar("_T")


class ProbingUnavailable(Exception):
    """The child process does not start: pikepdf or Pillow is missing or broken, or memory is too short."""


class Prober:
    """Opens files in a child process that is started when first needed and used again for the next file.

    `memory_bytes` of address space, and per file `cpu_seconds` (whole) and `wall_seconds`; a child that
    runs into one of them is replaced, and so is one that has done `files_per_child` files. Use it as a
    context manager, from one thread.
    """

    def __init__(
        self,
        *,
        memory_bytes: int = 1024 * 1024 * 1024,
        cpu_seconds: int = 20,
        wall_seconds: float = 30.0,
        files_per_child: int = 50,
    ) -> None:
        self._memory_bytes = memory_bytes
        self._cpu_seconds = cpu_seconds
        self._wall_seconds = wall_seconds
        self._files_per_child = files_per_child
        self._child: ChildProcess | None = None
        self._greeted = False
        self._files_done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin the child process without waiting for it, so that the first file finds it ready."""
        if self._child is not None and self._child.alive:
            return
        self.close()
        self._files_done, self._greeted = 0, False
        self._child = ChildProcess(_CHILD, [str(self._memory_bytes), str(self._cpu_seconds)], max(MAX_LINE, MAX_ANSWER))

    def close(self) -> None:
        """End the child process; the next file starts another."""
        if self._child is not None:
            self._child.close()
            self._child = None

    def probe(self, path: Path, media_type: MediaType | None, *, max_pages: int) -> ProbeFacts:
        """Open the file `path`, of the kind its leading bytes say, and return its facts.

        Never raises for what the file holds. Raises ProbingUnavailable.
        """
        return self._do(path, media_type, max_pages, None)

    def prepare(self, path: Path, media_type: MediaType | None, out: Path, *, max_pages: int) -> ProbeFacts:
        """Write to `out` a PDF with the pages of the file `path`, and return the facts as `probe` does.

        Each page has the size given in `pages` and one form, `page.Resources.XObject.Evidence`, that draws
        it upright from (0, 0) when painted as it is; nothing in the PDF can act. `out` appears whole or,
        unless the state is `ok`, not at all; a file that was there stays. The same input gives the same
        bytes. Raises ProbingUnavailable, and OSError where it cannot be written whole beside `out`.
        """
        part = out.parent.absolute() / f".{secrets.token_hex(12)}.part"
        part.touch(exist_ok=False)
        try:
            facts = self._do(path, media_type, max_pages, part)
            if facts.state is ProbeState.OK:
                os.replace(part, out)
            elif facts.detail.startswith(NOT_WRITTEN):
                raise OSError(errno.EIO, facts.detail.removeprefix(NOT_WRITTEN))
            return facts
        finally:
            part.unlink(missing_ok=True)

    def read_invoice(self, path: Path, media_type: MediaType | None, *, max_pages: int) -> InvoiceReading:
        """Read what the invoice file `path` says, within the limits of a probe.

        Never raises for what the file holds. Raises ProbingUnavailable.
        """
        if media_type not in _READ_KINDS:
            return InvoiceReading(ProbeState.UNSUPPORTED, "no invoice is read from files of this kind")
        request = {"task": "invoice", "path": str(path.absolute()), "kind": media_type, "max_pages": max_pages}
        answer = self._ask(request, decode_invoice)
        reading = InvoiceReading(answer.state, answer.detail) if isinstance(answer, ProbeFacts) else answer
        self._done(reading.state)
        return reading

    def unpack(self, path: Path, manifest: str) -> PacketContents:
        """Open the packet `path` and return the digests of its attachments, and the one called `manifest` as it is.

        Never raises for what the file holds. Raises ProbingUnavailable.
        """
        answer = self._ask({"task": "unpack", "path": str(path.absolute()), "manifest": manifest}, decode_contents)
        contents = PacketContents(answer.state, answer.detail) if isinstance(answer, ProbeFacts) else answer
        self._done(contents.state)
        return contents

    def _do(self, path: Path, media_type: MediaType | None, max_pages: int, out: Path | None) -> ProbeFacts:
        if media_type is None or media_type not in OPENED_KINDS | DESCRIBED_KINDS:
            return ProbeFacts(ProbeState.UNSUPPORTED, "files of this kind are not opened")
        request = {
            "path": str(path.absolute()),
            "kind": media_type,
            "max_pages": max_pages,
            "out": str(out) if out else None,
        }
        facts = self._ask(request, decode)
        self._done(facts.state)
        return facts

    def _done(self, state: ProbeState) -> None:
        self._files_done += 1
        if state in _LIMITS or self._files_done >= self._files_per_child:
            self.close()

    def _ask(self, request: dict[str, Any], read: Callable[[bytes], _T]) -> _T | ProbeFacts:
        """The answer to a request as `read` makes it of a line, or facts that say why there is none."""
        child = self._ready()
        try:
            return read(child.ask(json.dumps(request).encode() + b"\n", self._wall_seconds))
        except ChildSilent:
            return ProbeFacts(ProbeState.TIME_LIMIT, f"not done within {self._wall_seconds:g} s")
        except ChildEnded as ended:
            return self._explain(ended.status)
        except ValueError:
            return ProbeFacts(ProbeState.CRASHED, "the reader's answer made no sense")
        except BaseException:
            self.close()  # Else the answer to this file would be taken for the next one's.
            raise

    def _explain(self, status: int) -> ProbeFacts:
        if status == -signal.SIGXCPU:
            detail = f"not done within {self._cpu_seconds} s of work"
            return ProbeFacts(ProbeState.TIME_LIMIT, detail)
        if status == -signal.SIGKILL:  # Nobody else kills it but a system that is short of memory.
            return ProbeFacts(ProbeState.MEMORY_LIMIT, "the system ran out of memory")
        how = f"signal {-status}" if status < 0 else f"status {status}"
        return ProbeFacts(ProbeState.CRASHED, f"the reader ended with {how}")

    def _ready(self) -> ChildProcess:
        self.start()
        assert self._child is not None
        if not self._greeted:
            try:
                self._child.greet()
            except (ChildEnded, ChildSilent) as error:
                self.close()
                raise ProbingUnavailable("the process that opens evidence does not start") from error
            self._greeted = True
        return self._child
