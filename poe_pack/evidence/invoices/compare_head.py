"""Compares what a claim says of an invoice's number, date and currency with a text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from poe_pack.evidence.invoices.amounts import amounts_in, currencies_in
from poe_pack.evidence.invoices.dates import Day, days_in
from poe_pack.evidence.invoices.facts import AGREES, CANNOT_CHECK, Claimed, Compared, Row, differs
from poe_pack.evidence.invoices.folding import plain, reference
from poe_pack.evidence.invoices.labels import Labelled, says_of
from poe_pack.evidence.invoices.lexicon import Say
from poe_pack.evidence.invoices.sums import Role, Sums

_LEAST = 4  # characters of a number that still tell papers apart
_LONGEST = 32
_LEADING = " :.#°º№-–/()（）\t"
_MARK = re.compile(r"(?i)^(?:no|nr|n|num|number|nummer)[.:°º\s]+(?=\S*\d)")
_LETTER_DATE = re.compile(r"^[^\W\d_][^\d,]{1,30},\s*(?:den|le|the)?\s*$", re.IGNORECASE)
_SCREEN = 3  # characters between a label and its day, such as a colon
_POUNDS = frozenset({"GBP", "EGP", "FKP", "GIP", "SHP"})

Pages = Sequence[Sequence[Row]]


def compare_number(claimed: Claimed, heads: Sequence[Labelled], pages: Pages, whole: bool) -> Compared:
    """Whether a label says that this is the invoice's number. Blanks, dashes and letter case do not count."""
    wanted = reference(claimed.number)
    if not wanted:
        return CANNOT_CHECK
    tiers = [_numbers(heads, say) for say in (Say.NUMBER, Say.TITLE, Say.NUMBER_ALONE)]
    agreeing = [any(_is_number(text, wanted) for text in tier) for tier in tiers]
    for tier, agrees in zip(tiers, agreeing, strict=True):
        if agrees:
            return AGREES
        if tier:  # the best label says another: a weaker one may be that of an invoice that is only mentioned
            break
    if any(agreeing):
        return CANNOT_CHECK
    stated = [_first_number(text) for text in tiers[0]] or [_first_number(text) for text in tiers[1]]
    known = {reference(number): number for number in stated if number}
    alike = any(wanted in number or number in wanted for number in known)
    if not known or alike or not whole or _stands_free(wanted, heads, pages):
        return CANNOT_CHECK
    return differs(next(iter(known.values())) if len(known) == 1 else None)


def _numbers(heads: Sequence[Labelled], say: Say) -> list[str]:
    """Texts after labels of that kind that may be a number of a paper."""
    texts = (_MARK.sub("", head.text.strip(_LEADING)) for head in heads if say in head.says)
    return [text for text in texts if _first_number(text)]


def _first_number(text: str) -> str:
    """The number that a text begins with; empty where it begins with a day, an amount or words."""
    first, *more = [piece.strip(_LEADING + ",;.") for piece in text.split()] or [""]
    if more and first.isupper() and first.isalpha() and len(first) <= _LEAST:
        first += f" {more[0]}"  # INV 10482
    day = next(iter(days_in(text)), None)
    is_day = day is not None and day.start < _SCREEN and not first.isdecimal()
    is_money = any(amount.is_money and amount.start < _SCREEN for amount in amounts_in(first))
    usable = any(c.isdigit() for c in first) and len(first) <= _LONGEST
    return first if usable and not is_day and not is_money else ""


def _is_number(text: str, wanted: str) -> bool:
    """Whether a text begins with the number, in however many pieces."""
    so_far = ""
    for piece in text.split():
        so_far += reference(piece)
        if so_far == wanted or _is_prefixed(so_far, wanted) or _is_prefixed(wanted, so_far):
            return True
        if len(so_far) > len(wanted) + _LONGEST:
            return False
    return False


def _is_prefixed(long: str, short: str) -> bool:
    """Whether one is the other after letters, as in INV-10482."""
    before = long.removesuffix(short)
    return len(short) >= _LEAST and short[0].isdigit() and before != long and before.isalpha()


def _stands_free(wanted: str, heads: Sequence[Labelled], pages: Pages) -> bool:
    """Whether the number stands in the text elsewhere than after the label of another number."""
    free = re.compile(rf"(?<![0-9]){re.escape(wanted)}(?![0-9])")
    others = sum(len(free.findall(reference(head.text))) for head in heads if Say.OTHER_NUMBER in head.says)
    everywhere = sum(len(free.findall(reference("".join(c.text for c in row)))) for page in pages for row in page)
    cells = sum(len(free.findall(reference(c.text))) for page in pages for row in page for c in row)
    return max(everywhere, cells) > others


def compare_date(claimed: Claimed, heads: Sequence[Labelled], pages: Pages, whole: bool) -> Compared:
    """Whether a label says that this is the day of the invoice, or it is the only day that stands in the text."""
    wanted = claimed.date
    if wanted is None:
        return CANNOT_CHECK
    everywhere = [day for page in pages for row in page for cell in row for day in days_in(cell.text)]
    order = _order(everywhere)
    others = _days_after(heads, Say.OTHER_DATE)
    tiers = [
        [day for head in heads if say in head.says for day in _labelled_day(head)] for say in (Say.DATE, Say.DATE_ALONE)
    ]
    tiers.append(list(_letter_days(pages)))
    elsewhere = {_settled(day, order) for day in others}
    stated = [_settled(day, order) for day in next((tier for tier in tiers if tier), [])]
    if not stated:
        left = {_settled(day, order) for day in everywhere} - elsewhere
        return AGREES if left == {frozenset({wanted})} and whole else CANNOT_CHECK
    if stated[0] == {wanted}:
        # "Date" alone may be the head of a column of services: then another day stands before it.
        first = next((day for day in (_settled(day, order) for day in everywhere) if day not in elsewhere), None)
        return AGREES if tiers[0] or first == frozenset({wanted}) else CANNOT_CHECK
    if any(wanted in days for days in stated) or not whole:
        return CANNOT_CHECK
    uses = sum(wanted in _settled(day, order) for day in everywhere)
    if uses > sum(wanted in _settled(day, order) for day in others):
        return CANNOT_CHECK
    only = stated[0] if len(set(stated)) == 1 else frozenset()
    return differs(next(iter(only)) if len(only) == 1 else None)


def _days_after(heads: Sequence[Labelled], say: Say) -> list[Day]:
    """Days that stand directly after labels of that kind."""
    return [day for head in heads if say in head.says for day in _labelled_day(head)]


def _labelled_day(head: Labelled) -> Iterator[Day]:
    first = next(iter(days_in(head.text)), None)
    if first is not None and not head.text[: first.start].strip(_LEADING):
        yield first


def _letter_days(pages: Pages) -> Iterator[Day]:
    """Days as a letter has them: "Göteborg, den 28 september 2026"."""
    for page in pages:
        for row in page:
            for cell in row:
                text = plain(cell.text)
                for day in days_in(text):
                    if _LETTER_DATE.match(text[: day.start]) and not text[day.end :].strip():
                        yield day


def _order(days: Sequence[Day]) -> str | None:
    """Whether this text has the day or the month first, where one of its days tells."""
    told = {day.by_order[0][0] for day in days if len(day.by_order) == 1}
    return told.pop() if len(told) == 1 else None


def _settled(day: Day, order: str | None) -> frozenset[dt.date]:
    by_order = dict(day.by_order)
    return frozenset({by_order[order]}) if len(by_order) > 1 and order in by_order else day.days


def compare_currency(claimed: Claimed, sums: Sums, heads: Sequence[Labelled], pages: Pages, whole: bool) -> Compared:
    """Whether codes or signs stand for this currency alone: in the rows of sums, else in labels, else anywhere."""
    wanted = claimed.currency
    anywhere = list(_anywhere(sums, pages))
    labels = [*_after_label(heads), *_in_labels(pages)]
    for units in (list(_of_sums(sums, pages)), labels, anywhere):
        sure = [unit for unit in units if len(unit) == 1]
        if not units or (units is anywhere and not whole):
            continue
        if sure and all(wanted in unit for unit in units):
            return AGREES
        if not any(wanted in unit for unit in units):
            return _another(wanted, units, anywhere, pages, whole)
        if sure:
            return CANNOT_CHECK  # several currencies, or signs of several
    return CANNOT_CHECK


def _another(
    wanted: str, units: Sequence[frozenset[str]], anywhere: Sequence[frozenset[str]], pages: Pages, whole: bool
) -> Compared:
    """What is said where the sums, labels or amounts have other currencies only."""
    of_pounds = wanted in _POUNDS and any("GBP" in unit for unit in units)
    if not whole or of_pounds or any(wanted in unit for unit in anywhere) or _is_mentioned(wanted, pages):
        return CANNOT_CHECK
    only = set(units)
    return differs(min(units[0]) if len(only) == 1 and len(units[0]) == 1 else None)


def _of_sums(sums: Sums, pages: Pages) -> Iterator[frozenset[str]]:
    """Currencies in the rows of labelled sums."""
    for page, row in dict.fromkeys(found.row for found in sums.found if found.role not in (None, Role.OTHER)):
        for cell in pages[page][row]:
            yield from (unit for _, _, unit in currencies_in(plain(cell.text)))


def _after_label(heads: Sequence[Labelled]) -> Iterator[frozenset[str]]:
    for head in heads:
        if Say.CURRENCY in head.says:
            yield from (unit for start, _, unit in currencies_in(head.text) if start <= _SCREEN)


def _in_labels(pages: Pages) -> Iterator[frozenset[str]]:
    """Currencies in the heads of columns: "Amount SEK", or "SEK" alone."""
    for page in pages:
        for row in page:
            for cell in row:
                text = plain(cell.text)
                units = [unit for _, _, unit in currencies_in(text)]
                if units and not any(c.isdecimal() for c in text) and says_of(text) is not None:
                    yield from units


def _anywhere(sums: Sums, pages: Pages) -> Iterator[frozenset[str]]:
    """Currencies beside amounts and in short pieces of text."""
    yield from (found.amount.currencies for found in sums.found if found.amount.currencies)
    for page in pages:
        for row in page:
            for cell in row:
                text = plain(cell.text)
                if len(text) <= _LONGEST:
                    yield from (unit for _, _, unit in currencies_in(text))


def _is_mentioned(currency: str, pages: Pages) -> bool:
    free = re.compile(rf"(?<![A-Z]){re.escape(currency)}(?![A-Z])")
    return any(free.search(plain(cell.text)) for page in pages for row in page for cell in row)
