"""An invoice is claimed once: an honest split never is a finding, anything above it always is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from poe_pack.model import Claim
from poe_pack.rules.base import Hit
from tests.rules.contexts import make_claim, make_repository, rule

CENT = Decimal("0.01")


def hits(claims: list[Claim]) -> list[Hit]:
    finish = rule("POE410").finish
    assert finish is not None
    return list(finish(make_repository(claims)))


def above_net(claims: list[Claim]) -> list[Hit]:
    """Lines claimed above their own net, which is another rule's finding."""
    check = rule("POE403").check
    assert check is not None
    return [hit for context in make_repository(claims).claims for hit in check(context.claim, context)]


Shares = list[list[Decimal]]  # by claim, then by line


@st.composite
def splits(draw: st.DrawFn) -> tuple[list[Decimal], Shares]:
    """Nets of an invoice's lines, and for two to four claims their shares, which add up to the nets at most."""
    nets = draw(st.lists(st.integers(1, 99_999).map(lambda cents: cents * CENT), min_size=1, max_size=4))
    count = draw(st.integers(2, 4))
    shares: Shares = [[] for _ in range(count)]
    for net in nets:
        cuts = sorted(draw(st.lists(st.integers(0, int(net / CENT)), min_size=count, max_size=count)))
        for claim, (low, high) in zip(shares, zip([0, *cuts], cuts, strict=False), strict=True):
            claim.append((high - low) * CENT)
    return nets, shares


def claim(number: int, nets: list[Decimal], shares: list[Decimal], handed_in: int | None, **more: Any) -> Claim:
    lines = [
        {"description": "x", "net": str(net), "claimed": str(share)} for net, share in zip(nets, shares, strict=True)
    ]
    invoice = {"number": "10482", "vendor": {"name": "Vendor"}, "currency": "USD", "lines": lines}
    history = [] if handed_in is None else [{"at": f"2026-10-{handed_in:02d}T08:00:00Z", "status": "submitted"}]
    status = "editing" if handed_in is None else "submitted"
    return make_claim(f"c{number}", third_party_invoices=[invoice], history=history, **({"status": status} | more))


def claims(data: st.DataObject, nets: list[Decimal], shares: Shares) -> list[Claim]:
    """Claims with these shares, some handed in, in any order."""
    days = [data.draw(st.none() | st.integers(1, 28)) for _ in shares]
    made = [claim(number, nets, part, days[number]) for number, part in enumerate(shares)]
    return data.draw(st.permutations(made))


@given(st.data(), splits())
def test_an_honest_split_is_allowed(data: st.DataObject, split: tuple[list[Decimal], Shares]) -> None:
    made = claims(data, *split)
    assert not hits(made)
    assert not above_net(made)


@given(st.data(), splits())
def test_a_cent_above_is_found_in_any_order(data: st.DataObject, split: tuple[list[Decimal], Shares]) -> None:
    nets, shares = split
    line = data.draw(st.integers(0, len(nets) - 1))
    used = sum((part[line] for part in shares), Decimal(0))
    # The rest of the line and a cent more, on a claim that does not claim all of it alone.
    number = min(range(len(shares)), key=lambda index: shares[index][line])
    shares[number][line] += nets[line] - used + CENT
    made = claims(data, nets, shares)
    found = hits(made)
    assert found or above_net(made)
    assert {hit.path for hit in found} <= {f"/third_party_invoices/0/lines/{line}/claimed"}
    assert found == hits(made[::-1])


@given(st.data(), splits())
def test_a_rejected_claim_takes_nothing(data: st.DataObject, split: tuple[list[Decimal], Shares]) -> None:
    nets, shares = split
    made = [claim(number, nets, part, None) for number, part in enumerate(shares)]
    made += [claim(9, nets, nets, 1, status="rejected")]
    assert not hits(data.draw(st.permutations(made)))


@given(st.lists(st.integers(1, 9_999), min_size=2, max_size=2, unique=True), st.booleans())
def test_where_the_lines_were_copied_differently_the_sums_count(cents: list[int], is_above: bool) -> None:
    whole, part = sorted((value * CENT for value in cents), reverse=True)
    # One claim has the invoice in one line, the other only the line that it claims.
    first = claim(0, [whole], [whole - part + (CENT if is_above else 0)], None)
    second = claim(1, [part], [part], None)
    assert bool(hits([first, second])) == is_above
    assert bool(hits([second, first])) == is_above
