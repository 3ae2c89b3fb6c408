"""Finds amounts of money in text, however a country writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

from msgspec import Struct

from poe_pack.evidence.invoices.folding import REMEMBERED, plain

_GROUPING = " '’.,"
_INT = r"\d{1,3}(?P<group>[ '’.,])\d{2,3}(?:(?P=group)\d{2,3})*|\d+"
_NUMBER = re.compile(
    # Neither part of a longer number, reference or date, nor of a word.
    r"(?<![\d])(?<![\d][.,:/'’-])(?<![^\W\d_])(?<![^\W\d_][.-])(?P<sign>[-−–]\s?)?(?P<open>\()?"
    rf"(?P<int>{_INT})"
    r"(?:(?P<mark>[.,:])(?P<cents>\d{1,4}|[-–—]{1,2})(?!\d))?"
    r"(?P<close>\))?(?P<after>[-−](?![\w]))?"
    r"(?![\d])(?![.,:/'’-]\d)"
)
_TIME = re.compile(r"\d{1,2}:\d\d")
_PERCENT = re.compile(r"\s?[%‰]")
_UNIT = re.compile(r"\s?([^\W\d_]+)")
_LONGEST = 18

# What a sign may stand for. Where it is more than one, the paper does not say which.
SIGNS: dict[str, frozenset[str]] = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "$": frozenset("USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BBD BSD BZD JMD LRD NAD TTD".split()),
    "$us": frozenset({"USD"}),
    "$ca": frozenset({"CAD"}),
    "$au": frozenset({"AUD"}),
    "£gb": frozenset({"GBP"}),
    "us$": frozenset({"USD"}),
    "ca$": frozenset({"CAD"}),
    "c$": frozenset({"CAD"}),
    "a$": frozenset({"AUD"}),
    "au$": frozenset({"AUD"}),
    "hk$": frozenset({"HKD"}),
    "nz$": frozenset({"NZD"}),
    "s$": frozenset({"SGD"}),
    "nt$": frozenset({"TWD"}),
    "r$": frozenset({"BRL"}),
    "¥": frozenset({"CNY", "JPY"}),
    "cn¥": frozenset({"CNY"}),
    "jp¥": frozenset({"JPY"}),
    "₹": frozenset({"INR"}),
    "zł": frozenset({"PLN"}),
    "kč": frozenset({"CZK"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "skr": frozenset({"SEK"}),
    "nkr": frozenset({"NOK"}),
    "dkr": frozenset({"DKK"}),
    "ikr": frozenset({"ISK"}),
    "kronor": frozenset({"SEK"}),
    "kroner": frozenset({"NOK", "DKK"}),
    "fr": frozenset({"CHF"}),
    "sfr": frozenset({"CHF"}),
    "euro": frozenset({"EUR"}),
    "euros": frozenset({"EUR"}),
    "元": frozenset({"CNY", "TWD", "HKD", "MOP"}),
    "圆": frozenset({"CNY"}),
    "人民币": frozenset({"CNY"}),
    "美元": frozenset({"USD"}),
    "欧元": frozenset({"EUR"}),
    "瑞典克朗": frozenset({"SEK"}),
    "英镑": frozenset({"GBP"}),
    "円": frozenset({"JPY"}),
    "rmb": frozenset({"CNY"}),
}


Unit = tuple[int, int, frozenset[str]]
"""Where a code or sign of a currency is, and what it may stand for."""


class Amount(Struct, frozen=True):
    """A number that may be money, at `start` to `end` of the plain text (its currency included).

    `value` is what it most likely says and `others` what else it may; `currencies` are those that a sign or code
    beside it stands for, empty without one. `is_money` is False for a bare whole number, which may count anything.
    """

    value: Decimal
    others: frozenset[Decimal]
    currencies: frozenset[str]
    is_money: bool
    start: int
    end: int

    @property
    def readings(self) -> frozenset[Decimal]:
        return self.others | {self.value}


@cache
def codes() -> frozenset[str]:
    """ISO codes of currencies."""
    from babel.numbers import list_currencies

    return frozenset(code for code in list_currencies() if len(code) == 3)


@cache
def _unit() -> re.Pattern[str]:
    signs = sorted((re.escape(sign) for sign in SIGNS), key=len, reverse=True)
    iso = "|".join(sorted(codes()))
    return re.compile(rf"(?:(?<![^\W\d_])(?:{iso})(?![^\W\d_])|(?i:{'|'.join(signs)})(?![a-zåäöü]))\.?")


@lru_cache(REMEMBERED)
def currencies_in(text: str) -> tuple[Unit, ...]:
    """Codes and signs in a plain text: where each is, and what it may stand for."""
    return tuple(_units(text))


def _units(text: str) -> Iterator[Unit]:
    for match in _unit().finditer(text):
        unit = match[0].removesuffix(".")
        before = text[match.start() - 1 : match.start()]
        if unit in codes():
            yield match.start(), match.end(), frozenset({unit})
        elif not (unit[0].isascii() and unit[0].isalpha() and before.isalpha()):
            yield match.start(), match.end(), SIGNS[unit.lower()]


@lru_cache(REMEMBERED)
def amounts_in(text: str) -> tuple[Amount, ...]:
    """Amounts in a text, from left to right. Places count in `plain(text)`; percentages and times are none."""
    text = plain(text)
    units = currencies_in(text)
    found = []
    for match in _NUMBER.finditer(_without(text, units)):
        if _PERCENT.match(text, match.end()) or len(match["int"]) > _LONGEST:
            continue
        readings = list(_readings(match))
        if readings:
            found.append(_amount(text, match, readings, units))
    return tuple(found)


def _without(text: str, units: tuple[Unit, ...]) -> str:
    """The text with a mark in place of each currency, so that "EUR5.00" is no word."""
    for start, end, _ in units:
        text = f"{text[:start]}{'¤' * (end - start)}{text[end:]}"
    return text


def _amount(text: str, match: re.Match[str], readings: list[Decimal], units: tuple[Unit, ...]) -> Amount:
    start, end = match.span()
    before = next((unit for unit in units if not text[unit[1] : start].strip(" :(-") and unit[1] <= start), None)
    after = next((unit for unit in units if unit[0] >= end and not text[end : unit[0]].strip(" )")), None)
    # A blank parts "1 234.00" and "EUR 5.00" in one cell; the nearer sign is the number's own.
    beside = [unit for unit in (before, after) if unit is not None]
    currencies = frozenset[str]().union(*(unit[2] for unit in beside)) if len(beside) == 1 else frozenset()
    if len(beside) == 2:
        currencies = (before or beside[0])[2] & (after or beside[0])[2] or (after or beside[0])[2]
    start, end = min([start, *(u[0] for u in beside)]), max([end, *(u[1] for u in beside)])
    negative = bool(match["sign"] or match["after"] or (match["open"] and match["close"]))
    values = [-value for value in readings] if negative else readings
    # A dash may be a hyphen before the number: what it says without a sign is possible, too.
    others = frozenset(values[1:]) | (frozenset(readings) if negative else frozenset())
    is_money = (bool(match["mark"]) and not _TIME.fullmatch(match[0])) or bool(beside)
    is_money = is_money or (match["group"] is not None and match["group"] != " ")
    return Amount(values[0], others - {values[0]}, currencies, is_money, start, end)


def _readings(match: re.Match[str]) -> Iterator[Decimal]:
    """What a number may say, the likeliest first; nothing where it is no number that people write."""
    whole, group, mark, cents = match["int"], match["group"], match["mark"], match["cents"] or ""
    if group is not None and mark == group:
        return  # 1.234.5: a version or a date
    if group is None:
        yield from _ungrouped(whole, mark, cents)
        return
    parts = whole.split(group)
    fraction = "" if cents.strip("-–—") == "" else cents
    if mark is not None and len(fraction) > 2 and len(fraction) != 3:
        return
    if _is_grouped(parts):
        if group in ".," and mark is None and len(parts) == 2:
            yield Decimal("".join(parts))
            yield Decimal(f"{parts[0]}.{parts[1]}")
            return
        yield _decimal("".join(parts), fraction)
    if group == " ":
        # A quantity may stand before: "2 500,00" is two and five hundred, or two thousand five hundred.
        for first in range(1, len(parts)):
            rest = parts[first:]
            if len(rest) == 1 or _is_grouped(rest):
                yield _decimal("".join(rest), fraction)
    elif len(parts) == 2 and mark is None and len(parts[1]) == 2:
        yield Decimal(f"{parts[0]}.{parts[1]}")  # 12,50


def _ungrouped(whole: str, mark: str | None, cents: str) -> Iterator[Decimal]:
    if mark is None or cents.strip("-–—") == "":
        yield Decimal(whole)
    elif mark == ":":
        if len(cents) == 2:
            yield Decimal(f"{whole}.{cents}")
    else:
        if len(cents) == 3 and len(whole) <= 3:
            yield Decimal(whole + cents)
        yield Decimal(f"{whole}.{cents}")


def _is_grouped(parts: list[str]) -> bool:
    """Groups of three, or as in India of two before the last three."""
    *middle, last = parts[1:]
    if len(last) != 3 or (len(parts[0]) > 1 and parts[0].startswith("0")):
        return False
    return all(len(part) == 3 for part in middle) or (all(len(part) == 2 for part in middle) and len(parts[0]) <= 2)


def _decimal(whole: str, fraction: str) -> Decimal:
    return Decimal(f"{whole}.{fraction}") if fraction else Decimal(whole)
