"""Means to paint a photograph: a camera, solid shapes, figures, light, and what a lens and a sensor add."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
SIZE = (1500, 1000)
FINE = 2  # figures are drawn this much larger and scaled down: Pillow draws hard edges


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks along z from `height` metres above the floor; `focal` in pixels, horizon at row `horizon`."""

    focal: float
    height: float
    horizon: float
    centre: float = SIZE[0] / 2

    def at(self, x: float, y: float, z: float) -> Point:
        """Pixel of a point: x to the right, y above the floor, z away, in metres."""
        return (
            self.centre + self.focal * x / z,
            self.horizon - self.focal * (y - self.height) / z,
        )

    def scale(self, z: float) -> float:
        """Pixels per metre at distance z."""
        return self.focal / z


def shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def polygon(picture: Image.Image, points: Sequence[Point], colour: Colour) -> None:
    ImageDraw.Draw(picture).polygon([(round(x), round(y)) for x, y in points], fill=colour)


def soft(picture: Image.Image, points: Sequence[Point], colour: Colour, blur: float, share: float = 1) -> None:
    """A polygon with blurred edges."""
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).polygon([(round(x), round(y)) for x, y in points], fill=round(255 * share))
    picture.paste(Image.new("RGB", picture.size, colour), mask=mask.filter(ImageFilter.GaussianBlur(blur)))


def sloped(picture: Image.Image, points: Sequence[Point], start: Colour, end: Colour, across: bool) -> None:
    """A polygon filled from one colour to another, from left to right or from top to bottom of its frame."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, foot = min(y for _, y in points), max(y for _, y in points)
    frame = (max(1, round(right - left)), max(1, round(foot - top)))
    ramp = Image.linear_gradient("L")
    ramp = (ramp.rotate(90) if across else ramp).resize(frame, Image.Resampling.BICUBIC)
    fill = Image.composite(Image.new("RGB", frame, end), Image.new("RGB", frame, start), ramp)
    mask = Image.new("L", frame, 0)
    ImageDraw.Draw(mask).polygon([(round(x - left), round(y - top)) for x, y in points], fill=255)
    picture.paste(fill, (round(left), round(top)), mask)


def lamp(light: Image.Image, centre: Point, radius: Point, colour: Colour) -> None:
    """Add a soft pool of light to a light map."""
    # Pillow's radial gradient reaches 180 at the middle of each side and 255 in the corners.
    disc = Image.radial_gradient("L").point([round(255 * max(0, 1 - v / 178) ** 1.6) for v in range(256)])
    disc = disc.resize((round(radius[0] * 2), round(radius[1] * 2)), Image.Resampling.BICUBIC)
    pool = Image.new("RGB", light.size)
    pool.paste(
        Image.new("RGB", disc.size, colour),
        (round(centre[0] - radius[0]), round(centre[1] - radius[1])),
        disc,
    )
    light.paste(ImageChops.add(light, pool))


def in_perspective(picture: Image.Image, corners: Sequence[Point]) -> tuple[Image.Image, Image.Image]:
    """A flat picture seen in the quadrilateral `corners` (from top left, clockwise), with its mask."""
    width, height = picture.size
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    rows = []
    for (x, y), (u, v) in zip(corners, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    factors = _solved(rows)
    seen = picture.transform(SIZE, Image.Transform.PERSPECTIVE, factors, Image.Resampling.BICUBIC)
    mask = Image.new("L", (SIZE[0] * 2, SIZE[1] * 2), 0)
    ImageDraw.Draw(mask).polygon([(x * 2, y * 2) for x, y in corners], fill=255)
    return seen, mask.resize(SIZE, Image.Resampling.LANCZOS)


def _solved(rows: list[list[float]]) -> list[float]:
    """Gauss-Jordan elimination of a system written as rows with the right side last."""
    size = len(rows)
    for column in range(size):
        best = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        head = rows[column]
        rows[column] = head = [value / head[column] for value in head]
        for row in range(size):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], head, strict=True)]
    return [row[-1] for row in rows]


def rounded(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """A closed Catmull-Rom curve through the points."""
    made = []
    count = len(points)
    for index in range(count):
        a, b, c, d = (points[(index + shift) % count] for shift in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            made.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return made


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)


def cloud(size: tuple[int, int], grain: int, chance: random.Random) -> Image.Image:
    """Smooth random tones; `grain` is the size of a spot in pixels."""
    small = (max(2, size[0] // grain), max(2, size[1] // grain))
    spots = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
    return spots.resize(size, Image.Resampling.BICUBIC)


def relief(mask: Image.Image, reach: float, towards: Point) -> Image.Image:
    """How much each spot of a solid body faces the direction `towards`; 128 is neither towards nor away."""
    body = mask.filter(ImageFilter.GaussianBlur(reach))
    x, y = round(towards[0] * reach), round(towards[1] * reach)
    return ImageChops.subtract(ImageChops.offset(body, x, y), ImageChops.offset(body, -x, -y), 2.0, 128)


def lit(body: Image.Image, mask: Image.Image, light: Colour, strength: float) -> Image.Image:
    """Light the sides of `body` where the relief `mask` is above 128, darken those below."""
    bright = mask.point([round(max(0, value - 128) * 2 * strength) for value in range(256)])
    dark = mask.point([255 - round(max(0, 128 - value) * 1.6 * strength) for value in range(256)])
    glow = Image.composite(Image.new("RGB", body.size, light), Image.new("RGB", body.size), bright)
    return ImageChops.add(ImageChops.multiply(body, Image.merge("RGB", (dark,) * 3)), glow)


def developed(picture: Image.Image, seed: int, tilt: float, warmth: float, grain: float) -> Image.Image:
    """Bloom, vignette, a tilted hand, white balance, grain of the sensor."""
    chance = random.Random(seed)
    bright = picture.point([max(0, value - 190) * 3 for value in range(256)] * 3)
    bright = bright.filter(ImageFilter.GaussianBlur(22)).point([round(value * 0.55) for value in range(256)] * 3)
    picture = ImageChops.screen(picture, bright)
    if tilt:
        picture = picture.rotate(tilt, Image.Resampling.BICUBIC)
        grow = 1 + abs(math.sin(math.radians(tilt))) * 1.8
        width, height = round(SIZE[0] / grow), round(SIZE[1] / grow)
        left, top = (SIZE[0] - width) // 2, (SIZE[1] - height) // 2
        picture = picture.crop((left, top, left + width, top + height)).resize(SIZE, Image.Resampling.LANCZOS)
    edge = Image.radial_gradient("L").resize((SIZE[0] + 500, SIZE[1] + 400), Image.Resampling.BICUBIC)
    edge = edge.crop((250, 200, 250 + SIZE[0], 200 + SIZE[1]))
    edge = edge.point([255 - round(110 * (value / 255) ** 2) for value in range(256)])
    picture = ImageChops.multiply(picture, Image.merge("RGB", (edge,) * 3))
    curve = [round(255 * (value / 255) ** 0.94) for value in range(256)]
    picture = picture.point(
        [min(255, round(value * (1 + warmth))) for value in curve]
        + curve
        + [round(value * (1 - warmth)) for value in curve]
    )
    return _grained(picture, grain, chance)


def _grained(picture: Image.Image, amount: float, chance: random.Random) -> Image.Image:
    noise = Image.frombytes("L", SIZE, chance.randbytes(SIZE[0] * SIZE[1]))
    noise = noise.filter(ImageFilter.GaussianBlur(0.6))
    spread = noise.point([max(0, min(255, round(128 + (value - 128) * amount))) for value in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", (spread,) * 3), 1.0, -128)
