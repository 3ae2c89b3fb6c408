"""The child process: reads requests, one JSON object a line, opens evidence, and answers in the same way.

Only this process ever parses evidence. Start it by `Prober`; its arguments are the bytes of memory and the
seconds of CPU per file that it may use. It ends when its input does.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pikepdf

from poe_pack.evidence import attachments, mail, office, pdf, pictures, printable, texts, video
from poe_pack.evidence.attached import PacketContents, encode_contents
from poe_pack.evidence.facts import NOT_WRITTEN, MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.files import FILE_FLAGS
from poe_pack.evidence.invoices.facts import InvoiceReading
from poe_pack.evidence.limits import MAX_RESULT, allow_seconds, limit_process
from poe_pack.evidence.refusal import Refused, damaged
from poe_pack.evidence.wire import encode

_Told = TypeVar("_Told")

READY = b"ready\n"
DESCRIBED: Mapping[MediaType, Callable[[BinaryIO, MediaType], ProbeFacts]] = {
    MediaType.DOCX: office.describe_office,
    MediaType.XLSX: office.describe_office,
    MediaType.PPTX: office.describe_office,
    MediaType.OLE: office.describe_container,
    MediaType.EML: mail.describe_mail,
    MediaType.TXT: texts.describe_text,
    MediaType.CSV: texts.describe_text,
    MediaType.MP4: video.describe_video,
    MediaType.MOV: video.describe_video,
}
"""Kinds without pages to print, and who reads what they say of themselves."""
INVOICE = "invoice"
"""The task of reading an invoice."""
UNPACK = "unpack"
"""The task of saying what a packet holds; without a task a file is probed or prepared."""


class _NotWritten(Exception):
    pass


def main() -> None:
    """Answer requests until the input ends."""
    memory_bytes, cpu_seconds = (int(argument) for argument in sys.argv[1:3])
    answers = _private_output()
    limit_process(memory_bytes)
    answers.write(READY)
    for line in sys.stdin.buffer:
        allow_seconds(cpu_seconds)
        answers.write(respond(json.loads(line)))


def respond(request: dict[str, Any]) -> bytes:
    """The answer to a request as it is written: facts of a file unless its task asks for something else."""
    task = request.get("task")
    if task == UNPACK:
        return encode_contents(_unpack(request))
    if task != INVOICE:
        return encode(answer(request))
    from poe_pack.evidence.invoices import wire

    return wire.encode(_invoice(request))


def _invoice(request: dict[str, Any]) -> InvoiceReading:
    """What an invoice file says."""
    from poe_pack.evidence.invoices.reading import read_invoice

    def read(stream: BinaryIO) -> InvoiceReading:
        return read_invoice(stream, MediaType(request["kind"]), int(request["max_pages"]))

    return _told(request, read, InvoiceReading)


def _unpack(request: dict[str, Any]) -> PacketContents:
    """What a packet holds."""
    return _told(request, lambda stream: attachments.contents_of(stream, str(request["manifest"])), PacketContents)


def _told(
    request: dict[str, Any], read: Callable[[BinaryIO], _Told], refusal: Callable[[ProbeState, str], _Told]
) -> _Told:
    """What `read` tells of a file. Whatever it holds, there is an answer, as `answer` has it with facts."""
    try:
        with _opened(request["path"]) as stream:
            return read(stream)
    except Refused as refused:
        return refusal(refused.facts.state, refused.facts.detail)
    except MemoryError:
        return refusal(ProbeState.MEMORY_LIMIT, "it needs more memory than it may have")
    except Exception as error:  # as in `answer`
        return refusal(ProbeState.CRASHED, f"reading it failed with {type(error).__name__}")


def answer(request: dict[str, Any]) -> ProbeFacts:
    """Do what `request` asks. Whatever the file holds, the answer is facts; only a limit's signal ends it."""
    try:
        return _work(request)
    except Refused as refused:
        return refused.facts
    except MemoryError:
        return ProbeFacts(ProbeState.MEMORY_LIMIT, "it needs more memory than it may have")
    except _NotWritten as error:
        return ProbeFacts(ProbeState.CRASHED, f"{NOT_WRITTEN}{error}")
    except Exception as error:  # A fault of ours: it must neither end the run nor pass for a sound file.
        return ProbeFacts(ProbeState.CRASHED, f"reading it failed with {type(error).__name__}")


def _work(request: dict[str, Any]) -> ProbeFacts:
    kind = MediaType(request["kind"])
    max_pages = int(request["max_pages"])
    out = Path(request["out"]) if request.get("out") else None
    with _opened(request["path"]) as stream:
        if kind is MediaType.PDF:
            return _pdf(stream, max_pages, out)
        if kind in DESCRIBED:
            return DESCRIBED[kind](stream, kind)
        if out is None:
            return pictures.probe_picture(stream, kind, max_pages)
        with pikepdf.new() as made:
            facts, forms = pictures.picture_pages(made, stream, kind, max_pages)
            _write(made, forms, out)
        return facts


def _pdf(stream: BinaryIO, max_pages: int, out: Path | None) -> ProbeFacts:
    with pdf.opened(stream) as source:
        examined = pdf.examine(source, max_pages)
        if out is not None:
            with pikepdf.new() as made:
                _write(made, printable.forms_of(made, source, examined.shapes), out)
        return examined.facts


def _write(made: pikepdf.Pdf, forms: list[tuple[pikepdf.Stream, Any]], out: Path) -> None:
    try:
        printable.write(made, forms, out)
    except OSError as error:
        if out.exists() and out.stat().st_size >= MAX_RESULT:
            detail = f"the prepared pages take more than {MAX_RESULT // (1024 * 1024)} MB"
            raise Refused(ProbeState.MEMORY_LIMIT, detail) from error
        raise _NotWritten(error.strerror or type(error).__name__) from error


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """Open a regular file; a link or pipe put in its place meanwhile is refused."""
    try:
        descriptor = os.open(path, FILE_FLAGS)
    except OSError as error:
        raise damaged("the file cannot be opened") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise damaged("the file cannot be opened")
    with open(descriptor, "rb") as stream:
        yield stream


def _private_output() -> BinaryIO:
    """Keep the pipe to the parent for answers alone: what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return answers


if __name__ == "__main__":
    main()
