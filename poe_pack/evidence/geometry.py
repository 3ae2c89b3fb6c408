"""Where a page lies in its own coordinates, and how it is shown."""

from __future__ import annotations

from msgspec import Struct

from poe_pack.evidence.facts import Page

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of PDF: x' = a x + c y + e, y' = b x + d y + f."""

SMALLEST_SIDE = 0.1
"""Points; a page that is narrower shows nothing, and its size counts as not stated."""

LETTER: Box = (0.0, 0.0, 612.0, 792.0)
"""What viewers take where a page states no usable size."""

A4_SHORT, A4_LONG = 595.28, 841.89
_DOTS_PER_INCH = 150
_SMALLEST = 1.0  # A picture of one row of pixels would round to nothing.
_DIGITS = 4


class PageShape(Struct, frozen=True):
    """The visible `box`, the clockwise `rotation` (0, 90, 180, 270) and the points per `unit` of a page."""

    box: Box
    rotation: int = 0
    unit: float = 1.0

    @property
    def size(self) -> Page:
        """The page as displayed, in points."""
        width = round((self.box[2] - self.box[0]) * self.unit, _DIGITS)
        height = round((self.box[3] - self.box[1]) * self.unit, _DIGITS)
        return Page(height, width) if self.rotation in (90, 270) else Page(width, height)

    @property
    def upright(self) -> Matrix:
        """The matrix that turns the box upright with its lower left corner at (0, 0)."""
        left, bottom, right, top = self.box
        turned: dict[int, Matrix] = {
            0: (1, 0, 0, 1, -left, -bottom),
            90: (0, -1, 1, 0, -bottom, right),
            180: (-1, 0, 0, -1, right, top),
            270: (0, 1, -1, 0, top, -left),
        }
        a, b, c, d, e, f = (round(value * self.unit, _DIGITS + 2) for value in turned[self.rotation])
        return (a, b, c, d, e, f)


def visible(media: Box | None, crop: Box | None) -> Box:
    """Return what is shown of a page: the crop box as far as it lies on the medium."""
    paper = media or LETTER
    if crop is None:
        return paper
    shown = (
        max(paper[0], crop[0]),
        max(paper[1], crop[1]),
        min(paper[2], crop[2]),
        min(paper[3], crop[3]),
    )
    return shown if has_area(shown) else paper


def has_area(box: Box) -> bool:
    """Tell whether a page of this size could show anything."""
    return box[2] - box[0] >= SMALLEST_SIDE and box[3] - box[1] >= SMALLEST_SIDE


def picture_size(width: int, height: int) -> Page:
    """Return the page for a picture of `width` x `height` pixels: 150 dpi, at most A4 either way up."""
    points = 72 / _DOTS_PER_INCH
    widest, highest = (A4_LONG, A4_SHORT) if width > height else (A4_SHORT, A4_LONG)
    scale = min(points, widest / width, highest / height)
    return Page(round(max(width * scale, _SMALLEST), _DIGITS), round(max(height * scale, _SMALLEST), _DIGITS))


def oriented(orientation: int, page: Page) -> Matrix:
    """Return the matrix that puts a picture's unit square upright on `page`.

    `orientation` is EXIF's: 1 upright, 2 mirrored, 3 upside down, 4 flipped, 5 and 7 mirrored on a
    diagonal, 6 to be turned clockwise, 8 counter-clockwise; anything else counts as 1.
    """
    w, h = page.width, page.height
    placed: dict[int, Matrix] = {
        2: (-w, 0, 0, h, w, 0),
        3: (-w, 0, 0, -h, w, h),
        4: (w, 0, 0, -h, 0, h),
        5: (0, -h, -w, 0, w, h),
        6: (0, -h, w, 0, 0, h),
        7: (0, h, w, 0, 0, 0),
        8: (0, h, -w, 0, w, 0),
    }
    return placed.get(orientation, (w, 0, 0, h, 0, 0))
