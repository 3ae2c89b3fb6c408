"""Reads a PNG's chunks without decoding a pixel. A PDF can hold a PNG's compressed data as it is."""

from __future__ import annotations

import struct
import zlib

from msgspec import Struct

from poe_pack.evidence.refusal import damaged

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_BITS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
# Column and row of the first pixel and the steps between pixels, for each of the seven passes of Adam7.
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_INFLATE_STEP = 1024 * 1024

PALETTE = 3
"""The colour type of pictures whose pixels are numbers of palette entries."""

HEADER_BYTES = 33
"""Signature and header chunk."""


class Png(Struct, frozen=True):
    """A whole PNG: its header, its palette (RGB triples), and the compressed rows as they stand."""

    width: int
    height: int
    bits: int
    color: int
    interlaced: bool
    palette: bytes
    transparent: bool
    rows: bytes

    @property
    def channels(self) -> int:
        """Samples per pixel."""
        return _CHANNELS[self.color]

    @property
    def fits_pdf(self) -> bool:
        """Whether a PDF image can hold the rows as they are."""
        return not self.interlaced and not self.transparent

    def check(self) -> None:
        """Raise Refused unless the rows unpack to as many bytes as the header promises; keep none of them."""
        expected = self._unpacked_bytes()
        unpacker = zlib.decompressobj()
        count = 0
        data = self.rows
        try:
            while count <= expected:
                step = len(unpacker.decompress(data, _INFLATE_STEP))
                count += step
                data = unpacker.unconsumed_tail
                if unpacker.eof or (not data and step < _INFLATE_STEP):
                    break
        except zlib.error as error:
            raise damaged("the picture's data cannot be unpacked") from error
        if count != expected:
            raise damaged("the picture does not hold as many rows as it says")

    def _unpacked_bytes(self) -> int:
        passes = _PASSES if self.interlaced else ((0, 0, 1, 1),)
        total = 0
        for x, y, across, down in passes:
            columns = -(-(self.width - x) // across)
            rows = -(-(self.height - y) // down)
            if columns > 0 and rows > 0:
                total += rows * (1 + -(-columns * self.bits * self.channels // 8))
        return total


def read_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels. Raises Refused where `data` does not start like a PNG."""
    if len(data) < HEADER_BYTES or not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR":
        raise damaged("the picture's header is missing")
    width, height = struct.unpack(">II", data[16:24])
    if not (0 < width < 2**31 and 0 < height < 2**31):
        raise damaged("the picture states no usable size")
    return width, height


def read(data: bytes) -> Png:
    """Read the chunks of `data`. Raises Refused where one that matters is missing or wrong."""
    width, height = read_size(data)
    bits, color, _, _, interlace = data[24:29]
    if bits not in _BITS.get(color, ()) or interlace > 1:
        raise damaged("the picture's header is wrong")
    palette, transparent, rows = _chunks(data)
    if not rows or (color == PALETTE and (not palette or len(palette) % 3)):
        raise damaged("the picture is cut off")
    return Png(width, height, bits, color, interlace == 1, palette, transparent or color in (4, 6), rows)


def _chunks(data: bytes) -> tuple[bytes, bool, bytes]:
    """Return the palette, whether there is a transparency chunk, and the joined data chunks."""
    palette = b""
    transparent = False
    rows: list[bytes] = []
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name = data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        checksum = data[at + 8 + length : at + 12 + length]
        critical = not name[:1].islower()
        if len(checksum) < 4 or (critical and checksum != zlib.crc32(name + body).to_bytes(4, "big")):
            break
        if name == b"IEND":
            return palette, transparent, b"".join(rows)
        if name == b"PLTE":
            palette = body[: 256 * 3]
        elif name == b"tRNS":
            transparent = True
        elif name == b"IDAT":
            rows.append(body)
        at += 12 + length
    raise damaged("the picture is cut off")
