"""Sizes and matrices, where no drawing is needed to tell right from wrong."""

from __future__ import annotations

import pytest

from poe_pack.evidence import Page
from poe_pack.evidence.geometry import LETTER, PageShape, oriented, picture_size, visible


def test_what_is_visible_of_a_page() -> None:
    paper = (0.0, 0.0, 200.0, 300.0)
    assert visible(paper, None) == paper
    assert visible(paper, (10, 20, 100, 200)) == (10, 20, 100, 200)
    assert visible(paper, (-10, -20, 1000, 200)) == (0, 0, 200, 200)
    assert visible(paper, (300, 0, 400, 50)) == paper
    assert visible(None, None) == LETTER


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1.0, 2.5])
def test_a_page_is_turned_upright_at_the_origin(rotation: int, unit: float) -> None:
    shape = PageShape((10.5, 20, 110.5, 320), rotation, unit)
    a, b, c, d, e, f = shape.upright
    corners = {(a * x + c * y + e, b * x + d * y + f) for x in (10.5, 110.5) for y in (20, 320)}
    size = shape.size
    assert corners == {(0, 0), (size.width, 0), (0, size.height), (size.width, size.height)}
    turned = rotation in (90, 270)
    assert size == (Page(300 * unit, 100 * unit) if turned else Page(100 * unit, 300 * unit))


@pytest.mark.parametrize(
    ("pixels", "size"),
    [
        ((150, 300), Page(72, 144)),
        ((1240, 1754), Page(595.2, 841.89)),
        ((4000, 3000), Page(793.7067, 595.28)),
        ((3000, 4000), Page(595.28, 793.7067)),
        ((10_000, 100), Page(841.89, 8.4189)),
        ((60_000_000, 1), Page(841.89, 1)),
        ((1, 1), Page(1, 1)),
    ],
)
def test_pages_of_pictures(pixels: tuple[int, int], size: Page) -> None:
    page = picture_size(*pixels)
    assert (page.width, page.height) == pytest.approx((size.width, size.height), abs=0.1)


@pytest.mark.parametrize("orientation", range(10))
def test_each_orientation_fills_the_page(orientation: int) -> None:
    a, b, c, d, e, f = oriented(orientation, Page(30, 20))
    corners = {(a * x + c * y + e, b * x + d * y + f) for x in (0, 1) for y in (0, 1)}
    assert corners == {(0, 0), (30, 0), (0, 20), (30, 20)}
