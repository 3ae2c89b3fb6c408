"""Bars and time axis: nothing is drawn outside, nothing overlaps."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from poe_pack.report.charts import Axis, fund_bar, fund_scale, time_axis
from poe_pack.report.facts import StatusFacts, status_facts
from tests.report.samples import AS_OF, funds_result, whole

_money = st.decimals(min_value=0, max_value=10**9, places=2)
_accounts = st.lists(
    st.tuples(
        st.decimals(min_value=-(10**6), max_value=10**9, places=2),
        _money,
        _money,
        _money,
        st.sampled_from(["FY27 H1", "FY26 H2"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(_accounts)
def test_parts_follow_one_another_and_end_inside_the_bar(
    accounts: list[tuple[Decimal, Decimal, Decimal, Decimal, str]],
) -> None:
    funds = [
        funds_result(str(number), f"{available}", f"{a}", f"{r}", f"{d}", usage_period=period)
        for number, (available, a, r, d, period) in enumerate(accounts)
    ]
    rows = status_facts(whole([], funds), None).funds
    scale = fund_scale(rows)
    for row in rows:
        bar = fund_bar(row, scale)
        end = Decimal(0)
        for part in bar.segments:
            assert part.start == end
            assert part.width > 0
            end = part.end
        assert bar.end == end <= 100
        assert bar.limit is None or (row.over > 0 and 0 <= bar.limit <= bar.end)


def test_bars_of_a_currency_share_one_scale(everyday: StatusFacts) -> None:
    scale = fund_scale(everyday.funds)
    ends = {row.id: fund_bar(row, scale).end for row in everyday.funds}
    assert ends["hosting-fy27-h1"] == max(ends.values())
    share = ends["csp-fy27-h1"] / ends["hosting-fy27-h1"]
    assert abs(share - Decimal("31250.00") / Decimal("48600.00")) < Decimal("0.001")


def test_an_account_of_nothing_has_an_empty_bar() -> None:
    (row,) = status_facts(whole([], [funds_result("f", "0", "0", "0", "0")]), None).funds
    assert fund_bar(row, Decimal(0)).segments == ()


def test_the_ticks_of_an_ordinary_axis(everyday: StatusFacts) -> None:
    axis = time_axis(AS_OF, everyday.claims)
    assert axis is not None
    days = [date(2026, 11, 21), date(2026, 12, 15), date(2027, 1, 15), date(2027, 2, 15)]
    assert [tick.day for tick in axis.ticks()] == days


@given(st.dates(date(2000, 1, 31), date(2090, 1, 1)), st.integers(7, 20000))
def test_ticks_keep_their_distance(first: date, span: int) -> None:
    axis = Axis(first, first + timedelta(days=span))
    ticks = axis.ticks()
    assert (ticks[0].day, ticks[-1].day) == (axis.first, axis.last)
    gaps = [later.at - earlier.at for earlier, later in itertools.pairwise(ticks)]
    assert all(gap >= 25 for gap in gaps)
    assert all(0 <= tick.at <= 100 for tick in ticks)


def test_days_outside_lie_at_the_ends() -> None:
    axis = Axis(AS_OF, AS_OF + timedelta(days=30))
    assert axis.at(AS_OF - timedelta(days=9)) == axis.at(AS_OF) > 0
    assert axis.at(AS_OF + timedelta(days=99)) == axis.at(axis.last) < 100


def test_no_axis_without_days() -> None:
    assert time_axis(AS_OF, ()) is None
