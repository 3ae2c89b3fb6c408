"""What makes two claims one activity claimed twice, and when a file may be in several places."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from poe_pack.evidence.facts import FileFacts, FileState
from poe_pack.rules.base import Hit
from tests.rules.contexts import make_claim, make_repository, rule

CO_OP = {"activity_type": "seminar", "location": "1", "date": "2026-10-16", "amount": "5.00"}
PLANNED = CO_OP | {"flow": "plan_management", "plan": "p", "campaign": "c", "activity": "a"}


def hits(code: str, *claims: dict[str, Any], states: dict[str, FileState] | None = None) -> list[Hit]:
    """What a rule says of these claims, whose files have their last letter as content."""
    made = [make_claim(f"c{number}", **fields) for number, fields in enumerate(claims)]
    repository = make_repository(made)
    contexts = [
        replace(context, files={file: facts(file, (states or {}).get(file)) for _, file in context.claim.files()})
        for context in repository.claims
    ]
    finish = rule(code).finish
    assert finish is not None
    return list(finish(replace(repository, claims=contexts)))


def facts(file: str, state: FileState | None) -> FileFacts:
    state = state or FileState.PRESENT
    return FileFacts(file, state, 1, None, file[-1] if state in (FileState.PRESENT, FileState.EMPTY) else None)


def files(**fields: Any) -> dict[str, Any]:
    return {"activity_type": "seminar"} | fields


def proof(*names: str) -> dict[str, Any]:
    return files(proof_documents=[{"evidence": "event_photo", "files": list(names)}])


def pre_approved(number: str | None, file: str) -> dict[str, Any]:
    return files(pre_approval_id=number, pre_approval={"file": file})


@pytest.mark.parametrize("fields", [CO_OP, PLANNED], ids=["co_op", "planned"])
def test_one_activity_day_and_amount_is_one_claim(fields: dict[str, Any]) -> None:
    (hit,) = hits("POE915", fields, fields)
    assert (hit.file, hit.path, hit.values["claim"]) == ("c1/claim.yaml", "/amount", "c0")


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        *((CO_OP, key, "x") for key in ("activity_type", "location")),
        *((PLANNED, key, "x") for key in ("plan", "campaign", "activity")),
        *((fields, "date", value) for fields in (CO_OP, PLANNED) for value in ("2026-10-17", None)),
        *((fields, "amount", value) for fields in (CO_OP, PLANNED) for value in ("5.01", None)),
        *((fields, "currency", "SEK") for fields in (CO_OP, PLANNED)),
        *((fields, "status", "rejected") for fields in (CO_OP, PLANNED)),
        *((fields, "replaces", "c0") for fields in (CO_OP, PLANNED)),
        (CO_OP, "flow", "plan_management"),
    ],
)
def test_whatever_differs_makes_it_another(fields: dict[str, Any], key: str, value: str | None) -> None:
    assert not hits("POE915", fields, fields | {key: value})
    if key != "replaces":
        assert not hits("POE915", fields | {key: value}, fields)


@pytest.mark.parametrize("key", ["date", "amount"])
def test_what_is_not_known_is_not_the_same(key: str) -> None:
    assert not hits("POE915", CO_OP | {key: None}, CO_OP | {key: None})


@pytest.mark.parametrize("key", ["activity_type", "location"])
def test_in_a_plan_its_activity_decides(key: str) -> None:
    assert hits("POE915", PLANNED, PLANNED | {key: "x"})


def test_a_chain_of_replaced_claims_is_one_claim() -> None:
    chain = [CO_OP, CO_OP | {"replaces": "c0"}, CO_OP | {"replaces": "c1"}]
    assert not hits("POE915", *chain)
    assert [hit.file for hit in hits("POE915", *chain, CO_OP)] == ["c3/claim.yaml"]


def test_claims_that_replace_each_other_or_nobody_come_to_an_end() -> None:
    assert len(hits("POE915", CO_OP | {"replaces": "c1"}, CO_OP | {"replaces": "c0"})) == 1
    assert len(hits("POE915", CO_OP | {"replaces": "c0"}, CO_OP | {"replaces": "gone"})) == 1


def test_the_earlier_submission_comes_first() -> None:
    late = {"status": "submitted", "history": [{"at": "2026-10-20T00:30:00+02:00", "status": "submitted"}]}
    early = {"status": "submitted", "history": [{"at": "2026-10-19T22:15:00Z", "status": "submitted"}]}
    assert [hit.file for hit in hits("POE915", CO_OP, CO_OP | late, CO_OP | early)] == [
        "c1/claim.yaml",
        "c0/claim.yaml",
    ]


def test_what_counts_for_nothing_hides_no_other_claim() -> None:
    rejected = {"status": "rejected", "history": [{"at": "2026-10-19T22:15:00Z", "status": "submitted"}]}
    unknown = {"date": None, "history": [{"at": "2026-10-18T22:15:00Z", "status": "submitted"}]}
    assert [hit.file for hit in hits("POE915", CO_OP | rejected, CO_OP | unknown, CO_OP, CO_OP)] == ["c3/claim.yaml"]


def test_a_file_that_is_not_there_hides_no_other() -> None:
    gone = {"e/a": FileState.MISSING}
    (hit,) = hits("POE912", proof("e/a", "e/b"), proof("f/b"), states=gone)
    assert (hit.file, hit.path) == ("c1/claim.yaml", "/proof_documents/0/files/0")


def test_a_file_in_two_claims() -> None:
    (hit,) = hits("POE912", proof("e/a"), proof("e/b", "f/a"))
    assert (hit.file, hit.path, hit.variant) == ("c1/claim.yaml", "/proof_documents/0/files/1", "claims")
    assert (hit.values["other"], hit.related[0].file, hit.related[0].path) == (
        "e/a",
        "c0/claim.yaml",
        "/proof_documents/0/files/0",
    )


def test_each_further_use_is_said_once() -> None:
    assert [hit.file for hit in hits("POE912", *[proof("a")] * 3)] == ["c1/claim.yaml", "c2/claim.yaml"]


@pytest.mark.parametrize("state", [FileState.MISSING, FileState.EMPTY, FileState.TOO_LARGE])
def test_only_files_that_are_there_are_compared(state: FileState) -> None:
    assert not hits("POE912", proof("a"), proof("a"), states={"a": state})


def test_what_a_claim_takes_over_is_its_own() -> None:
    assert not hits("POE912", proof("a"), proof("a") | {"replaces": "c0"})
    assert not hits("POE912", proof("a") | {"status": "rejected"}, proof("a"))
    # Two claims that both follow a rejected one share what it had.
    followers = [proof("a") | {"replaces": "c0"}] * 2
    assert not hits("POE912", proof("b") | {"status": "rejected"}, *followers)


def test_a_claim_written_twice_has_that_finding_instead() -> None:
    assert not hits("POE912", CO_OP | proof("a"), CO_OP | proof("a"))
    assert hits("POE912", CO_OP | proof("a"), CO_OP | proof("a") | {"amount": "5.01"})


def test_a_pre_approval_serves_all_claims_that_name_it() -> None:
    assert not hits("POE912", pre_approved("1", "a"), pre_approved("1", "a"))
    assert hits("POE912", pre_approved("1", "a"), pre_approved("2", "a"))
    assert hits("POE912", pre_approved(None, "a"), pre_approved(None, "a"))
    assert hits("POE912", pre_approved("1", "a"), proof("a"))


def test_one_path_may_show_several_things_of_one_claim() -> None:
    both = proof("a") | pre_approved("1", "a")
    assert not hits("POE912", both)
    assert not hits("POE912", proof("a", "a"))
    assert hits("POE912", proof("x/a") | pre_approved("1", "a"))


def test_a_tax_invoice_is_no_invoice_of_a_vendor() -> None:
    approval = {"amount": "1", "tax_invoice": {"number": "T", "file": "a"}}
    bill = {"number": "1", "vendor": {"name": "V"}, "currency": "USD", "lines": [], "file": "a"}
    assert hits("POE912", files(approval=approval, third_party_invoices=[bill]))
