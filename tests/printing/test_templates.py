"""Templates: everything escaped, nothing missing, nothing unseen, values in the reader's form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from poe_pack.languages import Words
from poe_pack.languages.formats import LocaleFormat
from poe_pack.languages.visible import visible
from poe_pack.model import DateRange, Money
from poe_pack.printing import SHAPES, environment, screen_page, shape, shorten
from poe_pack.printing.shapes import shape_file, shape_picture

EN = LocaleFormat("en")


def render(source: str, **values: object) -> str:
    return environment("en").from_string(source).render(values)


def test_text_is_escaped_and_what_acts_unseen_is_named() -> None:
    text = "<b>\u202eevil\u200b\x07</b>"
    assert render("{{ text }}", text=text) == "&lt;b&gt;[U+202E]evil[U+200B][U+0007]&lt;/b&gt;"
    assert render('<a title="{{ text }}">', text='" onclick="x') == '<a title="&#34; onclick=&#34;x">'
    assert visible("Göteborg\n – ok") == "Göteborg  – ok"


@pytest.mark.parametrize("value", [None, Decimal("1.00"), 1.5])
def test_a_bare_value_is_our_mistake(value: object) -> None:
    with pytest.raises(TypeError):
        render("{{ value }}", value=value)


def test_an_undefined_name_is_our_mistake() -> None:
    with pytest.raises(UndefinedError):
        render("{{ nobody }}")


def test_filters_speak_the_language() -> None:
    source = "{{ day | long_date }}, {{ amount | money('USD') }}, {{ count | number }}"
    text = render(source, day=date(2026, 9, 17), amount=Decimal("9141.1"), count=4200)
    assert text == "17 September 2026, USD 9,141.10, 4,200"
    assert render("{{ 'packet.pages' | t(count=1) }}") == "1 page"


def test_every_shape_looks_different_without_colour() -> None:
    same = [{"checked", "approved", "paid"}, {"open", "incomplete"}, {"missing", "faulty"}]
    drawings: dict[str, set[str]] = {}
    for name in SHAPES:
        drawings.setdefault(str(shape(name)), set()).add(name)
    assert [names for names in drawings.values() if len(names) > 1] == same
    for draw in (shape, shape_file, partial(shape_picture, title="")):
        with pytest.raises(KeyError):
            draw("unknown")


def test_a_picture_of_a_shape_tells_its_word() -> None:
    picture = render("{{ shape_picture('open', word) }}", word='"Open" & <more>')
    assert picture == '<img class="shape" src="poe:shape/open" alt="&#34;Open&#34; &amp; &lt;more&gt;">'
    assert SHAPES["open"].encode() in shape_file("open")


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("as it is", 10, "as it is"),
        ("cut between the words", 14, "cut between…"),
        ("W" * 20, 8, "WWWWWWW…"),
        ("合作申请材料", 8, "合作申…"),
    ],
)
def test_texts_are_cut_between_words(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


def test_a_screen_page_escapes_its_title() -> None:
    page = screen_page(language="en", title="<x>\u202e", body=Markup("<p>y</p>"), css="p{}")
    assert "<title>&lt;x&gt;[U+202E]</title>" in page
    assert "script-src 'none'" in page


# --- formats ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 9, 17), date(2026, 9, 17), "17 Sep 2026"),
        (date(2026, 9, 17), date(2026, 9, 24), "17 to 24 Sep 2026"),
        (date(2026, 9, 1), date(2026, 11, 30), "1 Sep to 30 Nov 2026"),
        (date(2026, 8, 16), date(2027, 2, 15), "16 Aug 2026 to 15 Feb 2027"),
        (None, date(2027, 2, 15), "until 15 Feb 2027"),
        (date(2026, 8, 16), None, "from 16 Aug 2026"),
        (None, None, "no dates"),
    ],
)
def test_spans_of_days_say_once_what_both_ends_share(first: date | None, last: date | None, text: str) -> None:
    assert EN.date_range(first, last) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("9141.12", "USD", "9,141.12"),
        ("9141.1", "USD", "9,141.10"),
        ("9141.125", "USD", "9,141.125"),
        ("100.00", "JPY", "100"),
        ("12.5", "KWD", "12.500"),
        ("12345678901234567890.12", "SEK", "12,345,678,901,234,567,890.12"),
    ],
)
def test_amounts_have_the_digits_of_their_currency_and_lose_none(amount: str, currency: str, text: str) -> None:
    assert EN.amount(Decimal(amount), currency) == text


@pytest.mark.parametrize(
    ("size", "text"), [(999, "999 B"), (184302, "184 kB"), (1204518, "1.2 MB"), (9_990_000_000, "10.0 GB")]
)
def test_sizes(size: int, text: str) -> None:
    assert EN.bytes(size) == text


def test_values_inside_messages_are_localized() -> None:
    words = Words(names={"en": "Event photo"})
    span = DateRange(date(2026, 9, 1), date(2026, 9, 2))
    assert EN.value((Decimal("0.1058"), 4200, words, span, Money(Decimal(1), "USD"), True)) == (
        "0.1058, 4,200, Event photo, 1 to 2 Sep 2026, USD 1.00, yes"
    )


def test_other_languages_write_numbers_and_dates_their_way() -> None:
    swedish, chinese = LocaleFormat("sv"), LocaleFormat("zh")
    assert swedish.money(Decimal("9141.12"), "USD") == "9\N{NO-BREAK SPACE}141,12 USD"
    assert swedish.long_date(date(2026, 9, 17)) == "17 september 2026"
    assert chinese.long_date(date(2026, 9, 17)) == "2026年9月17日"
    with pytest.raises(ValueError, match="no language"):
        LocaleFormat("xx")
