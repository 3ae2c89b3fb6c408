"""The photographs of the seminars: painted scenes that read as pictures of a room taken with a telephone."""

from __future__ import annotations

import random
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from example.figures import Cutout, Light, chair, lectern, sitting, speaking
from example.painting import (
    SIZE,
    Camera,
    Colour,
    Point,
    developed,
    in_perspective,
    lamp,
    mixed,
    polygon,
    shade,
    sloped,
    soft,
)
from example.printing import saved


def stage(slide: Image.Image) -> bytes:
    """A dark hall: speaker on a lit stage beside a large screen, rows of heads in front."""
    chance, camera = random.Random(17), Camera(1700, 1.72, 545, 700)
    scene = Image.new("RGB", SIZE, (12, 12, 15))
    _slats(scene, camera, 15, (-9, 9), (0, 6.2), (70, 52, 40), 0.16)
    light = Image.new("RGB", SIZE, (34, 34, 42))
    for x in (-6.4, -4.4, 4.0, 6.2):
        lamp(light, camera.at(x, 2.0, 15), (150, 430), (150, 112, 78))
    lamp(light, camera.at(0.3, 3.2, 15), (620, 420), (70, 86, 104))
    scene = ImageChops.multiply(scene, ImageChops.add(light, light))
    _ceiling(scene, camera, chance)
    _platform(scene, camera)
    screen = [camera.at(x, y, 14.6) for x, y in ((-2.6, 4.95), (3.9, 4.95), (3.9, 1.3), (-2.6, 1.3))]
    scene = _screen(scene, slide, screen, 1.06)
    beam = Light((-0.4, -0.9), (255, 236, 206), 0.55)
    _put(scene, camera, lectern(camera.scale(13), (52, 62, 74)), (-5.0, 0.62, 13), beam, chance, 0.7)
    _put(scene, camera, speaking(camera.scale(12.6), chance, 0.98, 1), (-3.65, 0.62, 12.6), beam, chance, 0.8)
    _beams(scene, camera)
    rim = Light((0.1, -1.0), (116, 138, 160), 0.5)
    for z, blur in ((10.4, 0.8), (9.3, 0.8), (8.2, 0.9), (7.1, 1.1), (6.0, 1.5), (4.9, 2.2), (3.8, 3.6)):
        for x in _places(chance, z, 0.62, camera):
            _put(scene, camera, sitting(camera.scale(z), chance, 0.16 + z * 0.012), (x, -0.02, z), rim, chance, blur)
    return _picture(developed(scene, 170926, 0.7, 0.035, 0.10))


def room(slide: Image.Image) -> bytes:
    """The same hall from the back, house lights dimmed, nearly every chair taken."""
    chance, camera = random.Random(41), Camera(1250, 2.5, 380, 830)
    scene = Image.new("RGB", SIZE, (120, 110, 100))
    _hall(scene, camera, 17, (-8.2, 7.4), 5.0, (150, 138, 124), (104, 78, 58))
    _slats(scene, camera, 17, (-8.2, 7.4), (0, 5.0), (140, 102, 72), 0.2)
    light = Image.new("RGB", SIZE, (62, 60, 66))
    for x in (-7.2, -5.0, 4.6, 6.6):
        lamp(light, camera.at(x, 3.6, 16.8), (120, 260), (150, 116, 78))
    for z in (4.5, 7.5, 10.5, 13.5):
        for x in (-8.1, 7.3):
            lamp(light, camera.at(x, 3.4, z), (900 / z, 2600 / z), (150, 116, 80))
    lamp(light, camera.at(0, 1.2, 14), (760, 330), (60, 72, 88))
    scene = ImageChops.multiply(scene, light)
    _downlights(scene, camera, 4.95, (-5.4, -1.8, 1.8, 5.4), (5.0, 7.4, 9.8, 12.2, 14.6))
    screen = [camera.at(x, y, 16.6) for x, y in ((-2.9, 4.75), (3.5, 4.75), (3.5, 1.15), (-2.9, 1.15))]
    scene = _screen(scene, slide, screen, 1.05)
    front = Light((-0.3, -0.9), (255, 232, 200), 0.5)
    _put(scene, camera, lectern(camera.scale(15.6), (60, 68, 78)), (-4.6, 0.3, 15.6), front, chance, 0.6)
    _put(scene, camera, speaking(camera.scale(15.4), chance, 0.95, 1), (-3.7, 0.3, 15.4), front, chance, 0.7)
    rim = Light((0.15, -1.0), (150, 152, 158), 0.55)
    for index in range(11):
        z = 14.0 - index * 1.0
        blur, dim = 0.8 if z > 7 else 0.8 + (7 - z) * 0.7, 0.36 + z * 0.012
        seat = chair(camera.scale(z - 0.14), (30, 30, 34)).finished(rim, chance, blur)
        for x in _places(chance, z, 0.58, camera, aisle=(0.7, 1.6), left=-7.4, right=6.8):
            if chance.random() < 0.95:
                _put(scene, camera, sitting(camera.scale(z), chance, dim), (x, 0, z), rim, chance, blur)
            _paste(scene, camera, seat, (x, 0, z - 0.14))
    return _picture(developed(scene, 170927, -0.5, 0.03, 0.09))


def session(slide: Image.Image) -> bytes:
    """A smaller room in Stockholm: a speaker beside a wall screen, guests close in front of the camera."""
    chance, camera = random.Random(29), Camera(1380, 1.55, 470, 690)
    scene = Image.new("RGB", SIZE, (120, 126, 128))
    _hall(scene, camera, 8.5, (-4.4, 4.6), 3.05, (196, 198, 196), (84, 86, 90))
    _slats(scene, camera, 8.5, (-4.4, 4.6), (0, 3.05), (172, 178, 176), 1.15)
    for z in (4.2, 5.6, 7.0):
        _panel(scene, camera, 4.6, z, 1.05, (0.7, 2.3), (70, 96, 88))
    light = Image.new("RGB", SIZE, (92, 94, 98))
    for x in (-3.4, -1.9, 3.3):
        lamp(light, camera.at(x, 2.5, 8.5), (150, 330), (150, 142, 128))
    lamp(light, camera.at(0.4, 1.0, 7), (700, 420), (44, 50, 56))
    scene = ImageChops.multiply(scene, light)
    _downlights(scene, camera, 3.02, (-3.4, -1.9, 0.4, 3.3), (5.6, 7.9))
    screen = [camera.at(x, y, 8.3) for x, y in ((-1.35, 2.75), (2.35, 2.75), (2.35, 0.67), (-1.35, 0.67))]
    scene = _screen(scene, slide, screen, 1.0)
    above = Light((-0.2, -1.0), (255, 244, 226), 0.4)
    _put(scene, camera, speaking(camera.scale(7.6), chance, 0.92, 1), (-2.2, 0, 7.6), above, chance, 0.7)
    rim = Light((0.1, -1.0), (176, 180, 184), 0.5)
    for z, blur in ((6.4, 0.8), (5.6, 1.0), (4.8, 1.4), (4.0, 2.2), (3.2, 3.6), (2.4, 6.5)):
        for x in _places(chance, z, 0.62, camera, left=-3.9, right=4.2):
            if chance.random() < 0.9:
                dim = 0.42 + z * 0.02
                _put(scene, camera, sitting(camera.scale(z), chance, dim), (x, -0.06, z), rim, chance, blur)
    return _picture(developed(scene, 240926, 0.9, 0.0, 0.09))


def breakfast_room(with_guests: bool) -> bytes:
    """The room by the water: chairs before anybody came or with guests, a dark screen, bright windows, a buffet."""
    chance, camera = random.Random(19), Camera(1120, 1.62, 430, 930)
    scene = Image.new("RGB", SIZE, (160, 160, 156))
    _hall(scene, camera, 10.5, (-5.2, 3.6), 3.3, (228, 226, 218), (150, 116, 84))
    light = Image.new("RGB", SIZE, (128, 128, 134))
    lamp(light, camera.at(-3.4, 0.6, 6), (900, 560), (112, 106, 94))
    lamp(light, camera.at(-1.0, 2.6, 10), (760, 360), (70, 68, 62))
    scene = ImageChops.multiply(scene, light)
    for z in (3.2, 5.2, 7.2, 9.0):
        pool = [camera.at(x, 0, far) for x, far in ((-5.1, z + 0.2), (-5.1, z + 1.3), (-3.0, z + 0.7), (-2.6, z - 0.5))]
        soft(scene, pool, (255, 238, 208), 16, 0.55)
        _window(scene, camera, -5.2, z, 1.3, (0.8, 2.8))
    screen = [camera.at(x, y, 10.4) for x, y in ((-2.6, 2.75), (0.6, 2.75), (0.6, 0.95), (-2.6, 0.95))]
    sloped(scene, screen, (44, 47, 52), (26, 28, 32), across=True)
    soft(
        scene,
        [camera.at(x, y, 10.4) for x, y in ((-2.5, 2.7), (-1.7, 2.7), (-2.2, 1.0), (-2.5, 1.0))],
        (120, 126, 134),
        9,
        0.5,
    )
    _door(scene, camera)
    day = Light((-1.0, -0.45), (255, 248, 236), 0.55)
    for z in (8.6, 7.5, 6.4, 5.3, 4.2):
        seat = chair(camera.scale(z), (46, 62, 86)).finished(day, chance, 0.6 if z > 5 else 1.2)
        for x in _places(chance, z, 0.7, camera, aisle=(-0.9, 0.1), left=-3.9, right=2.6, slack=0.03):
            shadow = ((-0.22, 0.16), (0.34, 0.16), (0.62, -0.3), (-0.1, -0.3))
            soft(scene, [camera.at(x + a, 0.01, z + b) for a, b in shadow], (50, 36, 26), 7, 0.5)
            if with_guests and chance.random() < 0.85:
                _put(scene, camera, sitting(camera.scale(z), chance, 0.62 + z * 0.03), (x, 0, z), day, chance, 0.8)
            _paste(scene, camera, seat, (x, 0, z))
    _buffet(scene, camera)
    haze = Image.new("RGB", SIZE)
    lamp(haze, camera.at(-5.2, 1.8, 5), (720, 560), (104, 104, 100))
    return _picture(developed(ImageChops.screen(scene, haze), 190526, -0.8, 0.01, 0.07))


def _door(scene: Image.Image, camera: Camera) -> None:
    """A door and a flip chart at the far wall."""
    sloped(
        scene,
        [camera.at(x, y, 10.5) for x, y in ((2.1, 2.15), (3.1, 2.15), (3.1, 0), (2.1, 0))],
        (96, 78, 62),
        (84, 68, 54),
        across=True,
    )
    soft(
        scene,
        [camera.at(x, y, 10.5) for x, y in ((2.2, 1.07), (2.27, 1.07), (2.27, 1.03), (2.2, 1.03))],
        (170, 168, 160),
        1,
    )
    sheet = [camera.at(x, y, 9.6) for x, y in ((1.1, 1.85), (1.75, 1.85), (1.72, 0.95), (1.08, 0.95))]
    sloped(scene, sheet, (216, 216, 212), (190, 190, 188), across=True)
    for a, b in ((1.14, 1.06), (1.68, 1.76)):
        ends = (*camera.at(a, 0.95, 9.6), *camera.at(b, 0.02, 9.6))
        ImageDraw.Draw(scene).line(ends, fill=(70, 70, 72), width=3)


def _buffet(scene: Image.Image, camera: Camera) -> None:
    """A table with a white cloth and rows of cups at the right."""

    def level(x: float, y: float, z: float) -> Point:
        return camera.at(x, y, z)

    top = [level(x, 0.78, z) for x, z in ((2.2, 7.6), (3.3, 7.6), (3.3, 4.4), (2.2, 4.4))]
    side = [level(2.2, y, z) for y, z in ((0.78, 7.6), (0.78, 4.4), (0.06, 4.4), (0.06, 7.6))]
    front = [level(x, y, 4.4) for x, y in ((2.2, 0.78), (3.3, 0.78), (3.3, 0.06), (2.2, 0.06))]
    soft(scene, [level(x, 0, z) for x, z in ((2.1, 7.7), (3.4, 7.7), (3.5, 4.1), (2.15, 4.1))], (50, 38, 28), 10, 0.6)
    sloped(scene, side, (232, 230, 224), (206, 204, 198), across=False)
    sloped(scene, front, (206, 204, 200), (170, 168, 164), across=False)
    sloped(scene, top, (240, 238, 232), (226, 224, 218), across=True)
    for row in range(9):
        z = 7.3 - row * 0.32
        for x in (2.45, 2.75, 3.05):
            spot, wide = camera.at(x, 0.80, z), camera.scale(z) * 0.05
            box = (spot[0] - wide, spot[1] - wide * 1.7, spot[0] + wide, spot[1] + wide * 0.5)
            ImageDraw.Draw(scene).rounded_rectangle(box, wide * 0.5, fill=(198, 200, 204))
            rim = (spot[0] - wide, spot[1] - wide * 2.1, spot[0] + wide, spot[1] - wide * 1.3)
            ImageDraw.Draw(scene).ellipse(rim, fill=(120, 118, 116))


def _places(
    chance: random.Random,
    z: float,
    step: float,
    camera: Camera,
    aisle: tuple[float, float] = (99, 99),
    left: float = -9,
    right: float = 9,
    slack: float = 0.07,
) -> Iterator[float]:
    """Seats of a row that the camera sees, without the aisle."""
    x = left + chance.uniform(0, step)
    while x < right:
        seen = -120 < camera.at(x, 1, z)[0] < SIZE[0] + 120
        if seen and not aisle[0] < x < aisle[1]:
            yield x + chance.uniform(-slack, slack)
        x += step


def _put(
    scene: Image.Image,
    camera: Camera,
    figure: Cutout,
    foot: tuple[float, float, float],
    light: Light,
    chance: random.Random,
    blur: float,
) -> None:
    _paste(scene, camera, figure.finished(light, chance, blur), foot)


def _paste(
    scene: Image.Image,
    camera: Camera,
    figure: tuple[Image.Image, Image.Image],
    foot: tuple[float, float, float],
) -> None:
    (colours, mask), (x, y) = figure, camera.at(*foot)
    scene.paste(colours, (round(x - colours.width / 2), round(y - colours.height)), mask)


def _slats(
    scene: Image.Image,
    camera: Camera,
    z: float,
    across: tuple[float, float],
    up: tuple[float, float],
    colour: Colour,
    width: float,
) -> None:
    """A far wall of upright boards, each a little different."""
    chance, x = random.Random(3), across[0]
    while x < across[1]:
        tone = shade(colour, chance.uniform(0.93, 1.07))
        right = min(x + width, across[1])
        corners = [camera.at(a, b, z) for a, b in ((x, up[1]), (right, up[1]), (right, up[0]), (x, up[0]))]
        sloped(scene, corners, shade(tone, 0.92), shade(tone, 1.04), across=False)
        ImageDraw.Draw(scene).line((*corners[0], *corners[3]), fill=shade(tone, 0.72))
        x += width


def _hall(
    scene: Image.Image, camera: Camera, far: float, across: tuple[float, float], top: float, wall: Colour, floor: Colour
) -> None:
    """Floor, ceiling and side walls up to the distance `far`."""
    near, (left, right) = 0.9, across

    def side(x: float) -> list[Point]:
        return [camera.at(x, y, z) for y, z in ((top, near), (top, far), (0, far), (0, near))]

    def level(y: float) -> list[Point]:
        return [camera.at(x, y, z) for x, z in ((left, near), (right, near), (right, far), (left, far))]

    polygon(scene, level(top), shade(wall, 1.04))
    polygon(scene, level(0), floor)
    for index in range(1, 40):
        x = left + (right - left) * index / 40
        ends = (*camera.at(x, 0, near), *camera.at(x, 0, far))
        ImageDraw.Draw(scene).line(ends, fill=shade(floor, 0.9), width=1)
    polygon(scene, side(left), shade(wall, 0.72))
    polygon(scene, side(right), shade(wall, 0.9))
    corners = [camera.at(x, y, far) for x, y in ((left, top), (right, top), (right, 0), (left, 0))]
    sloped(scene, corners, shade(wall, 0.86), shade(wall, 0.95), across=True)
    for points in (side(left), side(right)):
        foot = [points[3], points[2]]
        ImageDraw.Draw(scene).line([(round(x), round(y)) for x, y in foot], fill=shade(wall, 0.5), width=4)


def _window(scene: Image.Image, camera: Camera, x: float, z: float, wide: float, up: tuple[float, float]) -> None:
    """A bright window in a side wall, with glazing bars and a sill."""

    def pane(a: float, b: float, low: float, high: float) -> list[Point]:
        return [camera.at(x, y, far) for y, far in ((high, z + a), (high, z + b), (low, z + b), (low, z + a))]

    polygon(scene, pane(-0.1, wide + 0.1, up[0] - 0.12, up[1] + 0.12), (228, 226, 220))
    sloped(scene, pane(0, wide, *up), (250, 252, 255), (214, 226, 234), across=False)
    soft(scene, pane(0, wide, up[0], up[0] + (up[1] - up[0]) * 0.3), (168, 188, 186), 9, 0.7)
    middle = wide / 2
    polygon(scene, pane(middle - 0.04, middle + 0.04, *up), (216, 216, 212))
    rail = up[0] + (up[1] - up[0]) * 0.62
    polygon(scene, pane(0, wide, rail - 0.035, rail + 0.035), (216, 216, 212))


def _panel(
    scene: Image.Image,
    camera: Camera,
    x: float,
    z: float,
    wide: float,
    up: tuple[float, float],
    colour: Colour,
) -> None:
    """A felt panel on a side wall."""
    corners = [camera.at(x, y, far) for y, far in ((up[1], z), (up[1], z + wide), (up[0], z + wide), (up[0], z))]
    sloped(scene, corners, shade(colour, 1.15), shade(colour, 0.85), across=False)


def _downlights(
    scene: Image.Image, camera: Camera, top: float, across: tuple[float, ...], rows: tuple[float, ...]
) -> None:
    """Round lamps let into the ceiling, each with the bright ring it makes there."""
    for z in rows:
        for x in across:
            spot, wide = camera.at(x, top, z), camera.scale(z) * 0.13
            high = abs(camera.at(x, top, z - 0.15)[1] - spot[1]) + 1
            halo = Image.new("RGB", SIZE)
            lamp(halo, spot, (wide * 5, high * 5 + 6), (84, 70, 50))
            scene.paste(ImageChops.screen(scene, halo))
            frame = (spot[0] - wide, spot[1] - high, spot[0] + wide, spot[1] + high)
            ImageDraw.Draw(scene).ellipse(frame, fill=(255, 242, 218))


def _ceiling(scene: Image.Image, camera: Camera, chance: random.Random) -> None:
    """A dark ceiling with a lighting truss and its lamps."""
    polygon(scene, [camera.at(x, 5.2, z) for x, z in ((-11, 15), (11, 15), (11, 4), (-11, 4))], (17, 17, 20))
    for y in (4.75, 4.95):
        ends = (*camera.at(-9, y, 11), *camera.at(9, y, 11))
        ImageDraw.Draw(scene).line(ends, fill=(46, 47, 50), width=3)
    for index in range(46):
        x = -9 + index * 0.4
        ends = (*camera.at(x, 4.75, 11), *camera.at(x + 0.2, 4.95, 11))
        ImageDraw.Draw(scene).line(ends, fill=(38, 39, 42), width=2)
    for x in (-5.6, -4.0, -2.4, 2.6, 4.2, 5.8):
        left, top = camera.at(x - 0.14, 4.72, 10.9)
        right, foot = camera.at(x + 0.14, 4.40, 10.9)
        ImageDraw.Draw(scene).rectangle((left, top, right, foot), fill=(24, 24, 27))
        disc = (left + 4, foot - 14, right - 4, foot + 8)
        ImageDraw.Draw(scene).ellipse(disc, fill=mixed((255, 228, 180), (255, 246, 226), chance.random()))


def _platform(scene: Image.Image, camera: Camera) -> None:
    """The stage: a lit floor and its dark front."""
    top = [camera.at(x, 0.62, z) for x, z in ((-8, 15), (8, 15), (8, 11.6), (-8, 11.6))]
    sloped(scene, top, (78, 66, 58), (116, 98, 84), across=False)
    front = [camera.at(x, y, 11.6) for x, y in ((-8, 0.62), (8, 0.62), (8, 0), (-8, 0))]
    sloped(scene, front, (26, 25, 27), (15, 15, 17), across=False)
    floor = [camera.at(x, 0, z) for x, z in ((-9, 11.6), (9, 11.6), (9, 2), (-9, 2))]
    sloped(scene, floor, (20, 20, 23), (10, 10, 12), across=False)
    soft(
        scene,
        [camera.at(x, 0.63, z) for x, z in ((-4.9, 13.2), (-2.4, 13.2), (-2.2, 12), (-5.1, 12))],
        (214, 186, 152),
        14,
        0.6,
    )


def _screen(scene: Image.Image, slide: Image.Image, corners: list[Point], gain: float) -> Image.Image:
    """Put a slide on the screen, slightly washed out as cameras see it, with its glow on the room."""
    washed = ImageEnhance.Brightness(ImageEnhance.Contrast(slide).enhance(0.88)).enhance(gain)
    washed = ImageChops.add(washed, Image.new("RGB", washed.size, (14, 15, 18)))
    seen, mask = in_perspective(washed, corners)
    frame = [
        (x + a * 5, y + b * 5) for (x, y), (a, b) in zip(corners, ((-1, -1), (1, -1), (1, 1), (-1, 1)), strict=True)
    ]
    polygon(scene, frame, (18, 19, 22))
    glow = Image.composite(seen, Image.new("RGB", SIZE), mask).filter(ImageFilter.GaussianBlur(70))
    scene = ImageChops.screen(scene, glow.point([round(value * 0.5) for value in range(256)] * 3))
    mask = mask.filter(ImageFilter.GaussianBlur(0.8))
    return Image.composite(seen.filter(ImageFilter.GaussianBlur(0.7)), scene, mask)


def _beams(scene: Image.Image, camera: Camera) -> None:
    """Faint cones of the lamps in the dust of the hall."""
    veil = Image.new("RGB", SIZE)
    for x, aim in ((-5.6, -4.6), (-4.0, -3.6), (-2.4, -3.2), (2.6, 3.4), (4.2, 4.6), (5.8, 5.4)):
        top = camera.at(x, 4.4, 10.9)
        points = [
            (top[0] - 7, top[1]),
            (top[0] + 7, top[1]),
            camera.at(aim + 0.75, 0.62, 12.6),
            camera.at(aim - 0.75, 0.62, 12.6),
        ]
        cone = Image.new("RGB", SIZE)
        sloped(cone, points, (60, 52, 40), (8, 7, 6), across=False)
        veil = ImageChops.add(veil, cone)
    scene.paste(ImageChops.screen(scene, veil.filter(ImageFilter.GaussianBlur(7))))


def _picture(scene: Image.Image) -> bytes:
    small = scene.resize((1380, 920), Image.Resampling.LANCZOS)
    return saved(small, "JPEG", quality=68, optimize=True, progressive=True, dpi=(150, 150))
