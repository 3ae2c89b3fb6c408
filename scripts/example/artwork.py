"""The picture that Nordanvind uses in its advertisements: hills under a northern sky."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from example.painting import Colour, cloud, lamp, mixed
from example.printing import saved

Tones = tuple[Colour, Colour, Colour]  # of the sky: high up, in the middle, at the horizon

DUSK: Tones = ((10, 37, 64), (31, 122, 140), (248, 196, 140))
DAWN: Tones = ((22, 54, 92), (98, 150, 172), (252, 226, 190))
WINTER: Tones = ((30, 34, 66), (96, 96, 150), (236, 196, 204))


def hills(size: tuple[int, int], tones: Tones, seed: int) -> bytes:
    """A sky that brightens towards the horizon, the sun just below it, five ranges of hills; JPEG."""
    chance, (width, height) = random.Random(seed), size
    high, middle, low = tones
    picture = Image.new("RGB", size)
    draw = ImageDraw.Draw(picture)
    horizon = round(height * 0.68)
    for y in range(height):
        part = min(1.0, y / horizon)
        tone = mixed(high, middle, part / 0.6) if part < 0.6 else mixed(middle, low, (part - 0.6) / 0.4)
        draw.line((0, y, width, y), fill=tone)
    lamp(picture, (width * 0.68, horizon), (width * 0.34, height * 0.5), (70, 52, 26))
    _streaks(picture, chance, low)
    for layer in range(5):
        depth = layer / 4
        base = horizon - height * 0.1 + depth * height * 0.3
        points = [(x, base - _ridge(x / width, layer, chance_shift=seed) * height) for x in range(0, width + 8, 8)]
        tone = mixed(mixed(middle, low, 0.25), high, 0.25 + depth * 0.7)
        draw.polygon([*points, (width + 8, height), (0, height)], fill=tone)
    return saved(picture.filter(ImageFilter.GaussianBlur(0.6)), "JPEG", quality=74, optimize=True, progressive=True)


def _ridge(x: float, layer: int, chance_shift: int) -> float:
    """Height of a range of hills at x, as a share of the picture."""
    chance = random.Random(f"{chance_shift} {layer}")
    parts = ((1.3, 0.075), (3.1, 0.034), (7.7, 0.014), (19, 0.005))
    return sum(size * math.sin(x * pace * 6.28 + chance.uniform(0, 6.28)) for pace, size in parts)


def _streaks(picture: Image.Image, chance: random.Random, tone: Colour) -> None:
    """Thin clouds above the horizon."""
    width, height = picture.size
    small = cloud((width, height * 6), max(40, width // 5), chance).resize((width, height))
    mask = small.point([max(0, value - 150) for value in range(256)])
    fade = Image.linear_gradient("L").resize(picture.size)
    mask = Image.composite(mask, Image.new("L", picture.size), fade.point([round(v * 0.8) for v in range(256)]))
    picture.paste(Image.new("RGB", picture.size, mixed(tone, (255, 255, 255), 0.35)), mask=mask)
