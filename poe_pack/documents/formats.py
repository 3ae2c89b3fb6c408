"""The `format`s that our schemas use, each really checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})\Z")
# The codes of ISO 4217 in which money can be paid, with those that ended since 2020: old claims keep theirs.
_CURRENCIES = frozenset(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY"
    " COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR"
    " ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK"
    " MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF"
    " SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU"
    " UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ANG BGN HRK SLL ZWL".split()
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+\Z")


def _is_date(text: str) -> bool:
    return bool(_DATE.match(text)) and _of_this_century(date.fromisoformat, text)


def _is_instant(text: str) -> bool:
    return bool(_INSTANT.match(text)) and _of_this_century(datetime.fromisoformat, text)


def _is_email(text: str) -> bool:
    return bool(_EMAIL.match(text))


def _is_https(text: str) -> bool:
    """Only web addresses: anything else could act when somebody clicks it in a packet."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not re.search(r"\s", text)


def _is_currency(text: str) -> bool:
    return text in _CURRENCIES


def _of_this_century(parse: Callable[[str], date], text: str) -> bool:
    """Whether it exists, in a year that `FY27` can name: a slip such as 0206 or 9999 would only upset deadlines."""
    try:
        return 2000 <= parse(text).year < 2100
    except ValueError:
        return False


CHECKS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_instant,
    "email": _is_email,
    "uri": _is_https,
    "currency": _is_currency,
}
