"""Broken and hostile documents: one clear finding at one place, soon, and every other claim is judged as before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.house import BAD_PLACE, CLAIM, House, assert_harmless
from tests.cli.program import Program, Ran

SECONDS = 10


def judged(poe: Program, *arguments: str) -> Ran:
    """`poe-pack validate house`, in time, without a traceback or a steered terminal."""
    ran = poe.validate("house", *arguments, timeout=SECONDS)
    assert "Traceback" not in ran.err
    assert_harmless(ran.raw)
    assert_harmless(ran.raw_err)
    assert len(ran.raw) < 100_000
    return ran


def codes(ran: Ran, file: str) -> list[str]:
    """Codes of the findings shown at a document, in order; `open` ones too."""
    lines = [line for line in ran.out.splitlines() if line.startswith(f"  {file}:")]
    return [word for line in lines for word in line.split() if word.startswith("POE")]


def _big(house: House, text: str | bytes) -> Path:
    return house.write("odd/claim.yaml", text)


def _folder(house: House) -> None:
    house.write("odd/claim.yaml/inside.txt", "")


def _dangling(house: House) -> None:
    house.write("odd/x", "")
    (house.root / "odd" / "claim.yaml").symlink_to("nowhere")


def _link_out(house: House) -> None:
    house.write("odd/x", "")
    outside = house.root.parent / "outside.yaml"
    outside.write_text(CLAIM.replace("@", "odd"))
    (house.root / "odd" / "claim.yaml").symlink_to(outside)


def _pipe(house: House) -> None:
    house.write("odd/x", "")
    os.mkfifo(house.root / "odd" / "claim.yaml")


def _linked_folder(house: House) -> None:
    elsewhere = House(house.root.parent / "elsewhere")
    elsewhere.claim("odd")
    (house.root / "odd").symlink_to(elsewhere.root / "odd")


# What is written as `odd`, and the code and a part of the text of the one finding that it must give.
CASES: dict[str, tuple[Callable[[House], object], str, str]] = {
    "a folder of that name": (_folder, "POE001", "this is not a file"),
    "a dangling link": (_dangling, "POE001", "this is a link"),
    "a link out of the repository": (_link_out, "POE001", "this is a link"),
    "a pipe": (_pipe, "POE001", "this is not a file"),
    "2 MB": (lambda h: _big(h, "kind: claim\nname: " + "x" * 2_000_000), "POE001", "larger than"),
    "UTF-16 with a mark": (lambda h: _big(h, CLAIM.encode("utf-16")), "POE001", "UTF-8"),
    "UTF-16 without": (lambda h: _big(h, CLAIM.encode("utf-16-le")), "POE00", ""),
    "Latin-1": (lambda h: _big(h, CLAIM.replace("@", "Göteborg").encode("latin-1")), "POE001", "UTF-8"),
    "NUL bytes": (lambda h: _big(h, b"kind: claim\nid: a\0b\n"), "POE002", "forbids"),
    "only NUL bytes": (lambda h: _big(h, bytes(500_000)), "POE002", "forbids"),
    "escape sequences": (lambda h: _big(h, b"kind: claim\nid: \x1b[31mred\n"), "POE002", "forbids"),
    "empty": (lambda h: _big(h, ""), "POE002", "empty"),
    "only comments": (lambda h: _big(h, "# one\n\n# two\n"), "POE002", "empty"),
    "only a marker": (lambda h: _big(h, "---\n"), "POE101", ""),
    "a list": (lambda h: _big(h, "- kind: claim\n"), "POE101", "object"),
    "a text": (lambda h: _big(h, "hello\n"), "POE101", "object"),
    "no kind": (lambda h: _big(h, "id: odd\n"), "POE101", "kind"),
    "a kind that is a list": (lambda h: _big(h, "kind: [claim]\n"), "POE101", ""),
    "two documents": (lambda h: _big(h, "kind: claim\n---\nkind: claim\n"), "POE004", "second document"),
    "5,000 open brackets": (lambda h: _big(h, "kind: claim\nid: " + "[" * 5_000), "POE004", "nested deeper"),
    "5,000 nested brackets": (lambda h: _big(h, f"a: {'[' * 5_000}{']' * 5_000}\n"), "POE004", "nested deeper"),
    "5,000 nested objects": (lambda h: _big(h, f"{'{a: ' * 5_000}1{'}' * 5_000}\n"), "POE004", "nested deeper"),
    "a staircase": (lambda h: _big(h, "".join(f"{' ' * n}a:\n" for n in range(1_000))), "POE004", "nested deeper"),
    "100,000 keys": (lambda h: _big(h, "".join(f"k{n:x}: \n" for n in range(100_000))), "POE004", "values"),
    "100,000 items": (lambda h: _big(h, "a: [" + "1, " * 100_000 + "1]\n"), "POE004", "values"),
    "an alias bomb": (
        lambda h: _big(
            h,
            "a: &a [x, x]\n"
            + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)),
        ),
        "POE004",
        "anchors",
    ),
    "an alias of itself": (lambda h: _big(h, "a: &a [*a]\n"), "POE004", "anchors"),
    "a merge key": (lambda h: _big(h, "kind: claim\n<<: {id: odd}\n"), "POE004", "<<"),
    "a tag that runs code": (lambda h: _big(h, "kind: !!python/object/apply:os.system ['true']\n"), "POE004", "tags"),
    "an unclosed quote": (lambda h: _big(h, 'kind: "claim\n' + "x\n" * 10_000), "POE002", ""),
    "a tab": (lambda h: _big(h, "kind: claim\nvendor:\n\tname: x\n"), "POE002", "tab"),
    "a very long line": (lambda h: _big(h, "kind: claim " + "x: " * 300_000), "POE002", ""),
    "a very long word": (lambda h: _big(h, "x" * 900_000), "POE101", "object"),
    "a claim's folder that is a link": (_linked_folder, "POE001", "this is a link"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_finding_and_all_else_as_before(poe: Program, house: House, name: str) -> None:
    make, code, says = CASES[name]
    house.claim("good")
    house.bad("bad")
    make(house)
    file = "odd" if name == "a claim's folder that is a link" else "odd/claim.yaml"
    ran = judged(poe)
    assert (ran.status, ran.err) == (1, "")
    (found,) = codes(ran, file)
    assert found.startswith(code)
    (line,) = [line for line in ran.out.splitlines() if line.startswith(f"  {file}:")]
    assert says in line
    assert codes(ran, "bad/claim.yaml") == ["POE302"]
    assert f"bad/claim.yaml:{BAD_PLACE}: error POE302" in ran.out
    assert codes(ran, "good/claim.yaml") == []


@pytest.mark.parametrize("name", ["a pipe", "an alias bomb", "100,000 keys", "2 MB"])
def test_nor_does_it_stop_the_other_commands(poe: Program, house: House, name: str) -> None:
    house.claim("good")
    CASES[name][0](house)
    for arguments in (("status", "house"), ("explain", "house/good"), ("validate", "house", "--jobs", "2", "--deep")):
        ran = poe(*arguments, "--as-of", "2026-11-21", timeout=SECONDS)
        assert ran.status == (1 if arguments[0] == "validate" else 0)
        assert ran.err == ""
        assert_harmless(ran.raw)


def test_a_document_without_permission(poe: Program, house: House) -> None:
    """Where permissions do not bind (as root), the file is simply read."""
    house.bad("bad")
    file = house.claim("odd")
    file.chmod(0)
    ran = judged(poe)
    file.chmod(0o644)
    assert ran.status == 1
    assert codes(ran, "odd/claim.yaml") == ([] if os.geteuid() == 0 else ["POE001"])
    assert codes(ran, "bad/claim.yaml") == ["POE302"]


def test_unknown_keys_are_found_but_not_repeated_at_length(poe: Program, house: House) -> None:
    """A key of 100 kB must not fill the terminal, nor thousands of keys the day."""
    house.claim("odd", ("kind: claim\n", f"kind: claim\n? {'x' * 100_000}\n: 1\n"))
    ran = judged(poe)
    assert codes(ran, "odd/claim.yaml") == ["POE103"]
    assert len(ran.raw) < 5_000


def test_thousands_of_unknown_keys(poe: Program, house: House) -> None:
    keys = "".join(f"estimated_impresions_{n}: 1\n" for n in range(5_000))
    house.claim("odd", ("kind: claim\n", f"kind: claim\n{keys}"))
    ran = poe.validate("house", timeout=SECONDS)
    assert ran.status == 1
    assert len(codes(ran, "odd/claim.yaml")) == 5_000


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (('amount: "640.00"', f'amount: "{"9" * 100_000}"'), "POE106"),
        (('amount: "640.00"', f"amount: {'9' * 5_000}"), "POE10"),
        (('date: "2026-11-13"\n', 'date: "9999-12-31"\n'), "POE107"),
        (('date: "2026-11-13"\n', 'date: "0001-01-01"\n'), "POE107"),
        (('at: "2026-11-17T09:30:00Z"', 'at: "9999-12-31T23:59:59-14:00"'), "POE107"),
        (('at: "2026-11-17T09:30:00Z"', 'at: "0001-01-01T00:00:00+14:00"'), "POE107"),
        (("status: editing\nhistory", "status: [editing]\nhistory"), "POE10"),
        (("estimated_impressions: 4200", "estimated_impressions: .inf"), "POE104"),
        (("estimated_impressions: 4200", "estimated_impressions: 0x10"), "POE104"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[1][:40],
)
def test_absurd_values_are_one_finding(poe: Program, house: House, edit: tuple[str, str], code: str) -> None:
    house.bad("bad")
    house.claim("odd", edit)
    ran = judged(poe)
    assert (ran.status, ran.err) == (1, "")
    (found,) = codes(ran, "odd/claim.yaml")
    assert found.startswith(code)
    assert codes(ran, "bad/claim.yaml") == ["POE302"]
