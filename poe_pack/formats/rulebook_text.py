"""Rulebooks for people: what a type of activity needs by whose word, and what differs between two of them."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from poe_pack.formats.needs_text import Namer
from poe_pack.formats.words import line_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.rulebook import ClaimFacts, Rulebook, Source, UnknownValue, requirements
from poe_pack.rulebook.difference import Difference
from poe_pack.validation.books import Changed


def sound_rulebook(book: Rulebook, file: str) -> str:
    """One line on a rulebook in which nothing is wrong."""
    words = catalogue()
    return _text(
        [
            words.text(
                "rulebook.sound",
                file=file,
                title=book.title,
                id=book.id,
                version=book.version,
                types=words.text("rulebook.count.types", count=len(book.ids("activity_types"))),
                sources=words.text("rulebook.count.sources", count=len(book.sources)),
                digest=book.sha256,
            )
        ]
    )


def type_called(book: Rulebook, text: str) -> tuple[str | None, tuple[str, ...]]:
    """Id of the activity type of that id or name; and where there is none, the ids that are near."""
    names = {id: id for id in book.ids("activity_types")}
    names |= {_folded(book.name("activity_types", id).names["en"]): id for id in names}
    found = names.get(text, names.get(_folded(text)))
    wanted = _folded(text)
    near = [name for name in names if wanted and wanted in name][:3] or difflib.get_close_matches(wanted, names, n=3)
    return found, tuple(dict.fromkeys(names[name] for name in near))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def unknown_type(book: Rulebook, text: str) -> str:
    """What to say of an activity type that the rulebook does not know: the ids that are near, or where all stand."""
    _, near = type_called(book, text)
    guess = f"; did you mean {', '.join(near)}?" if near else "; 'poe-pack rulebook show' lists what there is"
    return f"{book.id} knows no activity type {text!r}{guess}"


def list_types(book: Rulebook, day: date, language: str = "en") -> str:
    """Ids and names of the activity types of a day, category by category."""
    words = catalogue(language)
    return _text(_types(book, day, words))


def _types(book: Rulebook, day: date, words: Catalogue) -> Iterator[str]:
    yield words.text("rulebook.list", title=book.title, id=book.id, version=book.version, day=day)
    found: dict[str | None, list[str]] = {}
    for id in book.ids("activity_types"):
        with suppress(UnknownValue):  # it begins later
            found.setdefault(book.value(day, "activity_types", id).fields.get("category"), []).append(id)
    width = max((len(id) for ids in found.values() for id in ids), default=0)
    for category, ids in found.items():
        yield ""
        if category is not None:
            yield words.say(book.name("categories", category, day))
        yield from (f"  {id:<{width}}  {words.say(book.name('activity_types', id, day))}" for id in ids)
    yield ""
    yield words.text("rulebook.list.next")


def show_type(book: Rulebook, id: str, day: date, language: str = "en") -> str:
    """What an activity type needs on a day, each part with its source. Raises UnknownValue before its first day."""
    words = catalogue(language)
    return _text(_type(book, id, day, words))


def _type(book: Rulebook, id: str, day: date, words: Catalogue) -> Iterator[str]:
    needs = requirements(book, id, day, ClaimFacts())
    value, namer = needs.activity, Namer(book, words, day)
    name = words.say(book.name("activity_types", id, day))
    yield f"{name} ({id})"
    title = f"{book.title} ({book.id})"
    yield words.text("rulebook.head", title=title, version=book.version, day=day, since=value.since)
    used: dict[str, Source] = {}
    for field, heading, lines in namer.parts(needs):
        source = value.sources.get(field)
        mark = f" [{source.id}]" if source is not None else ""
        yield ""
        yield f"{words.text(heading)}{mark}"
        yield from (f"  {line}" for line in lines)
        used |= {
            found.id: found for found in (source, *(cap.source for cap in needs.caps or () if field == "caps")) if found
        }
    yield ""
    yield words.text("rulebook.sources")
    for source in used.values():
        published = source.published or words.text("rulebook.undated")
        told = {"title": source.title, "read": source.read, "confidence": source.confidence}
        yield f"  {words.text('rulebook.source', id=source.id, published=published, **told)}"
        if source.href is not None:
            yield f"    {source.href}"
    yield ""
    versions = (book.entry("activity_types", id) or {})["values"]
    yield words.text("rulebook.versions", days=tuple(sorted(versions)))


def compared_rulebooks(before: Rulebook, after: Rulebook, found: Collection[Difference], language: str = "en") -> str:
    """Every value that differs, entry by entry: since when, what it was and what it is."""
    return _text(_compared(before, after, found, catalogue(language)))


def _compared(before: Rulebook, after: Rulebook, found: Collection[Difference], words: Catalogue) -> Iterator[str]:
    heads = {"before": f"{before.id} {before.version}", "after": f"{after.id} {after.version}"}
    yield words.text("rulebook.diff.head", **heads)
    last: tuple[str, ...] | None = None
    for difference in found:
        if difference.path != last:
            yield ""
            yield "/".join(difference.path)
            last = difference.path
        day = difference.since
        when = words.text("rulebook.diff.undated" if day is None else "rulebook.diff.since", day=day)
        yield f"  {when}  {difference.field}: {_change(difference.before, difference.after, words)}"
    yield ""
    key = "rulebook.diff.count" if found else "rulebook.diff.same"
    yield words.text(key, count=len(found))


def _change(before: Any, after: Any, words: Catalogue) -> str:
    if _is_list(before) and _is_list(after) and set(before) != set(after):
        more = [f"+ {item}" for item in after if item not in before]
        return ", ".join([*more, *(f"- {item}" for item in before if item not in after)])
    return f"{_plain(before, words)} -> {_plain(after, words)}"


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _plain(value: Any, words: Catalogue) -> str:
    """A value of a rulebook in one line, as YAML writes it in braces."""
    if value is None:
        return words.text("rulebook.diff.silent")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(child, words)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_plain(child, words) for child in value) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def changed_claims(changed: Collection[Changed] | None, language: str = "en") -> str:
    """Findings that go (-) and come (+), document by document; None where there is no repository."""
    words = catalogue(language)
    if changed is None:
        return _text([words.text("rulebook.diff.no_repository")])
    if not changed:
        return _text([words.text("rulebook.diff.claims.none")])
    lines = [words.text("rulebook.diff.claims", count=len(changed))]
    for document in changed:
        lines.append(f"  {document.document}")
        for mark, findings in (("-", document.gone), ("+", document.come)):
            lines += [f"    {mark} {line_of(finding, words)}" for finding in findings]
    return _text(lines)


def _text(lines: Iterable[str]) -> str:
    """Lines in which nothing steers the terminal; ends in a line feed."""
    return "\n".join(visible(line) for line in lines) + "\n"
