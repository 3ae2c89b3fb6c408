"""How long a film is and how large its picture: read from an MP4's boxes. Runs in the child process only."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

from poe_pack.evidence.facts import MediaType, ProbeFacts, ProbeState, Told
from poe_pack.evidence.refusal import damaged

_MAX_BOXES = 8_000
_MAX_MOVIE = 32 * 1024 * 1024
_LONGEST = 100 * 3600


def describe_video(stream: BinaryIO, _: MediaType) -> ProbeFacts:
    """The facts of an MP4 or QuickTime film. Raises Refused."""
    movie = _movie(stream)
    told = []
    pixels = None
    try:
        for name, body in _boxes(movie):
            if name == b"mvhd":
                seconds = _seconds(body)
                told = [(Told.DURATION, f"{seconds // 60}:{seconds % 60:02d}")] if seconds is not None else []
            elif name == b"trak":
                pixels = pixels or _picture(body)
    except struct.error as error:
        raise damaged("what it says of its length cannot be read") from error
    if pixels is not None:
        told.append((Told.PIXELS, f"{pixels[0]} × {pixels[1]}"))
    return ProbeFacts(
        ProbeState.UNSUPPORTED, "files of this kind have no pages to print", pixels=pixels, told=tuple(told)
    )


def _movie(stream: BinaryIO) -> bytes:
    """The box that describes the film, after a look at whether all boxes are whole."""
    end = stream.seek(0, os.SEEK_END)
    at = count = 0
    found = None
    while at + 8 <= end and count < _MAX_BOXES:
        stream.seek(at)
        size, name = struct.unpack(">I4s", stream.read(8))
        head = 8
        if size == 1:
            size = int.from_bytes(stream.read(8), "big")
            head = 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise damaged("the film is cut off")
        if name == b"moov" and found is None:
            if size > _MAX_MOVIE:
                raise damaged("its description is larger than any film's")
            stream.seek(at + head)
            found = stream.read(size - head)
        at += size
        count += 1
    if found is None:
        raise damaged("the film is cut off: its description is missing")
    return found


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = count = 0
    while at + 8 <= len(data) and count < _MAX_BOXES:
        size, name = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > len(data):
            return
        yield name, data[at + 8 : at + size]
        at += size
        count += 1


def _seconds(body: bytes) -> int | None:
    if body[:1] == b"\x01":
        scale, length = struct.unpack_from(">IQ", body, 20)
    else:
        scale, length = struct.unpack_from(">II", body, 12)
    seconds = round(length / scale) if scale else _LONGEST + 1
    return seconds if seconds <= _LONGEST else None


def _picture(track: bytes) -> tuple[int, int] | None:
    """Width and height of a track that shows something."""
    for name, body in _boxes(track):
        if name == b"tkhd":
            width, height = struct.unpack_from(">II", body, len(body) - 8)
            size = (width >> 16, height >> 16)
            return size if min(size) > 0 else None
    return None
