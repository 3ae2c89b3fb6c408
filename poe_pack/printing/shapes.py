"""The shapes of states: told apart without colour, always printed beside their word."""

from __future__ import annotations

from markupsafe import Markup

_INK = "#15202b"
_ACCENT = "#0b4f6c"
_RED = "#8f1d1d"

_TICK = '<path d="M4.5 7.7l2.2 2.2 4-4.6" fill="none" stroke="{0}" stroke-width="1.5"/>'
_DISC = f'<circle cx="7.5" cy="7.5" r="7" fill="{_ACCENT}"/>'
_RING = '<circle cx="7.5" cy="7.5" r="6.4" fill="none" stroke="{0}" stroke-width="1.2"/>'
_SQUARE = '<rect x="1.1" y="1.1" width="12.8" height="12.8" fill="none" stroke="{0}" stroke-width="1.2"/>'

_TICKED_DISC = _DISC + _TICK.format("#ffffff")
_CROSS = '<path d="M4.4 4.4l6.2 6.2M10.6 4.4l-6.2 6.2" stroke="#ffffff" stroke-width="1.6"/>'
_EMPTY_SQUARE = _SQUARE.format(_INK)

SHAPES = {
    "checked": _TICKED_DISC,
    "approved": _TICKED_DISC,
    "paid": _TICKED_DISC,
    "declared": _RING.format(_ACCENT) + _TICK.format(_ACCENT),
    "waived": _RING.format(_INK) + f'<path d="M4.4 7.5h6.2" stroke="{_INK}" stroke-width="1.5"/>',
    "open": _EMPTY_SQUARE,
    "incomplete": _EMPTY_SQUARE,
    "missing": f'<rect x="0.5" y="0.5" width="14" height="14" fill="{_RED}"/>' + _CROSS,
    "faulty": f'<rect x="0.5" y="0.5" width="14" height="14" fill="{_RED}"/>' + _CROSS,
    "ready": _DISC,
    "under_review": _RING.format(_ACCENT) + f'<path d="M7.5 0.5a7 7 0 0 0 0 14z" fill="{_ACCENT}"/>',
    "action_required": f'<path d="M7.5 0.6L14.8 14.2H0.2z" fill="{_RED}"/>'
    '<path d="M7.5 5v4.6M7.5 11v1.6" stroke="#ffffff" stroke-width="1.5"/>',
    "disputed": f'<path d="M7.5 1L14 7.5 7.5 14 1 7.5z" fill="none" stroke="{_INK}" stroke-width="1.2"/>',
    "rejected": _RING.format(_INK) + f'<path d="M5 5l5 5M10 5l-5 5" stroke="{_INK}" stroke-width="1.4"/>',
    "deadline": f'<circle cx="7.5" cy="7.5" r="4.6" fill="{_INK}"/>',
    "advised": f'<circle cx="7.5" cy="7.5" r="4" fill="#ffffff" stroke="{_INK}" stroke-width="1.2"/>',
}
"""Drawings on a field of 15 by 15, by state."""

SHAPE_ADDRESS = "poe:shape/"
"""What stands before a shape's name in the address of its picture."""


def shape(name: str, title: str = "") -> Markup:
    """The drawing of a state as inline SVG of class `shape`, for browsers; the word beside it says what it means.

    A PDF's reader is told the `title`, too: every figure of a tagged page needs one. Raises KeyError for a state
    without a shape.
    """
    told = Markup("<title>{}</title>").format(title) if title else ""
    return Markup(f'<svg class="shape" viewBox="0 0 15 15" aria-hidden="true">{told}{SHAPES[name]}</svg>')


def shape_picture(name: str, title: str) -> Markup:
    """The same as a picture by its address, for paper: WeasyPrint reads a drawing once for all of its places.

    `title` is its alternative text. Raises KeyError as well.
    """
    if name not in SHAPES:
        raise KeyError(name)
    return Markup('<img class="shape" src="{}{}" alt="{}">').format(SHAPE_ADDRESS, name, title)


def shape_file(name: str) -> bytes:
    """The drawing of a state as an SVG file. Raises KeyError for a state without a shape."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 15 15">{SHAPES[name]}</svg>'.encode()
