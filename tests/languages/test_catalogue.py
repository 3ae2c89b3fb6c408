"""Message catalogues: every text can be filled, and translations say the same things."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from poe_pack import languages
from poe_pack.languages import Catalogue, Words, catalogue, with_nearest
from poe_pack.languages.visible import visible

FOLDER = Path(languages.__file__).parent
LANGUAGES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and any(path.glob("*.json")))
TRANSLATIONS = [name for name in LANGUAGES if name != "en"]
PRINTED = re.compile(r"packet\.|checklist\.|format\.|POE\d+\.(checklist|compared)\b")
"""Texts that a packet or its summary may print; the rest is for terminals and for the portal sheet, in English."""
COUNTED = 2000
LETTERS = re.compile(r"[^\W\d_]")

# Words that the language writes as English does.
SAME_AS_ENGLISH = {
    "fr": {
        "packet.page",
        "packet.page_n",
        "packet.pages.one",
        "packet.pages.other",
        "packet.field.plan",
        "packet.form.signature",
        "packet.cost.total",
        "packet.cost.rate_source",
        "packet.invoice.description",
        "packet.reports.total",
        "packet.record.date",
        "packet.field.conditions",
        "packet.summary.pages",
        "packet.told.pages",
        "checklist.signatures",
    },
    "sv": {
        "packet.cost.per",
        "packet.pre_approval.material",
        "packet.field.partner",
        "packet.field.program",
        "packet.field.plan",
    },
    "zh": set(),
}


def plural_forms(language: str) -> set[str]:
    """Forms that numbers up to COUNTED take; French has another one from a million on."""
    rule = Locale.parse(language).plural_form
    return {rule(count) for count in range(COUNTED)}


def stem_of(key: str) -> str:
    return key.removesuffix(".one").removesuffix(".other")


def bare(text: str) -> str:
    """A text without its places."""
    return "".join(literal for literal, _, _, _ in Formatter().parse(text))


def texts(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((FOLDER / language).glob("*.json")):
        pairs = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=list)
        assert len({key for key, _ in pairs}) == len(pairs), f"{file} has a key twice"
        assert not {key for key, _ in pairs} & set(found), f"{file} has a key of another file"
        found.update(pairs)
    return found


def names(text: str) -> set[str]:
    """Names of the places in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_languages() -> None:
    assert set(LANGUAGES) >= {"en"}
    with pytest.raises(ValueError, match="there is no language 'xx'"):
        catalogue("xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_plain(language: str) -> None:
    for key, text in texts(language).items():
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", key), key
        assert text, key
        assert key in ("format.comma", "format.aside", "format.apart", "format.colon") or text == text.strip(), key
        assert all(re.fullmatch("[a-z_]+", name) for name in names(text)), key
        assert visible(text) == text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_variants_by_number_are_those_of_the_language(language: str) -> None:
    keys, forms = set(texts(language)), plural_forms(language)
    for key in keys:
        stem, _, variant = key.rpartition(".")
        if variant == "other" or (variant == "one" and stem not in keys):
            assert {form for form in ("one", "other") if f"{stem}.{form}" in keys} == forms, key
            assert stem not in keys, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_take_the_form_that_unicode_says(language: str) -> None:
    rule, words = Locale.parse(language).plural_form, catalogue(language)
    assert all(words.plural(count) == rule(count) for count in range(COUNTED))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_every_text_of_the_packet_and_no_other(language: str) -> None:
    own = {key for key in texts(language) if not key.startswith("portal.local.")}
    printed = {key for key in texts("en") if PRINTED.match(key)}
    assert set(map(stem_of, own)) == set(map(stem_of, printed))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_portals_labels_are_those_that_the_sheet_asks_for(language: str) -> None:
    english = texts("en")
    labels = {key.removeprefix("portal.local.") for key in texts(language) if key.startswith("portal.local.")}
    assert labels
    assert {f"portal.{label}" for label in labels} <= set(english)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_nothing_is_left_in_english(language: str) -> None:
    english = texts("en")
    same = {key for key, text in texts(language).items() if english.get(key) == text and LETTERS.search(bare(text))}
    assert same == SAME_AS_ENGLISH[language]


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_a_translation_says_what_the_english_text_says(language: str) -> None:
    english = texts("en")
    for key, text in texts(language).items():
        stem = stem_of(key)
        original = next((english[k] for k in (key, f"{stem}.other", stem) if k in english), None)
        if original is None:
            assert key.startswith("portal.local."), key
        elif stem in english:
            assert names(text) == names(english[stem]) | ({"count"} & names(text)), key
        else:
            # A form for one thing may say its number in words, or name the thing.
            assert names(text) == names(original) or (key.endswith(".one") and names(text) <= names(original)), key


def test_english_never_falls_back() -> None:
    words = catalogue()
    assert words.language == "en"
    for key in texts("en"):
        assert key.removesuffix(".one").removesuffix(".other") in words


# --- filling ------------------------------------------------------------------------------------------------

SAMPLE = Catalogue(
    "sv",
    {"a": "{x} of {y}", "n.one": "{count} file", "n.other": "{count} files", "word": "word", "nested": "<{x}>"},
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        (5, "5"),
        (True, "yes"),
        (False, "no"),
        (Decimal("1E+3"), "1000"),
        (Decimal("7617.60"), "7617.60"),
        (date(2026, 9, 17), "2026-09-17"),
        (datetime(2026, 9, 17, 8, tzinfo=UTC), "2026-09-17T08:00:00+00:00"),
        (("a", date(2026, 9, 17)), "a, 2026-09-17"),
        ((), ""),
        (Words("word"), "word"),
        (Words("nested", {"x": Words(names={"en": "Name", "sv": "Namn"})}), "<Namn>"),
        (Words(names={"en": "Name"}), "Name"),
        (None, "None"),
    ],
)
def test_values(value: object, text: str) -> None:
    assert SAMPLE.text("a", x=value, y=1) == f"{text} of 1"


@pytest.mark.parametrize(("count", "text"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_variants_by_number(count: int, text: str) -> None:
    assert SAMPLE.text("n", count=count) == text
    assert "n" in SAMPLE


def test_a_text_or_value_that_is_missing_is_our_fault() -> None:
    with pytest.raises(KeyError):
        SAMPLE.text("nothing")
    with pytest.raises(KeyError):
        SAMPLE.text("a", x=1)
    assert "nothing" not in SAMPLE


@given(st.text())
def test_a_value_is_never_a_pattern(value: str) -> None:
    assert SAMPLE.text("nested", x=value) == f"<{value}>"


def test_the_nearest_word_is_said_once() -> None:
    assert with_nearest("no x", {"nearest": "y"}) == "no x; did you mean 'y'?"
    assert with_nearest("no x; did you mean 'y'?", {"nearest": "y"}) == "no x; did you mean 'y'?"
    assert with_nearest("no x", {"nearest": ""}) == with_nearest("no x", {}) == "no x"


def test_words_are_the_same_for_developers_in_every_language() -> None:
    assert str(Words("key", {"a": 1})) == "key"
    assert str(Words(names={"sv": "Namn", "en": "Name"})) == "Name"


# --- what is shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Göteborg Łódź 上海 🎪", "Göteborg Łódź 上海 🎪"),
        ("a\nb\tc", "a b c"),
        ("red\x1b[31m", "red[U+001B][31m"),
        ("evil\u202egpj.exe", "evil[U+202E]gpj.exe"),
        ("a\u00adb", "ab"),
        ("\ufeffa", "[U+FEFF]a"),
        ("a\u00a0b", "a\u00a0b"),
        ("\u200b", "[U+200B]"),
    ],
)
def test_nothing_shown_can_steer(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_what_is_shown_is_one_line_and_stays_so(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert visible(shown) == shown
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_no_key_stands_in_two_files() -> None:
    folder = FOLDER
    for language in (path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.json"))):
        keys = Counter(key for file in language.glob("*.json") for key in json.loads(file.read_text(encoding="utf-8")))
        assert [key for key, count in keys.items() if count > 1] == []
