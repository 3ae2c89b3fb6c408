"""Pictures become pages that show the same pixels, without being packed anew where that can be avoided."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date
from pathlib import Path
from typing import cast

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image, ImageCms, ImageDraw, ImageOps

from poe_pack.evidence import MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.geometry import picture_size
from poe_pack.evidence.prober import Prober
from tests.evidence.samples import Saver, difference, render

BIG = (120, 80)
DOTLESS = Image.Dither.NONE


def picture(mode: str = "RGB", size: tuple[int, int] = BIG) -> Image.Image:
    """Lopsided and smooth, so that turning, mirroring and lost bits show."""
    if size != BIG:
        return picture("RGB", BIG).resize(size).convert(mode, dither=DOTLESS)
    wide, high = size
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((5, 5, wide // 3, high // 4), fill=(200, 30, 30))
    draw.polygon([(wide - 5, high - 5), (wide // 2, high - 5), (wide - 5, high // 2)], fill=(30, 60, 200))
    # Dots of a raster would be smoothed away when drawn.
    return image.quantize(32, dither=DOTLESS) if mode == "P" else image.convert(mode, dither=DOTLESS)


def prepare(prober: Prober, source: Path, kind: MediaType) -> tuple[ProbeFacts, Path]:
    out = source.with_suffix(".prepared.pdf")
    facts = prober.prepare(source, kind, out, max_pages=9)
    assert facts.state is ProbeState.OK, facts
    assert facts == prober.probe(source, kind, max_pages=9)
    assert facts.has_text is False
    return facts, out


def assert_shows(out: Path, expected: Image.Image, page: int = 0, same: float = 2.5) -> None:
    size = picture_size(*expected.size)
    shown = render(out, page, scale=expected.width / size.width - 1e-6)  # PDFium rounds pixels up.
    expected = expected.convert("RGB").resize(shown.size)
    assert difference(shown, expected) < same


def drawn(out: Path, page: int = 0) -> tuple[pikepdf.Pdf, pikepdf.Object]:
    pdf = pikepdf.open(out)
    return pdf, pdf.pages[page].obj.Resources.XObject.Evidence.Resources.XObject.Picture


@pytest.mark.parametrize("orientation", range(1, 9))
def test_jpeg_is_embedded_as_it_is_and_turned(prober: Prober, save_image: Saver, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = save_image(picture(), "photo.jpg", exif=exif, quality=95)
    facts, out = prepare(prober, source, MediaType.JPEG)
    with Image.open(source) as stored:
        upright = ImageOps.exif_transpose(stored)
    assert facts.pixels == upright.size
    assert facts.pages == (picture_size(*upright.size),)
    assert_shows(out, upright)
    pdf, image = drawn(out)
    with pdf:
        assert image.Filter == Name.DCTDecode
        assert image.read_raw_bytes() == source.read_bytes()


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpeg_in_gray_and_in_cmyk(prober: Prober, save_image: Saver, mode: str) -> None:
    source = save_image(picture(mode), "photo.jpg", quality=95)
    _, out = prepare(prober, source, MediaType.JPEG)
    with Image.open(source) as stored:
        # Viewers turn CMYK into light by tables of their own.
        assert_shows(out, stored, same=30 if mode == "CMYK" else 2.5)


def test_a_colour_profile_goes_along(prober: Prober, save_image: Saver) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name, kind in (("photo.jpg", MediaType.JPEG), ("screen.png", MediaType.PNG)):
        _, out = prepare(prober, save_image(picture(), name, icc_profile=profile), kind)
        pdf, image = drawn(out)
        with pdf:
            assert image.ColorSpace[0] == Name.ICCBased
            assert image.ColorSpace[1].read_bytes() == profile
    wrong = save_image(picture("L"), "gray.png", icc_profile=profile)
    pdf, image = drawn(prepare(prober, wrong, MediaType.PNG)[1])
    with pdf:
        assert image.ColorSpace == Name.DeviceGray


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P", "I;16"])
def test_png_is_embedded_without_decoding(prober: Prober, save_image: Saver, mode: str) -> None:
    image = picture("L").convert("I").point(lambda v: v * 257).convert("I;16") if mode == "I;16" else picture(mode)
    source = save_image(image, "screen.png")
    _, out = prepare(prober, source, MediaType.PNG)
    pdf, embedded = drawn(out)
    with pdf:
        assert embedded.read_raw_bytes() in source.read_bytes()
        assert embedded.BitsPerComponent == {"1": 1, "I;16": 16}.get(mode, 8)
    assert_shows(out, picture("L") if mode == "I;16" else image)


def test_png_of_two_bits_with_a_palette(prober: Prober, save_image: Saver) -> None:
    image = picture().quantize(4, dither=DOTLESS)
    _, out = prepare(prober, save_image(image, "screen.png", bits=2), MediaType.PNG)
    assert_shows(out, image)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB"])
def test_png_with_transparency_is_shown_on_white(prober: Prober, save_image: Saver, mode: str) -> None:
    image = picture("L" if mode == "LA" else "RGB")
    on_white = Image.new("RGB", image.size, "white")
    if mode in ("RGBA", "LA"):
        opacity = Image.linear_gradient("L").rotate(90).resize(image.size)
        image.putalpha(opacity)
        source = save_image(image, "screen.png")
    elif mode == "P":
        source = save_image(image.quantize(8), "screen.png", transparency=3)
    else:
        source = save_image(image, "screen.png", transparency=(200, 30, 30))
    with Image.open(source) as stored:
        layer = stored.convert("RGBA")
    on_white.paste(layer, mask=layer.getchannel("A"))
    _, out = prepare(prober, source, MediaType.PNG)
    assert_shows(out, on_white, same=4)
    pdf, embedded = drawn(out)
    with pdf:
        assert "/SMask" in embedded


def test_png_whose_opacity_hides_nothing_needs_no_mask(prober: Prober, save_image: Saver) -> None:
    source = save_image(picture("RGBA"), "screen.png")
    _, out = prepare(prober, source, MediaType.PNG)
    assert_shows(out, picture())
    pdf, embedded = drawn(out)
    with pdf:
        assert "/SMask" not in embedded


def png(width: int, height: int, rows: bytes, *, bits: int = 8, color: int = 2, interlace: int = 0) -> bytes:
    """A PNG by hand, for what Pillow does not write."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, interlace)
    packed = zlib.compress(rows)
    halves = packed[: len(packed) // 2], packed[len(packed) // 2 :]
    body = b"".join(chunk(b"IDAT", half) for half in halves)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def write(folder: Path, data: bytes, name: str = "screen.png") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_png_interlaced_and_in_several_chunks(prober: Prober, tmp_path: Path) -> None:
    image = picture(size=(13, 11))
    rows = bytearray()
    for x0, y0, dx, dy in (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ):  # fmt: skip
        for y in range(y0, 11, dy):
            line = b"".join(bytes(image.getpixel((x, y))) for x in range(x0, 13, dx))  # type: ignore[arg-type] # RGB: a tuple
            rows += b"\0" + line
    _, out = prepare(prober, write(tmp_path, png(13, 11, bytes(rows), interlace=1)), MediaType.PNG)
    pdf, embedded = drawn(out)
    with pdf:
        stored = pikepdf.PdfImage(cast(pikepdf.Stream, embedded)).as_pil_image().convert("RGB")
    assert difference(stored, image) == 0


def test_png_of_sixteen_bits_with_opacity(prober: Prober, tmp_path: Path) -> None:
    row = b"\0" + struct.pack(">4H", 65535, 0, 0, 65535) * 5 + struct.pack(">4H", 0, 0, 65535, 0) * 5
    _, out = prepare(prober, write(tmp_path, png(10, 10, row * 10, bits=16, color=6)), MediaType.PNG)
    expected = Image.new("RGB", (10, 10), "white")
    expected.paste((255, 0, 0), (0, 0, 5, 10))
    assert_shows(out, expected, same=8)


def test_gif_and_webp_and_tiff(prober: Prober, save_image: Saver) -> None:
    second = ImageOps.mirror(picture())
    for name, kind, how in (
        ("moving.gif", MediaType.GIF, {"save_all": True, "append_images": [second]}),
        ("photo.webp", MediaType.WEBP, {"lossless": True}),
        ("photo.tif", MediaType.TIFF, {"compression": "tiff_lzw"}),
    ):
        facts, out = prepare(prober, save_image(picture(), name, **how), kind)
        assert len(facts.pages) == 1
        assert_shows(out, picture(), same=4)


def test_tiff_with_many_pages_and_kinds_of_pixels(prober: Prober, save_image: Saver, tmp_path: Path) -> None:
    frames = [picture("1"), picture("L", (80, 120)), picture("CMYK")]
    source = save_image(frames[0], "scan.tif", save_all=True, append_images=frames[1:])
    facts, out = prepare(prober, source, MediaType.TIFF)
    assert facts.pages == tuple(picture_size(*frame.size) for frame in frames)
    for number, frame in enumerate(frames):
        assert_shows(out, frame, number)
    refused = prober.prepare(source, MediaType.TIFF, tmp_path / "no.pdf", max_pages=2)
    assert refused == ProbeFacts(ProbeState.TOO_MANY_PAGES, "3 pages; at most 2 are read")
    assert not (tmp_path / "no.pdf").exists()


@pytest.mark.parametrize("orientation", [3, 6])
def test_turned_tiff_and_png_and_webp(prober: Prober, save_image: Saver, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    for name, kind in (("a.tif", MediaType.TIFF), ("a.png", MediaType.PNG), ("a.webp", MediaType.WEBP)):
        source = save_image(picture(), name, exif=exif, **({"lossless": True} if name == "a.webp" else {}))
        facts, out = prepare(prober, source, kind)
        upright = picture().rotate({3: 180, 6: -90}[orientation], expand=True)
        assert facts.pixels == upright.size, name
        assert_shows(out, upright)


def huge_png() -> bytes:
    """20,000 x 20,000 white pixels, one bit each, in some 50 kB."""
    return png(20_000, 20_000, (b"\0" + b"\xff" * 2_500) * 20_000, bits=1, color=0)


def test_a_picture_of_too_many_pixels_is_refused_by_its_header(prober: Prober, tmp_path: Path) -> None:
    source = write(tmp_path, huge_png())
    assert source.stat().st_size < 100_000
    detail = "20000 x 20000 pixels; at most 60 million are read"
    for facts in (
        prober.probe(source, MediaType.PNG, max_pages=9),
        prober.prepare(source, MediaType.PNG, tmp_path / "out.pdf", max_pages=9),
    ):
        assert facts == ProbeFacts(ProbeState.MEMORY_LIMIT, detail, pixels=(20_000, 20_000))
    assert not (tmp_path / "out.pdf").exists()


def test_png_that_unpacks_to_more_than_it_says(prober: Prober, tmp_path: Path) -> None:
    source = write(tmp_path, png(10, 10, bytes(100_000_000)))
    facts = prober.probe(source, MediaType.PNG, max_pages=9)
    assert facts == ProbeFacts(ProbeState.DAMAGED, "the picture does not hold as many rows as it says")


def cut_off(data: bytes, part: float) -> bytes:
    return data[: int(len(data) * part)]


@pytest.mark.parametrize("part", [0.001, 0.05, 0.5, 0.9, 0.999])
@pytest.mark.parametrize(("suffix", "kind"), [("png", MediaType.PNG), ("jpg", MediaType.JPEG)])
def test_a_picture_that_was_cut_off(prober: Prober, tmp_path: Path, suffix: str, kind: MediaType, part: float) -> None:
    whole = io.BytesIO()
    thumbnail = io.BytesIO()
    picture(size=(40, 30)).save(thumbnail, "JPEG")
    exif = b"Exif\0\0" + thumbnail.getvalue()
    how = {"exif": exif} if suffix == "jpg" else {}
    picture(size=(600, 400)).save(whole, Image.registered_extensions()[f".{suffix}"], **how)
    source = write(tmp_path, cut_off(whole.getvalue(), part), f"cut.{suffix}")
    for facts in (
        prober.probe(source, kind, max_pages=9),
        prober.prepare(source, kind, tmp_path / "out.pdf", max_pages=9),
    ):
        assert facts.state is ProbeState.DAMAGED, facts
        assert facts.detail
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("kind", [MediaType.TIFF, MediaType.GIF, MediaType.WEBP, MediaType.JPEG, MediaType.PNG])
def test_a_kind_that_the_content_belies(prober: Prober, tmp_path: Path, kind: MediaType) -> None:
    source = write(tmp_path, b"<html>" * 100)
    assert prober.probe(source, kind, max_pages=9).state is ProbeState.DAMAGED


def test_same_bytes_again(prober: Prober, save_image: Saver) -> None:
    source = save_image(picture("RGBA"), "screen.png")
    first = prepare(prober, source, MediaType.PNG)[1].read_bytes()
    assert prepare(prober, source, MediaType.PNG)[1].read_bytes() == first


@pytest.mark.parametrize(
    ("stated", "day"),
    [("2026:09:17 18:04:00", date(2026, 9, 17)), ("2026-09-17", date(2026, 9, 17)), ("0000:00:00 00:00:00", None)],
)
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_the_day_on_which_it_was_taken(
    prober: Prober, save_image: Saver, name: str, stated: str, day: date | None
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"  # without a field of its own Pillow writes none
    exif.get_ifd(0x8769)[0x9003] = stated
    exif[0x8769] = exif.get_ifd(0x8769)
    path = save_image(Image.new("RGB", (60, 40), "red"), name, exif=exif)
    kind = {"jpg": MediaType.JPEG, "tif": MediaType.TIFF}.get(name[2:]) or MediaType(name[2:])
    assert prober.probe(path, kind, max_pages=5).taken == day
    assert prober.prepare(path, kind, path.with_suffix(".out"), max_pages=5).taken == day
