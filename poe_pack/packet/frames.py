"""Where evidence stands on an exhibit's page. Layout and placement both read it here, so that they agree."""

from __future__ import annotations

from msgspec import Struct

from poe_pack.evidence.facts import Page
from poe_pack.printing import Paper
from poe_pack.printing.paper import TEXT_WIDTH

MM = 72 / 25.4
"""Points in a millimetre."""

HEAD = 37.5
"""From the top edge of an exhibit's page to its frame, in millimetres."""
FOOT = 22.0
"""From the frame's lowest place to the bottom edge."""
_TURN_GAIN = 1.15
"""A page is turned for wide evidence when that shows it this much larger."""


class Frame(Struct, frozen=True):
    """A place for one evidence page: distances from the page's left and top edge and size, in millimetres.

    `scale` is what the evidence is drawn at; the frame hugs it. `landscape` turns the exhibit's page.
    """

    left: float
    top: float
    width: float
    height: float
    scale: float
    landscape: bool

    def matrix(self, page_height: float) -> tuple[float, float, float, float, float, float]:
        """The transformation that draws a form of the evidence's size into the frame, in points."""
        bottom = page_height - (self.top + self.height) * MM
        return (self.scale, 0.0, 0.0, self.scale, round(self.left * MM, 4), round(bottom, 4))


def frame_for(page: Page, paper: Paper) -> Frame:
    """Fit an evidence page: whole, upright, never larger than it is, on a turned page where that helps."""
    upright = _fit(page, TEXT_WIDTH, paper.height - HEAD - FOOT)
    turned = _fit(page, turned_width(paper), paper.width - HEAD - FOOT)
    landscape = page.width > page.height and turned > upright * _TURN_GAIN
    scale = turned if landscape else upright
    room = turned_width(paper) if landscape else TEXT_WIDTH
    width, height = page.width * scale / MM, page.height * scale / MM
    left = paper.left + (room - width) / 2
    return Frame(round(left, 3), HEAD, round(width, 3), round(height, 3), scale, landscape)


def turned_width(paper: Paper) -> float:
    """Width of the text on a page of this paper turned to landscape, in millimetres."""
    return round(paper.height - paper.left - paper.right, 3)


def _fit(page: Page, width: float, height: float) -> float:
    return min(1.0, width * MM / page.width, height * MM / page.height)
