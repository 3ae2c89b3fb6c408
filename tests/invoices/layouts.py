"""Five ways to set out an invoice on paper, as far from each other as those that arrive by mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from tests.invoices.drawing import Put
from tests.invoices.papers import WORDS, Line, Paper, amount, long_day, short_day, wide

Pages = list[list[Put]]
Layout = Callable[[Paper, str], Pages]


def rows(paper: Paper, country: str) -> Pages:
    """Labels to the left of their values, sums to the right below the table."""
    words = WORDS[paper.language]
    puts = [Put(40, 800, paper.seller, 14), Put(40, 784, f"{paper.place} · {words['vat']} {paper.tax_id}", 7)]
    puts.append(Put(400, 800, words["title"], 18))
    puts += _pairs(
        [
            (words["number"], paper.number),
            (words["date"], short_day(paper.date, country)),
            (words["due"], short_day(paper.due, country)),
            (words["order"], paper.order),
            (words["customer"], paper.customer),
            (words["served"], short_day(paper.served, country)),
        ],
        340,
        470,
        760,
    )
    puts += _buyer(paper, 40, 740)
    y = _table(puts, paper, country, 620)
    y = _put_sum(puts, words["net2"], amount(paper.net, country), y - 20)
    for rate, (_, tax) in paper.by_rate.items():
        y = _put_sum(puts, f"{words['tax']} {rate} %", amount(tax, country), y)
    y = _put_sum(puts, f"{words['total2']}  {paper.currency}", amount(paper.total, country), y)
    puts += _foot(paper, 60)
    return [puts]


def columns(paper: Paper, country: str) -> Pages:
    """Labels above their values, in the head and in the foot."""
    words = WORDS[paper.language]
    puts = [Put(40, 800, words["title"], 20), Put(300, 802, paper.seller, 11), Put(300, 790, paper.place, 8)]
    heads = [
        (words["number2"], paper.number),
        (words["date"], long_day(paper.date, country)),
        (words["due"], long_day(paper.due, country)),
        (words["order"], paper.order),
    ]
    for x, (label, value) in zip((40, 170, 310, 450), heads, strict=True):
        puts += [Put(x, 740, label, 7), Put(x, 726, value, 9)]
    puts += _buyer(paper, 40, 690)
    _table(puts, paper, country, 600)
    feet = [
        (words["net2"], amount(paper.net, country)),
        (words["tax"], amount(paper.tax, country)),
        (f"{words['due_sum']} {paper.currency}", amount(paper.total, country)),
    ]
    for x, (label, value) in zip((180, 330, 555), feet, strict=True):
        puts += [Put(x, 240, label, 8, right=True), Put(x, 226, value, 10, right=True)]
    puts += _foot(paper, 60)
    return [puts]


def letter(paper: Paper, country: str) -> Pages:
    """A letter: place and day, the number in the title, sums in sentences of one piece."""
    words = WORDS[paper.language]
    puts = [Put(40, 800, f"{paper.seller}, {paper.place}", 8), *_buyer(paper, 40, 750, label=False)]
    puts.append(Put(380, 690, f"{paper.place}, {long_day(paper.date, country)}"))
    gap = "" if paper.language == "zh" else " "
    puts.append(Put(40, 650, f"{words['invoice']}{gap}{paper.number}", 15))
    puts.append(
        Put(40, 630, f"{words['order']}: {paper.order}   {words['served']}: {long_day(paper.served, country)}", 8)
    )
    y = 600
    for line in paper.lines:
        puts += [Put(40, y, line.text), Put(555, y, f"{amount(line.net, country)} {paper.currency}", right=True)]
        y -= 16
    y -= 10
    for rate, (_, tax) in paper.by_rate.items():
        puts.append(Put(40, y, f"{words['tax']} {rate} %: {amount(tax, country)} {paper.currency}"))
        y -= 14
    puts.append(Put(40, y, f"{words['total']}: {amount(paper.total, country)} {paper.currency}", 11))
    puts.append(Put(40, y - 40, f"{words['due']}: {long_day(paper.due, country)}. {words['thanks']}", 8))
    return [puts]


def dense(paper: Paper, country: str) -> Pages:
    """Everything close together, digits set one by one, taxes in a table by rate, another currency in brackets."""
    words = WORDS[paper.language]
    head = (
        f"{words['number']}: {paper.number}  {words['date']}: {short_day(paper.date, country)}  "
        f"{words['due']}: {short_day(paper.due, country)}  {words['customer']}: {paper.customer}"
    )
    puts = [
        Put(40, 810, head, 7),
        Put(40, 790, paper.seller, 9),
        Put(40, 778, paper.place, 7),
        *_buyer(paper, 330, 790, 7),
    ]
    y = _table(puts, paper, country, 730, size=6.5)
    for x, label in ((40, f"{words['tax']} %"), (150, words["net2"]), (260, words["tax"]), (370, words["total"])):
        puts.append(Put(x + 60, y - 16, label, 6.5, right=True))
    y -= 28
    for rate, (net, tax) in paper.by_rate.items():
        values = f"{rate} %", amount(net, country), amount(tax, country), amount(net + tax, country)
        puts += [Put(x, y, value, 6.5, right=True) for x, value in zip((100, 210, 320, 430), values, strict=True)]
        y -= 10
    sums = [(words["net2"], paper.net), (words["tax"], paper.tax), (words["total2"], paper.total)]
    for label, total in sums:
        y -= 12
        puts.append(Put(330, y, label, 7))
        puts += _digit_by_digit(amount(total, country), 540, y, 7)
    other = "EUR" if paper.currency != "EUR" else "USD"
    puts.append(Put(330, y - 12, f"({other} {amount((paper.total / 9).quantize(Decimal('0.01')), country)})", 6))
    puts += _foot(paper, 40)
    return [puts]


def two_pages(paper: Paper, country: str) -> Pages:
    """The table runs over to a second page, and the sums stand there, with the currency beside each."""
    words = WORDS[paper.language]
    shown = wide if paper.language == "zh" else str
    puts = [Put(40, 800, paper.seller, 12), Put(430, 800, words["invoice"], 16)]
    puts += _pairs(
        [
            (f"{words['number2']}:", shown(paper.number)),
            (f"{words['date2']}:", shown(long_day(paper.date, country))),
            (f"{words['due']}:", shown(long_day(paper.due, country))),
            (f"{words['customer']}:", paper.customer),
        ],
        330,
        450,
        770,
    )
    puts += _buyer(paper, 40, 740)
    half = paper.lines[: len(paper.lines) // 2 + 1]
    y = _lines(puts, half, country, 600)
    carried = sum((line.net for line in half), Decimal(0))
    puts += [Put(330, y - 20, words["carried"]), Put(555, y - 20, shown(amount(carried, country)), right=True)]
    second = [Put(40, 800, f"{words['invoice']} {paper.number}", 8), Put(500, 800, f"{words['page']} 2", 8)]
    y = _lines(second, paper.lines[len(half) :], country, 760)
    sums = ((words["net"], paper.net), (words["tax"], paper.tax), (words["due_sum"], paper.total))
    for label, value in sums:
        y -= 18
        second += [Put(330, y, label), Put(555, y, shown(f"{amount(value, country)} {paper.currency}"), right=True)]
    second += _foot(paper, 60)
    return [puts, second]


LAYOUTS: Mapping[str, Layout] = {
    "rows": rows,
    "columns": columns,
    "letter": letter,
    "dense": dense,
    "two pages": two_pages,
}


def _pairs(pairs: list[tuple[str, str]], left: float, right: float, y: float) -> list[Put]:
    puts = []
    for label, value in pairs:
        puts += [Put(left, y, label, 8), Put(right, y, value, 9)]
        y -= 13
    return puts


def _buyer(paper: Paper, x: float, y: float, size: float = 9, *, label: bool = True) -> list[Put]:
    words = WORDS[paper.language]
    puts = [Put(x, y, words["to"], 7)] if label else []
    puts += [Put(x, y - 12, paper.buyer, size), Put(x, y - 24, f"{words['vat']} {paper.buyer_tax_id}", size - 2)]
    return puts


def _table(puts: list[Put], paper: Paper, country: str, y: float, size: float = 9) -> float:
    words = WORDS[paper.language]
    puts.append(Put(40, y, words["item"], size))
    for x, label in (
        (330, words["qty"]),
        (400, words["price"]),
        (470, words["tax"]),
        (555, f"{words['amount']} {paper.currency}"),
    ):
        puts.append(Put(x, y, label, size, right=True))
    for line in paper.lines:
        y -= size + 6
        price = amount((line.net / line.quantity).quantize(Decimal("0.01")), country)
        puts.append(Put(40, y, line.text, size))
        for x, value in (
            (330, str(line.quantity)),
            (400, price),
            (470, f"{line.rate} %"),
            (555, amount(line.net, country)),
        ):
            puts.append(Put(x, y, value, size, right=True))
    return y


def _lines(puts: list[Put], lines: tuple[Line, ...], country: str, y: float) -> float:
    for line in lines:
        y -= 15
        puts += [Put(40, y, line.text), Put(330, y, str(line.quantity), right=True)]
        puts.append(Put(555, y, amount(line.net, country), right=True))
    return y


def _put_sum(puts: list[Put], label: str, value: str, y: float) -> float:
    puts += [Put(330, y, label), Put(555, y, value, right=True)]
    return y - 15


def _digit_by_digit(text: str, right: float, y: float, size: float) -> list[Put]:
    step = size * 0.52
    return [Put(right - step * (len(text) - index), y, c, size) for index, c in enumerate(text) if not c.isspace()]


def _foot(paper: Paper, y: float) -> list[Put]:
    words = WORDS[paper.language]
    return [
        Put(40, y, f"{paper.seller} · {paper.place} · {words['vat']} {paper.tax_id}", 7),
        Put(40, y - 10, "IBAN SE45 5000 0000 0583 9825 7466 · +46 31 390 06 50", 7),
        Put(40, y - 20, words["thanks"], 7),
    ]
