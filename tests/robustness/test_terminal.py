"""Names and values of a repository never reach a terminal as they are: no escapes, no reordering, no extra lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.house import House, assert_harmless, git
from tests.cli.program import AS_OF, Program

NASTY = "a\x1b[2J\x1b]0;title\x07b\u202ec\u2066d\u200fe\x9b31mf\rg\x7fh\nwarning: i\u2028j\ufeffk"
NASTY_NAME = NASTY.replace("/", "_").encode() + b"\xff\xfe"


def _quoted(text: str) -> str:
    return json.dumps(text)


@pytest.fixture
def nasty(house: House) -> House:
    """Claims that hold something nasty wherever the schema lets a text be one."""
    house.claim("good")
    house.claim("name", ("name: Advertising of name\n", f"name: {_quoted(NASTY)}\n"))
    house.claim("key", ("kind: claim\n", f"kind: claim\n? {_quoted(NASTY)}\n: 1\n"))
    house.claim("id", ("id: id\n", f"id: {_quoted(NASTY)}\n"))
    house.claim(
        "number", ('number: "NV-number"', f"number: {_quoted(NASTY)}"), (f'    total: "{house.amount("number")}"\n', "")
    )
    house.claim("twice", ('number: "NV-twice"', f"number: {_quoted(NASTY)}"))
    house.claim("evidence", ("evidence: ad_screenshot", f"evidence: {_quoted(NASTY)}"))
    house.claim("file", ("file: evidence/invoice.pdf", f"file: {_quoted('evidence/' + NASTY)}"))
    house.claim("bidi-file", ("file: evidence/invoice.pdf", 'file: "evidence/\\u202efdp.exe"'))
    house.claim("type", ("activity_type: digital_advertising", f"activity_type: {_quoted(NASTY)}"))
    house.claim("term", ("activity_type: digital_advertising", "activity_type: nosuch_type"))
    house.claim("program", ("program: Hosting", f"program: {_quoted(NASTY)}"))
    house.claim("location", ('location: "6071245"', f"location: {_quoted(NASTY)}"))
    house.claim(
        "currency", ('date: "2026-11-16"\n    currency: USD', f'date: "2026-11-16"\n    currency: {_quoted(NASTY)}')
    )
    house.claim(
        "line", ("description: Search advertising, category: media_placement", f"description: {_quoted(NASTY)}")
    )
    house.claim("metric", ("metrics: {results", f"metrics: {{{_quoted(NASTY)}: 1, results"))
    house.claim(
        "waiver",
        (
            "status: editing\n",
            f"waivers: [{{rule: POE302, reason: {_quoted(NASTY)}, "
            f"approved_by: {_quoted(NASTY)}, until: '2026-01-01'}}]\nstatus: editing\n",
        ),
    )
    house.claim("status", ("status: editing\nhistory", f"status: {_quoted(NASTY)}\nhistory"))
    house.claim("history", ("role: incentives_user", f"role: {_quoted(NASTY)}"))
    house.write("plans/plan.yaml", f"kind: {_quoted(NASTY)}\n")
    house.write("partner.yaml", (house.root / "partner.yaml").read_text().replace("Nordanvind IT AB", _quoted(NASTY)))
    return house


def _bytes_below(folder: Path, name: bytes) -> Path:
    return Path(str(folder), name.decode("utf-8", "surrogateescape"))


@pytest.fixture
def nasty_names(nasty: House) -> House:
    """The same with nasty names of folders and files, not all of them UTF-8."""
    for name in (NASTY_NAME, b"latin-\xe9", "höst".encode()):
        folder = _bytes_below(nasty.root, name)
        folder.mkdir()
        (folder / "claim.yaml").write_text("kind: claim\nid: 5\n")
        _bytes_below(nasty.root, name + b".yaml").write_text("kind: claims\n")
    return nasty


COMMANDS = (
    ("validate", "house", "-v"),
    ("validate", "house", "--color", "always"),
    ("validate", "house", "--for", "submission", "--deep"),
    ("validate", "house", "--jobs", "2"),
    ("status", "house"),
    ("explain", "house"),
    ("packet", "house/number", "-o", "out"),
    ("packet", "nobody", "house", "-o", "out"),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_nothing_steers_the_terminal(poe: Program, nasty_names: House, arguments: tuple[str, ...]) -> None:
    ran = poe(*arguments, "--as-of", AS_OF)
    assert ran.status in (0, 1, 2)
    assert "Traceback" not in ran.err
    assert len(ran.raw + ran.raw_err) > 20
    for raw in (ran.raw, ran.raw_err):
        for code in (b"0", b"1", b"2", b"31;1", b"33;1", b"34;1", b"36"):  # our own colours
            raw = raw.replace(b"\x1b[" + code + b"m", b"")
        assert_harmless(raw)
        assert not any(line.startswith(b"warning: i") for line in raw.splitlines())


def test_names_in_git_too(poe: Program, nasty_names: House) -> None:
    git(nasty_names.root, "init", "-q")
    git(nasty_names.root, "add", "-A")
    ran = poe.validate("house", "--staged")
    assert (ran.status, ran.err) == (1, "")
    assert_harmless(ran.raw)
    assert "latin-[U+DCE9]/claim.yaml:2:5:" in ran.out
    assert "höst/claim.yaml:2:5:" in ran.out


def test_json_keeps_values_but_only_as_json_may(poe: Program, nasty_names: House) -> None:
    """JSON is for programs: values stay what they are, escaped as JSON escapes them."""
    ran = poe.validate("house", "--format", "json")
    assert ran.err == ""
    files = {finding["file"] for finding in json.loads(ran.raw)["findings"]}
    assert "latin-\udce9/claim.yaml" in files
    assert ran.raw == poe.validate("house", "--format", "json", "--jobs", "2").raw
    assert b"\x1b" not in ran.raw
    written = poe.validate("house", "--format", "json", "--output", "out.json")
    assert (written.status, written.err) == (1, "")
    assert (poe.folder / "out.json").read_bytes() == ran.raw


@pytest.mark.parametrize(
    "arguments",
    [("validate", NASTY), (NASTY,), ("explain", NASTY), ("schema", NASTY), ("validate", "--format", NASTY)],
    ids=["validate", "command", "explain", "schema", "option"],
)
def test_nor_do_arguments(poe: Program, house: House, arguments: tuple[str, ...]) -> None:
    ran = poe(*arguments, cwd=house.root)
    assert (ran.status, ran.out) == (2, "")
    assert_harmless(ran.raw_err)


def test_nor_do_folders_in_sentences(poe: Program) -> None:
    for name in (b"one\x1b[31m", b"two\nthree\xff"):
        folder = _bytes_below(poe.folder / "many", name)
        folder.mkdir(parents=True)
        (folder / "poe.yaml").write_text("kind: repository\nrulebook: microsoft-coop\n")
    ran = poe.validate("many")
    assert ran.status == 2
    assert_harmless(ran.raw_err)
    assert ran.err == (
        "poe-pack: many holds several claims repositories (one[U+001B][31m, two three[U+DCFF]); name one of them\n"
    )
