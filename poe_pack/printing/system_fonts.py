"""Fonts of the machine for scripts that the bundled families lack: where they lie, what they cover, who installs them.

A style sheet names them after our own families, so that they draw only what those cannot. Pango finds them by name
and embeds what is used of them.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from poe_pack.printing.keeping import kept

_Ranges = tuple[tuple[int, int], ...]


class SystemFont(Struct, frozen=True):
    """A family as the machine names it, the file that shows that it is there, and its number in a collection."""

    family: str
    file: str
    number: int = 0


class Script(Struct, frozen=True):
    """Letters that a font of the machine can draw: the first of `fonts` that is there is taken.

    `package` is Debian's, and the one that we install and test with.
    """

    name: str
    ranges: _Ranges
    package: str
    fonts: tuple[SystemFont, ...]

    def has(self, point: int) -> bool:
        return any(first <= point <= last for first, last in self.ranges)


_HAN = Script(
    "Chinese, Japanese or Korean",
    (
        (0x1100, 0x11FF),
        (0x2E80, 0xA4CF),
        (0xAC00, 0xD7FF),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF),
        (0x20000, 0x3FFFF),
    ),
    "fonts-noto-cjk",
    (
        SystemFont("Noto Sans CJK SC", "NotoSansCJK-Regular.ttc", 2),
        SystemFont("Noto Sans CJK SC", "NotoSansCJKsc-Regular.otf"),
        SystemFont("Noto Sans SC", "NotoSansSC-Regular.otf"),
        SystemFont("Source Han Sans SC", "SourceHanSansSC-Regular.otf"),
        SystemFont("WenQuanYi Micro Hei", "wqy-microhei.ttc"),
        SystemFont("WenQuanYi Zen Hei", "wqy-zenhei.ttc"),
        SystemFont("Hiragino Sans GB", "Hiragino Sans GB.ttc"),
    ),
)


def _noto(name: str, *ranges: tuple[int, int]) -> Script:
    font = SystemFont(f"Noto Sans {name}", f"NotoSans{name}-Regular.ttf")
    return Script(name, ranges, "fonts-noto-core", (font,))


SCRIPTS = (
    _HAN,
    _noto("Armenian", (0x0530, 0x058F)),
    _noto("Hebrew", (0x0590, 0x05FF)),
    _noto("Arabic", (0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
    _noto("Devanagari", (0x0900, 0x097F)),
    _noto("Thai", (0x0E00, 0x0E7F)),
    _noto("Georgian", (0x10A0, 0x10FF)),
)


def install_line(package: str) -> str:
    """The command that installs a font, or on other systems its name."""
    if sys.platform == "linux":
        return f"apt-get install --no-install-recommends {package}"
    return f"install a font of the kind of {package}"


def han_missing() -> str | None:
    """The command that installs a Chinese font, or None where there is one."""
    return None if _found(_HAN) else install_line(_HAN.package)


def packages_for(points: Iterable[int]) -> tuple[str, ...]:
    """Packages with fonts for these code points, of scripts for which the machine has none."""
    wanted = list(points)
    lacking = (script for script in SCRIPTS if any(map(script.has, wanted)) and _found(script) is None)
    return tuple(dict.fromkeys(script.package for script in lacking))


def families_for(points: Iterable[int]) -> tuple[str, ...]:
    """Families of the machine that draw some of these code points."""
    wanted = frozenset(points)
    return tuple(font.family for font, covered in _installed() if wanted & covered)


def system_covered() -> frozenset[int]:
    """Code points that some font of the machine, of those that we look for, can draw."""
    return frozenset().union(*(covered for _, covered in _installed()))


@cache
def _installed() -> tuple[tuple[SystemFont, frozenset[int]], ...]:
    found = ((script, _found(script)) for script in SCRIPTS)
    return tuple((place[0], _coverage(place[1], place[0].number, script)) for script, place in found if place)


@cache
def _found(script: Script) -> tuple[SystemFont, Path] | None:
    files = _files()
    return next(((font, files[font.file]) for font in script.fonts if font.file in files), None)


@cache
def _files() -> dict[str, Path]:
    """Files by name of all fonts that we would take; of several with one name, the first in our order of folders."""
    names = {font.file for script in SCRIPTS for font in script.fonts}
    found: dict[str, Path] = {}
    for folder in _folders():
        for root, folders, files in os.walk(folder):
            folders.sort()
            for name in names.intersection(files):
                found.setdefault(name, Path(root, name))
    return found


def _folders() -> Iterator[Path]:
    """Where fontconfig looks, too."""
    data = os.environ.get("XDG_DATA_HOME", "")
    yield Path(data, "fonts") if os.path.isabs(data) else Path("~/.local/share/fonts").expanduser()
    yield Path("~/.fonts").expanduser()
    yield from map(Path, ("/usr/local/share/fonts", "/usr/share/fonts"))
    if sys.platform == "darwin":
        yield Path("~/Library/Fonts").expanduser()
        yield from map(Path, ("/Library/Fonts", "/System/Library/Fonts"))


def _coverage(file: Path, number: int, script: Script) -> frozenset[int]:
    """Code points of the script in a font. Kept, because a large font takes half a second to read."""
    about = file.stat()
    key = f"{file.stem}-{about.st_size}-{about.st_mtime_ns}-{number}.points"
    points = array("I")
    points.frombytes(kept(key, lambda: _read_coverage(file, number)))
    return frozenset(filter(script.has, points))


def _read_coverage(file: Path, number: int) -> bytes:
    from fontTools.ttLib import TTFont

    with TTFont(file, fontNumber=number, lazy=True) as font:
        return array("I", sorted(font.getBestCmap())).tobytes()
