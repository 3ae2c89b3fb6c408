"""The three bundled families, cut to what a page needs: which characters they cover, how a page names them.

Our own family names keep a font of the machine with the same name out of the page. For paper each weight is a font
of its own, with its optical size fixed, because WeasyPrint would make one from the variable font for every file.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from msgspec import Struct

from poe_pack.printing.keeping import kept
from poe_pack.printing.system_fonts import system_covered

_Axes = tuple[tuple[str, float | tuple[float, float]], ...]


class Face(Struct, frozen=True):
    """A font that style sheets can name. `axes` is what is kept of a variable one: a value pins, a pair bounds."""

    name: str
    family: str
    source: str
    weight: str
    axes: _Axes = ()
    flavor: str | None = None


_SOURCES = {
    "inter": ("fontpkg_inter", "Inter[opsz,wght].ttf"),
    "source-serif": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    "plex-mono": ("fontpkg_ibm_plex_mono", "IBMPlexMono-Regular.ttf"),
}

_SANS, _SERIF, _MONO = "Poe Sans", "Poe Serif", "Poe Mono"
_WEIGHTS = ("wght", (400.0, 600.0))

PRINT_FACES = (
    Face("sans-400", _SANS, "inter", "400", (("opsz", 14.0), ("wght", 400.0))),
    Face("sans-500", _SANS, "inter", "500", (("opsz", 14.0), ("wght", 500.0))),
    Face("sans-600", _SANS, "inter", "600", (("opsz", 14.0), ("wght", 600.0))),
    Face("serif-400", _SERIF, "source-serif", "400", (("opsz", 12.0), ("wght", 400.0))),
    Face("serif-600", _SERIF, "source-serif", "600", (("opsz", 28.0), ("wght", 600.0))),
    Face("mono-400", _MONO, "plex-mono", "400"),
)
_SCREEN_FACES = (
    Face("sans", _SANS, "inter", "400 600", (("opsz", 14.0), _WEIGHTS), "woff2"),
    Face("serif", _SERIF, "source-serif", "400 600", (("opsz", 20.0), _WEIGHTS), "woff2"),
    Face("mono", _MONO, "plex-mono", "400", flavor="woff2"),
)

_LATIN = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’“”…·•−×→≤≥€\u202f")])
"""Basic Latin, Latin-1 and what our texts use: kept always on a screen, so that most pages share one cut."""
_EUROPEAN = _LATIN | frozenset(range(0x100, 0x180))
"""The same for paper, where an unused glyph costs nothing."""
_FEATURES = ["ccmp", "kern", "lnum", "locl", "tnum"]


def covered() -> frozenset[int]:
    """Code points that can be printed: by a bundled family, or by a font of the machine for another script."""
    return bundled() | system_covered()


@cache
def bundled() -> frozenset[int]:
    """Code points that at least one of our families can draw; every stack of the style sheets names all of them."""
    from fontTools.ttLib import TTFont

    points: set[int] = set()
    for source in _SOURCES:
        with TTFont(_file(source), lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def points_for(text: str) -> frozenset[int]:
    """The code points that a printed page of this text needs: nearly always the same set."""
    return _EUROPEAN | (frozenset(map(ord, set(text))) & bundled())


def print_font(name: str, points: frozenset[int]) -> bytes:
    """A face for paper, cut to `points`, as TrueType. Raises KeyError for a name that is not ours."""
    return _cut({face.name: face for face in PRINT_FACES}[name], points)


def embedded_faces(text: str) -> str:
    """`@font-face` rules with the families as data, cut to the usual characters and those of `text`.

    For pages that must look right on a machine without our fonts. The same text gives the same bytes.
    """
    points = _LATIN | (frozenset(map(ord, set(text))) & bundled())
    return "\n".join(_embedded_face(face, points) for face in _SCREEN_FACES)


@cache
def _embedded_face(face: Face, points: frozenset[int]) -> str:
    data = base64.b64encode(_cut(face, points)).decode("ascii")
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-display:block;'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )


def _file(source: str) -> Path:
    package, file = _SOURCES[source]
    return Path(str(files(package) / "files" / file))


def _cut(face: Face, points: frozenset[int]) -> bytes:
    """The face with the glyphs of `points` alone. Slow to make, so kept in the user's cache."""
    import fontTools

    wanted = repr((face, sorted(points), _FEATURES, fontTools.version, _digest(face.source)))
    key = hashlib.sha256(wanted.encode()).hexdigest()
    return kept(f"{face.name}-{key[:32]}.font", lambda: _make_cut(face, points))


@cache
def _digest(source: str) -> str:
    return hashlib.sha256(_file(source).read_bytes()).hexdigest()


def _make_cut(face: Face, points: frozenset[int]) -> bytes:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with TTFont(io.BytesIO(_trimmed(face.source, points)), recalcTimestamp=False) as font:
        if face.axes:
            instantiateVariableFont(font, dict(face.axes), inplace=True)
        return _saved(font, face.flavor)


@lru_cache(maxsize=6)
def _trimmed(source: str, points: frozenset[int]) -> bytes:
    """A family's font with few glyphs but all its axes: what its faces are made from."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=_FEATURES, hinting=False, glyph_names=False, name_IDs=[1, 2])
    options.drop_tables += ["GDEF", "MVAR", "STAT", "meta"]
    whole = _file(source) if points >= _EUROPEAN else io.BytesIO(_trimmed(source, _EUROPEAN | points))
    with TTFont(whole, lazy=True, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=points)
        subsetter.subset(font)
        _fix_kerns(font)
        return _saved(font, None)


def _saved(font: Any, flavor: str | None) -> bytes:
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def _fix_kerns(font: Any) -> None:
    """Keep each kern at its default: working out those of other weights takes longer than all the rest."""
    for value in _kerns(font):
        for name in [name for name in vars(value) if name.endswith("Device")]:
            delattr(value, name)


def _kerns(font: Any) -> Iterator[Any]:
    if "GPOS" not in font:
        return
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            pairs = getattr(subtable, "ExtSubTable", subtable)
            records = [record for group in getattr(pairs, "PairSet", ()) for record in group.PairValueRecord]
            records += [record for group in getattr(pairs, "Class1Record", ()) for record in group.Class2Record]
            for record in records:
                yield from (value for value in (record.Value1, record.Value2) if value is not None)
