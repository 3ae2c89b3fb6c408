"""The programme's calendar: the published table, and laws that hold on every day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.model import Period
from poe_pack.rulebook import Calendar, UnknownValue, load_rulebook

BOOK = load_rulebook("microsoft-coop", Path("/nowhere"))
CALENDAR = Calendar(BOOK)

# Earned in, its days; used in, its days; claim window; usage end and 45 days; approval at the latest; retention of the
# first and last day of use. From Microsoft's Overview of co-op claims; its rows end with FY22 H2 (read until 2022) and
# FY24 H2 (April 2023), later ones follow by the same rule. The days of approval are a partner's (365 Talent Portal).
TABLE = """
FY21 H1  2020-07-01..2020-12-31  FY21 H2  2021-01-01..2021-06-30  2021-02-16..2021-08-15  2021-08-14  2021-09-30  2023-01-01  2023-06-30
FY21 H2  2021-01-01..2021-06-30  FY22 H1  2021-07-01..2021-12-31  2021-08-16..2022-02-15  2022-02-14  2022-03-31  2023-07-01  2023-12-31
FY22 H1  2021-07-01..2021-12-31  FY22 H2  2022-01-01..2022-06-30  2022-02-16..2022-08-15  2022-08-14  2022-09-30  2024-01-01  2024-06-30
FY22 H2  2022-01-01..2022-06-30  FY23 H1  2022-07-01..2022-12-31  2022-08-16..2023-02-15  2023-02-14  2023-03-31  2024-07-01  2024-12-31
FY23 H1  2022-07-01..2022-12-31  FY23 H2  2023-01-01..2023-06-30  2023-02-16..2023-08-15  2023-08-14  2023-09-30  2025-01-01  2025-06-30
FY23 H2  2023-01-01..2023-06-30  FY24 H1  2023-07-01..2023-12-31  2023-08-16..2024-02-15  2024-02-14  2024-03-31  2025-07-01  2025-12-31
FY24 H1  2023-07-01..2023-12-31  FY24 H2  2024-01-01..2024-06-30  2024-02-16..2024-08-15  2024-08-14  2024-09-30  2026-01-01  2026-06-30
FY24 H2  2024-01-01..2024-06-30  FY25 H1  2024-07-01..2024-12-31  2024-08-16..2025-02-15  2025-02-14  2025-03-31  2026-07-01  2026-12-31
FY25 H1  2024-07-01..2024-12-31  FY25 H2  2025-01-01..2025-06-30  2025-02-16..2025-08-15  2025-08-14  2025-09-30  2027-01-01  2027-06-30
FY25 H2  2025-01-01..2025-06-30  FY26 H1  2025-07-01..2025-12-31  2025-08-16..2026-02-15  2026-02-14  2026-03-31  2027-07-01  2027-12-31
FY26 H1  2025-07-01..2025-12-31  FY26 H2  2026-01-01..2026-06-30  2026-02-16..2026-08-15  2026-08-14  2026-09-30  2028-01-01  2028-06-30
FY26 H2  2026-01-01..2026-06-30  FY27 H1  2026-07-01..2026-12-31  2026-08-16..2027-02-15  2027-02-14  2027-03-31  2028-07-01  2028-12-31
FY27 H1  2026-07-01..2026-12-31  FY27 H2  2027-01-01..2027-06-30  2027-02-16..2027-08-15  2027-08-14  2027-09-30  2029-01-01  2029-06-30
FY27 H2  2027-01-01..2027-06-30  FY28 H1  2027-07-01..2027-12-31  2027-08-16..2028-02-15  2028-02-14  2028-03-31  2029-07-01  2029-12-31
"""  # noqa: E501  a table is read across
ROWS = [row.split("  ") for row in TABLE.strip().splitlines()]

days = st.dates(date(2018, 9, 4), date(2090, 12, 31))
labels = st.builds("FY{:02d} H{}".format, st.integers(20, 90), st.integers(1, 2))


def span(text: str) -> tuple[date, date]:
    first, last = map(date.fromisoformat, text.split(".."))
    return first, last


def period(label: str) -> Period:
    found = CALENDAR.period(label)
    assert found is not None
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_table(row: list[str]) -> None:
    earned, earned_days, used, used_days, window_days, soft, approval, first_kept, last_kept = row
    assert (period(earned).first, period(earned).last) == span(earned_days)
    usage = period(used)
    assert (usage.first, usage.last) == span(used_days)
    assert CALENDAR.usage_period(period(earned)) == usage
    assert CALENDAR.earning_period(usage) == period(earned)
    window, value = CALENDAR.claim_window(usage)
    assert (window.label, window.first, window.last) == (used, *span(window_days))
    assert value.source.id == ("claims-2020-09" if usage.first < date(2023, 4, 19) else "claims-2023-04")
    # The table closes a day later than the 45 days of other pages.
    assert window.last == date.fromisoformat(soft) + timedelta(days=1)
    assert last_day("claim_approval", window.last) == date.fromisoformat(approval)
    advised = dict(last_days("co_op_management", usage_period_end=usage.last))
    assert advised["advised_window"] == date.fromisoformat(soft)
    assert CALENDAR.keep_until(usage.first) == date.fromisoformat(first_kept)
    assert CALENDAR.keep_until(usage.last) == date.fromisoformat(last_kept)


def last_day(kind: str, anchor: date) -> date | None:
    found = CALENDAR.last_day(kind, date(2026, 9, 1), anchor)
    return None if found is None else found.day


def last_days(flow: str, **anchors: date) -> list[tuple[str, date]]:
    return [(last.kind, last.day) for last in CALENDAR.last_days(date(2026, 9, 1), flow, anchors)]


# --- halves and years ---------------------------------------------------------------------------------------


@given(days)
def test_every_day_lies_in_exactly_one_half(day: date) -> None:
    own = CALENDAR.period_of(day)
    assert day in own
    around = [CALENDAR.period_of(edge) for edge in (own.first - timedelta(days=1), own.last + timedelta(days=1))]
    assert all(day not in other and other.label != own.label for other in around)
    assert period(own.label) == own


@given(labels)
def test_halves_follow_one_another_and_make_a_year(label: str) -> None:
    half = period(label)
    next_half = CALENDAR.period_of(half.last + timedelta(days=1))
    assert next_half.first == half.last + timedelta(days=1)
    year = CALENDAR.program_year(label[:4])
    assert year is not None
    assert (year.first.month, year.first.day) == (7, 1)
    assert (year.last.month, year.last.day) == (6, 30)
    assert year.last.year == 2000 + int(label[2:4])
    assert half.first in year
    assert half.last in year


@pytest.mark.parametrize("label", ["", "FY27", "FY27 H3", "FY2027 H1", "fy27 h1", "FY27 H1 ", "FY27 H1\n", "FY٢٧ H1"])
def test_labels_of_another_form_name_no_half(label: str) -> None:
    assert CALENDAR.period(label) is None


@pytest.mark.parametrize("label", ["27", "FY27 H1", "FY27\n"])
def test_labels_of_another_form_name_no_year(label: str) -> None:
    assert CALENDAR.program_year(label) is None


@pytest.mark.parametrize("day", [date(2000, 6, 30), date(1999, 12, 31), date(2099, 12, 31)])
def test_days_that_no_label_can_name_are_unknown(day: date) -> None:
    with pytest.raises(UnknownValue):
        CALENDAR.period_of(day)


# --- window and retention -----------------------------------------------------------------------------------


@given(labels)
def test_the_window_opens_within_the_usage_half_and_closes_after_it(label: str) -> None:
    usage = period(label)
    window, _ = CALENDAR.claim_window(usage)
    assert usage.first < window.first <= usage.last < window.last
    following, _ = CALENDAR.claim_window(CALENDAR.period_of(usage.last + timedelta(days=1)))
    assert following.first == window.last + timedelta(days=1)


def test_no_source_says_when_claims_were_handed_in_before() -> None:
    with pytest.raises(UnknownValue):
        CALENDAR.claim_window(period("FY19 H1"))


@given(days)
def test_originals_are_kept_for_24_months_clipped_to_the_month(day: date) -> None:
    kept = CALENDAR.keep_until(day)
    assert (kept.year, kept.month) == (day.year + 2, day.month)
    assert kept.day == min(day.day, monthrange(kept.year, kept.month)[1])


def test_a_leap_day_is_kept_to_the_last_day_of_february() -> None:
    assert CALENDAR.keep_until(date(2024, 2, 29)) == date(2026, 2, 28)


# --- last days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flow", "anchor", "day", "kind", "last"),
    [
        ("plan_management", "campaign_start", date(2026, 9, 1), "plan_claim", date(2027, 2, 28)),
        ("plan_management", "submitted", date(2026, 9, 30), "plan_review", date(2026, 10, 31)),
        ("plan_management", "submitted", date(2027, 1, 31), "plan_review", date(2027, 2, 28)),
        ("plan_management", "approved", date(2026, 12, 31), "plan_payment", date(2027, 1, 15)),
        ("co_op_management", "activity_date", date(2026, 9, 17), "advised_claim", date(2026, 11, 1)),
        ("co_op_management", "submitted", date(2026, 11, 20), "co_op_review", date(2026, 11, 24)),
        ("co_op_management", "disputed", date(2026, 11, 20), "dispute_review", date(2026, 11, 27)),
        ("co_op_management", "approved", date(2026, 9, 1), "co_op_payment", date(2026, 11, 3)),
    ],
)
def test_last_days(flow: str, anchor: str, day: date, kind: str, last: date) -> None:
    assert dict(last_days(flow, **{anchor: day}))[kind] == last


def test_the_flows_have_their_own() -> None:
    anchors = {"submitted": date(2026, 9, 1), "campaign_start": date(2026, 9, 1), "approved": date(2026, 9, 1)}
    assert {kind for kind, _ in last_days("plan_management", **anchors)} == {
        "plan_claim",
        "plan_review",
        "plan_payment",
    }
    assert {kind for kind, _ in last_days("co_op_management", **anchors)} == {"co_op_review", "co_op_payment"}


def test_nothing_follows_from_nothing_or_before_the_rulebook_begins() -> None:
    assert not last_days("plan_management")
    assert not list(CALENDAR.last_days(date(2018, 9, 3), "plan_management", {"campaign_start": date(2018, 9, 1)}))


@given(days, st.frozensets(st.integers(0, 20), max_size=6))
def test_business_days_skip_weekends_and_holidays(day: date, off: frozenset[int]) -> None:
    holidays = frozenset(day + timedelta(days=number) for number in off)
    calendar = Calendar(BOOK, holidays)
    found = {last.kind: last for last in calendar.last_days(day, "co_op_management", {"disputed": day})}
    last = found["dispute_review"].day
    assert last.weekday() < 5
    assert last not in holidays
    between = (day + timedelta(days=number) for number in range(1, (last - day).days + 1))
    assert sum(d.weekday() < 5 and d not in holidays for d in between) == 5


@given(days)
def test_a_month_end_is_the_last_day_of_the_next_month(day: date) -> None:
    found = {last.kind: last for last in CALENDAR.last_days(day, "plan_management", {"submitted": day})}
    last = found["plan_review"].day
    assert (last + timedelta(days=1)).day == 1
    assert last.year * 12 + last.month == day.year * 12 + day.month + 1


def test_every_last_day_has_a_name_and_a_source() -> None:
    anchors = ("activity_date", "campaign_start", "usage_period_end", "submitted", "approved", "disputed")
    for flow in ("plan_management", "co_op_management"):
        for last in CALENDAR.last_days(date(2026, 9, 1), flow, dict.fromkeys(anchors, date(2026, 9, 1))):
            assert CALENDAR.name(last.kind).names["en"]
            assert last.value.source.href
            assert last.by in ("partner", "vendor")
            assert last.day >= date(2026, 9, 1)


def test_a_later_version_replaces_the_span_and_inherits_the_rest() -> None:
    calendar = Calendar(load_rulebook("least.yaml", Path(__file__).resolve().parent))
    friday = date(2022, 7, 1)
    days = [calendar.last_day("answer", judged_on, friday) for judged_on in (date(2021, 12, 31), date(2022, 1, 1))]
    assert [last and (last.day, last.by) for last in days] == [
        (date(2022, 7, 6), "vendor"),
        (date(2022, 7, 8), "vendor"),
    ]
    assert calendar.last_day("answer", date(2019, 12, 31), friday) is None
    assert calendar.last_day("no_such", friday, friday) is None
    with pytest.raises(UnknownValue):
        calendar.earning_period(period("FY23 H1"))


@pytest.mark.parametrize(
    ("kind", "anchor", "last"),
    [
        ("plan_submission", date(2027, 6, 30), date(2027, 6, 30)),
        ("plan_resubmission", date(2027, 6, 30), date(2027, 9, 28)),
        ("tax_invoice_payment", date(2026, 11, 20), date(2026, 12, 20)),
        ("claim_approval", date(2026, 2, 15), date(2026, 3, 31)),
        ("claim_approval", date(2026, 8, 15), date(2026, 9, 30)),
    ],
)
def test_last_days_that_no_flow_counts_by_itself(kind: str, anchor: date, last: date) -> None:
    assert last_day(kind, anchor) == last
