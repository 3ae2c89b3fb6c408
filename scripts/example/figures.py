"""People, chairs and lecterns for the painted photographs, as small cut-out pictures."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from example.painting import FINE, Colour, Point, cloud, lit, relief, rounded, shade

HAIR: tuple[Colour, ...] = (
    (42, 32, 27),
    (66, 48, 36),
    (96, 70, 46),
    (138, 106, 68),
    (28, 25, 26),
    (120, 112, 106),
    (168, 140, 96),
)
SKIN: tuple[Colour, ...] = ((214, 170, 144), (196, 150, 124), (176, 126, 98), (120, 82, 62), (226, 186, 162))
CLOTHES: tuple[Colour, ...] = (
    (44, 52, 68),
    (72, 78, 84),
    (30, 32, 36),
    (120, 126, 132),
    (58, 82, 104),
    (104, 60, 58),
    (160, 158, 150),
    (52, 74, 62),
    (180, 188, 198),
    (88, 80, 104),
)


@dataclass(frozen=True, slots=True)
class Light:
    """Where the light on figures comes from (x right, y down), its colour and strength."""

    towards: Point
    colour: Colour
    strength: float


class Cutout:
    """A figure in metres, drawn finely: (0, 0) is its foot in the middle, y grows upwards."""

    def __init__(self, width: float, height: float, scale: float, edge: Colour) -> None:
        self.fine = max(1, min(FINE, round(560 / scale)))  # what is near is large and out of focus anyway
        self.scale = scale * self.fine
        self.size = (max(8, round(width * self.scale)), max(8, round(height * self.scale)))
        self.colours = Image.new("RGB", self.size, edge)  # what a blurred outline mixes with
        self.mask = Image.new("L", self.size, 0)

    def _spots(self, points: list[Point]) -> list[Point]:
        width, height = self.size
        return [(width / 2 + x * self.scale, height - y * self.scale) for x, y in points]

    def shape(self, points: list[Point], colour: Colour, smooth: bool = True) -> None:
        spots = self._spots(rounded(points) if smooth else points)
        ImageDraw.Draw(self.colours).polygon(spots, fill=colour)
        ImageDraw.Draw(self.mask).polygon(spots, fill=255)

    def oval(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        (left, top), (right, foot) = self._spots([(x - wide / 2, y + high / 2), (x + wide / 2, y - high / 2)])
        ImageDraw.Draw(self.colours).ellipse((left, top, right, foot), fill=colour)
        ImageDraw.Draw(self.mask).ellipse((left, top, right, foot), fill=255)

    def finished(self, light: Light, chance: random.Random, blur: float) -> tuple[Image.Image, Image.Image]:
        """Shaded, in its final size, with its mask."""
        tone = cloud(self.size, max(4, round(0.05 * self.scale)), chance)
        tone = tone.point([round(205 + value * 0.2) for value in range(256)])
        body = ImageChops.multiply(self.colours, Image.merge("RGB", (tone,) * 3))
        body = body.filter(ImageFilter.GaussianBlur(self.fine * 0.8))
        body = lit(body, relief(self.mask, 0.034 * self.scale, light.towards), light.colour, light.strength)
        small = (max(1, self.size[0] // self.fine), max(1, self.size[1] // self.fine))
        edge = body.resize(small, Image.Resampling.LANCZOS)
        mask = self.mask.resize(small, Image.Resampling.LANCZOS)
        if blur:
            edge, mask = (part.filter(ImageFilter.GaussianBlur(blur)) for part in (edge, mask))
        return edge, mask


def sitting(scale: float, chance: random.Random, dim: float) -> Cutout:
    """Somebody on a chair, seen from behind: back, neck, head. `dim` below 1 darkens."""
    skin, hair, cloth = (shade(chance.choice(kind), dim) for kind in (SKIN, HAIR, CLOTHES))
    made = Cutout(0.9, 1.6, scale, cloth)
    lean, broad = chance.uniform(-0.03, 0.03), chance.uniform(0.195, 0.245)
    top, drop = chance.uniform(1.17, 1.30), chance.uniform(0.36, 0.41)
    back = [
        (-broad + 0.02, 0.26),
        (-broad - 0.03, 0.55),
        (-broad - 0.005, top - drop - 0.05),
        (-broad + 0.05, top - drop + 0.035),
        (-0.062 + lean, top - 0.262),
        (0.062 + lean, top - 0.262),
        (broad - 0.05, top - drop + 0.035),
        (broad + 0.005, top - drop - 0.05),
        (broad + 0.03, 0.55),
        (broad - 0.02, 0.26),
    ]
    neck = [(-0.06, -0.33), (-0.056, -0.16), (0.056, -0.16), (0.06, -0.33)]
    made.shape([(x + lean, y + top) for x, y in neck], shade(skin, 0.72), smooth=False)
    made.shape(back, cloth)
    for side in (-1, 1):  # the seam of the sleeve
        seam = [(0.05, -drop), (0.03, -drop - 0.2), (0.037, -drop - 0.2), (0.06, -drop)]
        made.shape([(side * (broad - x), y + top) for x, y in seam], shade(cloth, 0.72), smooth=False)
    if chance.random() < 0.7:
        collar = [(-0.075, -0.275), (0, -0.235), (0.075, -0.275), (0, -0.292)]
        light = shade((206, 208, 212), dim) if chance.random() < 0.5 else shade(cloth, 0.7)
        made.shape([(x + lean, y + top) for x, y in collar], light)
    _head(made, chance, lean + chance.uniform(-0.012, 0.012), top, hair, skin)
    return made


def _head(made: Cutout, chance: random.Random, x: float, top: float, hair: Colour, skin: Colour) -> None:
    style = chance.choice(("short", "short", "long", "bun", "short", "bob", "thin"))
    turn = chance.uniform(-0.02, 0.02)
    for side in (-1, 1):
        made.oval(x + side * 0.083 + turn * 0.4, top - 0.132, 0.03, 0.062, shade(skin, 0.9))
    skull = [
        (-0.068, -0.2),
        (-0.083, -0.11),
        (-0.06, -0.03),
        (0, -0.005),
        (0.06, -0.03),
        (0.083, -0.11),
        (0.068, -0.2),
        (0, -0.225),
    ]
    made.shape([(x + a, top + b) for a, b in skull], shade(skin, 0.84))
    if style == "thin":
        ring = [
            (-0.086, -0.09),
            (-0.08, -0.18),
            (0, -0.195),
            (0.08, -0.18),
            (0.086, -0.09),
            (0.045, -0.07),
            (0, -0.085),
            (-0.045, -0.07),
        ]
        made.shape([(x + a, top + b) for a, b in ring], hair)
        return
    depth = {"short": -0.172, "bun": -0.165, "bob": -0.27, "long": -0.40}[style]
    wide = {"short": 0.079, "bun": 0.075, "bob": 0.108, "long": 0.1}[style]
    tips = [(wide * side, depth + chance.uniform(-0.02, 0.02)) for side in (-1, -0.4, 0.25, 1)]
    fall = [(-0.089, -0.11), (-0.072, -0.025), (turn, 0.012), (0.072, -0.025), (0.089, -0.11)]
    middle = [(-wide - 0.004, depth * 0.7)] if style in ("bob", "long") else []
    other = [(wide + 0.004, depth * 0.72)] if style in ("bob", "long") else []
    made.shape([(x + a, top + b) for a, b in [*fall, *other, *reversed(tips), *middle]], hair)
    for _ in range(9):  # strands
        a, tone = chance.uniform(-0.06, 0.06), chance.uniform(0.8, 1.28)
        lock = [(a, -0.02), (a * 1.25 - 0.006, depth * 0.55), (a * 1.2, depth + 0.02), (a * 1.25 + 0.008, depth * 0.55)]
        made.shape([(x + b, top + c) for b, c in lock], shade(hair, tone))
    if style == "bun":
        made.oval(x + turn, top - 0.005, 0.088, 0.08, shade(hair, 0.9))


def chair(scale: float, colour: Colour) -> Cutout:
    """A stacking chair from behind."""
    made = Cutout(0.6, 0.95, scale, colour)
    steel = shade(colour, 0.55)
    for side in (-1, 1):
        leg = [(side * 0.225, 0), (side * 0.2, 0.86), (side * 0.222, 0.86), (side * 0.25, 0)]
        made.shape(leg, steel, smooth=False)
    made.shape([(-0.21, 0.40), (-0.225, 0.46), (0.225, 0.46), (0.21, 0.40)], shade(colour, 0.7), smooth=False)
    back = [
        (-0.2, 0.5),
        (-0.232, 0.66),
        (-0.225, 0.86),
        (0, 0.885),
        (0.225, 0.86),
        (0.232, 0.66),
        (0.2, 0.5),
        (0, 0.485),
    ]
    made.shape(back, colour)
    return made


def speaking(scale: float, chance: random.Random, dim: float, turned: int) -> Cutout:
    """Somebody standing, seen from the front at a distance, one arm towards the screen (`turned` -1 or 1)."""
    skin, hair = shade(chance.choice(SKIN), dim), shade(chance.choice(HAIR), dim)
    jacket, shirt, legs = (shade(c, dim) for c in ((40, 46, 62), (214, 220, 228), (34, 36, 42)))
    made = Cutout(1.5, 1.9, scale, jacket)
    for side in (-1, 1):
        made.shape([(side * 0.02, 0.86), (side * 0.05, 0.06), (side * 0.13, 0.06), (side * 0.19, 0.9)], legs)
        made.oval(side * 0.11, 0.04, 0.13, 0.08, shade(legs, 0.6))
    arm = [(0.19, 1.40), (0.36, 1.30), (0.55, 1.44), (0.57, 1.39), (0.37, 1.20), (0.17, 1.22)]
    made.shape([(turned * x, y) for x, y in arm], shade(jacket, 1.06))
    made.oval(turned * 0.59, 1.425, 0.09, 0.075, skin)
    rest = [(-0.19, 1.40), (-0.27, 1.15), (-0.22, 0.95), (-0.15, 1.0), (-0.17, 1.2)]
    made.shape([(turned * x, y) for x, y in rest], shade(jacket, 0.9))
    made.oval(turned * -0.17, 0.97, 0.08, 0.085, skin)
    body = [
        (-0.16, 0.84),
        (-0.175, 1.12),
        (-0.215, 1.37),
        (-0.06, 1.475),
        (0.06, 1.475),
        (0.215, 1.37),
        (0.175, 1.12),
        (0.16, 0.84),
    ]
    made.shape(body, jacket)
    made.shape([(-0.055, 1.46), (0, 1.14), (0.055, 1.46), (0, 1.49)], shirt)
    made.shape([(-0.045, 1.42), (-0.045, 1.56), (0.045, 1.56), (0.045, 1.42)], shade(skin, 0.84))
    made.oval(0, 1.635, 0.158, 0.225, skin)
    made.shape(
        [(turned * x, y) for x, y in ((-0.08, 1.66), (-0.07, 1.55), (-0.01, 1.53), (-0.03, 1.66))], shade(skin, 0.86)
    )
    for side in (-1, 1):
        made.oval(side * 0.031 + turned * 0.014, 1.65, 0.034, 0.018, shade(skin, 0.72))
    made.oval(turned * 0.014, 1.583, 0.05, 0.014, shade(skin, 0.78))
    made.shape(
        [(-0.084, 1.63), (-0.08, 1.73), (0, 1.77), (0.08, 1.73), (0.084, 1.63), (0.055, 1.70), (-0.05, 1.705)], hair
    )
    return made


def lectern(scale: float, colour: Colour) -> Cutout:
    made = Cutout(0.8, 1.25, scale, colour)
    made.shape([(-0.25, 0), (-0.27, 1.04), (0.27, 1.04), (0.25, 0)], colour, smooth=False)
    made.shape([(-0.31, 1.02), (-0.33, 1.12), (0.33, 1.12), (0.31, 1.02)], shade(colour, 1.25), smooth=False)
    made.shape([(-0.17, 0.64), (-0.17, 0.82), (0.17, 0.82), (0.17, 0.64)], shade(colour, 2.6), smooth=False)
    return made
