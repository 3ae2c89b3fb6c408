"""The three bundled families: where their files are, which characters they cover, how a page names them.

Our own family names keep a font of the machine with the same name out of the page.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Face:
    """A font file under the name that our style sheets use.

    On a screen `axes` is what is kept of a variable font (a value pins an axis, a pair bounds it) and
    `features` what is kept of OpenType. Only titles are kerned there: merging kerns takes longer than all the
    rest.
    """

    name: str
    family: str
    package: str
    file: str
    weights: str
    features: tuple[str, ...]
    axes: tuple[tuple[str, float | tuple[float, float]], ...] = ()

    @property
    def path(self) -> Path:
        return Path(str(files(self.package) / "files" / self.file))


_WEIGHTS = ("wght", (400, 600))

FACES = (
    Face(
        "sans",
        "Poe Sans",
        "fontpkg_inter",
        "Inter[opsz,wght].ttf",
        weights="400 600",
        features=("tnum",),
        axes=(("opsz", 14), _WEIGHTS),
    ),
    Face(
        "serif",
        "Poe Serif",
        "fontpkg_source_serif_4",
        "SourceSerif4[opsz,wght].ttf",
        weights="400 600",
        features=("kern", "lnum", "tnum"),
        axes=(("opsz", 20), _WEIGHTS),
    ),
    Face(
        "mono",
        "Poe Mono",
        "fontpkg_ibm_plex_mono",
        "IBMPlexMono-Regular.ttf",
        weights="400",
        features=(),
    ),
)

_USUAL = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’“”…·•−×→≤≥€\u202f")])
"""Basic Latin, Latin-1 and what our texts use: kept always, so that most pages share one cut."""


def font_file(name: str) -> Path:
    """Path of a face by its short name. Raises KeyError for a name that is not ours."""
    return {face.name: face for face in FACES}[name].path


@cache
def covered() -> frozenset[int]:
    """Code points that at least one family can draw; every stack of the style sheets names all families."""
    from fontTools.ttLib import TTFont

    points: set[int] = set()
    for face in FACES:
        with TTFont(face.path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def embedded_faces(text: str) -> str:
    """`@font-face` rules with the families as data, cut down to the usual characters and those of `text`.

    For pages that must look right on a machine without our fonts. The same text gives the same bytes; takes
    about a second for the first page of a process, nothing for the next.
    """
    points = tuple(sorted(_USUAL | ({ord(character) for character in text} & covered())))
    return "\n".join(_embedded_face(face, points) for face in FACES)


@cache
def _embedded_face(face: Face, points: tuple[int, ...]) -> str:
    data = base64.b64encode(_subset(face, points)).decode("ascii")
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weights};font-display:block;'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )


def _subset(face: Face, points: tuple[int, ...]) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options(layout_features=list(face.features), hinting=False, glyph_names=False, name_IDs=[1, 2])
    options.drop_tables += ["meta"]
    with TTFont(face.path, lazy=True, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=points)
        subsetter.subset(font)
        if face.axes:
            instantiateVariableFont(font, dict(face.axes), inplace=True)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out, reorderTables=False)
    return out.getvalue()
