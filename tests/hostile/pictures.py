"""Hostile pictures, mostly headers that promise what does not come, or too much of it."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from tests.hostile.pdfs import Maker, inflating, late, write


def png(width: int, height: int, *chunks: bytes, bits: int = 8, color: int = 0, rows: bytes | None = None) -> bytes:
    """A PNG with these chunks before its rows, which are black unless given."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, 0))
    if rows is None:
        rows = zlib.compress((b"\0" + bytes(-(-width * bits // 8))) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def saved(kind: str, size: tuple[int, int] = (700, 700), mode: str = "RGB") -> bytes:
    """A picture of one colour as Pillow writes it."""
    out = io.BytesIO()
    Image.new(mode, size, 90 if mode == "L" else (90, 20, 20)).save(out, kind)
    return out.getvalue()


def _jpeg_of(width: int, height: int) -> bytes:
    """A whole small JPEG that says it is larger."""
    data = bytearray(saved("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _exif_in_a_ring() -> bytes:
    """A JPEG whose camera data points back to where it begins."""
    entry = struct.pack(">HHII", 0x8769, 4, 1, 8)
    exif = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry + struct.pack(">I", 8)
    body = b"Exif\0\0" + exif
    data = saved("JPEG")
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


def tiff(frames: int, width: int = 8, height: int = 8, *, ring: bool = False, deflated: bytes | None = None) -> bytes:
    """A TIFF of so many pages that share one strip; `ring`: the last is followed by the first."""
    strip = deflated if deflated is not None else bytes(width * height)
    out = bytearray(b"II*\0" + struct.pack("<I", 8 + len(strip)) + strip)
    first = len(out)
    for number in range(frames):
        fields = (
            (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 8 if deflated is not None else 1), (262, 3, 1),
            (273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, len(strip)),
        )  # fmt: skip
        out += struct.pack("<H", len(fields))
        for tag, kind, value in fields:
            out += struct.pack("<HHII", tag, kind, 1, value)
        last = number == frames - 1
        out += struct.pack("<I", (first if ring else 0) if last else len(out) + 4)
    return bytes(out)


def _gif(width: int, height: int, frames: int = 1) -> bytes:
    data = saved("GIF", mode="L")
    at = data.index(b"\x2c")
    head = data[:6] + struct.pack("<HH", width, height) + data[10:at]
    return head + data[at:-1] * frames + data[-1:]


def _webp_of(width: int, height: int) -> bytes:
    """The header of a lossless WebP of that size, without its picture."""
    bits = (width - 1) | (height - 1) << 14
    body = b"VP8L" + struct.pack("<I", 12) + b"\x2f" + struct.pack("<I", bits) + bytes(7)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


# By ending and name: the maker and a part of the finding POE516.
REFUSED: dict[str, tuple[str, Maker, str]] = {
    "png-20000-by-20000": ("png", late(lambda: png(20_000, 20_000, bits=1)), "20000 x 20000 pixels"),
    "png-larger-than-any": ("png", write(png(8, 8).replace(struct.pack(">II", 8, 8), b"\xff" * 8)), "is damaged"),
    "png-text-that-inflates": (
        "png", late(lambda: png(700, 700, chunk(b"zTXt", b"Comment\0\0" + inflating(2000)))), "",
    ),
    "png-profile-that-inflates": (
        "png", late(lambda: png(700, 700, chunk(b"iCCP", b"icc\0\0" + inflating(2000)))), "",
    ),
    "png-rows-without-end": ("png", late(lambda: png(700, 700, rows=inflating(2000))), "is damaged"),
    "png-cut-off": ("png", write(saved("PNG")[:400]), "is damaged"),
    "jpeg-cut-off": ("jpg", write(saved("JPEG")[:-400]), "is damaged"),
    "jpeg-of-4-billion-pixels": ("jpg", write(_jpeg_of(65_500, 65_500)), "pixels"),
    "tiff-cut-off": ("tif", write(saved("TIFF")[:900]), "is damaged"),
    "tiff-of-10000-pages": ("tif", late(lambda: tiff(10_000)), "more than 200 pages"),
    "tiff-of-10-billion-pixels": ("tif", write(tiff(1, 100_000, 100_000, deflated=b"x" * 99)), "pixels"),
    "webp-cut-off": ("webp", write(saved("WEBP")[:60]), "is damaged"),
    "webp-16383-by-16383": ("webp", write(_webp_of(16_383, 16_383)), "is damaged"),
    "gif-65535-by-65535": ("gif", write(_gif(65_535, 65_535)), "pixels"),
}  # fmt: skip

# Read as far as they make sense: no finding.
HARMLESS: dict[str, tuple[str, Maker]] = {
    "tiff-in-a-ring": ("tif", write(tiff(3, 700, 700, ring=True))),
    "tiff-that-inflates": ("tif", late(lambda: tiff(1, 700, 700, deflated=inflating(2000)))),
    "jpeg-with-camera-data-in-a-ring": ("jpg", write(_exif_in_a_ring())),
}
SMALL = write(png(40, 30))
GIF_OF_5000_FRAMES = late(lambda: _gif(700, 700, 5000))
