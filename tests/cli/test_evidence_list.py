"""`poe-pack evidence list`, as its users run it."""

from __future__ import annotations

import json

from tests.cli.house import House
from tests.cli.program import AS_OF, Program


def test_text_and_json_of_chosen_claims(poe: Program, house: House) -> None:
    house.claim("ads")
    house.draft("other")
    ran = poe("evidence", "list", "--as-of", AS_OF, "house")
    assert (ran.status, ran.err) == (0, "")
    assert [line.partition(":")[0] for line in ran.out.split("\n\n")] == ["ads", "other"]
    assert "\x1b" not in ran.out
    assert "\x1b[1m" in poe("evidence", "list", "--color", "always", "house").out
    one = poe("evidence", "list", "--as-of", AS_OF, "--format", "json", "other", cwd=house.root)
    assert one.status == 0
    assert [claim["id"] for claim in json.loads(one.out)["claims"]] == ["other"]
    assert json.loads(one.out)["as_of"] == AS_OF
    assert poe("evidence", "list", "--as-of", AS_OF, "--format", "json", "house/other").raw == one.raw


def test_it_reads_and_writes_nothing(poe: Program, house: House) -> None:
    ads = house.claim("ads").parent
    before = sorted((file, file.stat().st_mtime_ns) for file in ads.rglob("*"))
    poe("evidence", "list", "house")
    assert sorted((file, file.stat().st_mtime_ns) for file in ads.rglob("*")) == before


def test_a_claim_that_is_not_there(poe: Program, house: House) -> None:
    house.claim("ads")
    ran = poe("evidence", "list", "nosuch", cwd=house.root)
    assert (ran.status, ran.out) == (2, "")
    assert "the claims here are: ads" in ran.err
