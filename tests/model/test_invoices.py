"""One invoice is recognised however its vendor is written."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.model import ThirdPartyInvoice
from poe_pack.model.invoices import same_invoices
from poe_pack.model.read_claim import read_claim

PLAIN = read_claim(
    {"third_party_invoices": [{"number": "10482", "vendor": {"name": "Vasaplatsen Konferens AB"}}]}, "a", "a", "a"
).third_party_invoices[0]


def groups(*invoices: ThirdPartyInvoice) -> list[list[int]]:
    return [[index for index, _ in group] for group in same_invoices(list(enumerate(invoices)))]


def test_case_and_spaces_do_not_count() -> None:
    other = replace(PLAIN, vendor_name="VASAPLATSEN  Konferens ab", number=" 10482")
    assert groups(PLAIN, other) == [[0, 1]]


def test_another_number_is_another_invoice() -> None:
    assert groups(PLAIN, replace(PLAIN, number="10483")) == [[0], [1]]


def test_a_tax_id_in_one_claim_only() -> None:
    assert groups(PLAIN, replace(PLAIN, vendor_tax_id="SE1")) == [[0, 1]]


def test_a_tax_id_joins_two_names() -> None:
    first = replace(PLAIN, vendor_tax_id="SE1")
    second = replace(PLAIN, vendor_tax_id="se 1", vendor_name="Vasaplatsen")
    third = replace(PLAIN, vendor_name="Vasaplatsen")
    assert groups(first, third, second) == [[0, 1, 2]]


def test_two_vendors_of_one_name() -> None:
    one, other = replace(PLAIN, vendor_tax_id="SE1"), replace(PLAIN, vendor_tax_id="SE2")
    assert groups(one, other, PLAIN, PLAIN) == [[0], [1], [2, 3]]


INVOICES = st.builds(
    lambda number, name, tax: replace(PLAIN, number=number, vendor_name=name, vendor_tax_id=tax),
    st.sampled_from("12"),
    st.sampled_from("AB"),
    st.sampled_from([None, "x", "y"]),
)


@given(st.lists(INVOICES, max_size=8), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_order(invoices: list[ThirdPartyInvoice], random: Random) -> None:
    shuffled = list(enumerate(invoices))
    random.shuffle(shuffled)
    found = {frozenset(index for index, _ in group) for group in same_invoices(shuffled)}
    assert found == {frozenset(group) for group in groups(*invoices)}
    assert sorted(index for group in found for index in group) == list(range(len(invoices)))
