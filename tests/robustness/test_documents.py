"""Broken and hostile documents: one clear finding at one place, soon, and every other claim is judged as before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.house import BAD_PLACE, CLAIM, House, assert_harmless, make_house
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
    lines = [line for line in ran.out.splitlines() if line.startswith(f"{file}:")]
    return [word for line in lines for word in line.split() if word.startswith("POE")]


def _folder(house: House, name: str) -> None:
    house.write(f"{name}/claim.yaml/inside.txt", "")


def _dangling(house: House, name: str) -> None:
    house.write(f"{name}/x", "")
    (house.root / name / "claim.yaml").symlink_to("nowhere")


def _link_out(house: House, name: str) -> None:
    house.write(f"{name}/x", "")
    outside = house.root.parent / "outside.yaml"
    outside.write_text(CLAIM.replace("@", name))
    (house.root / name / "claim.yaml").symlink_to(outside)


def _pipe(house: House, name: str) -> None:
    house.write(f"{name}/x", "")
    os.mkfifo(house.root / name / "claim.yaml")


def _linked_folder(house: House, name: str) -> None:
    elsewhere = House(house.root.parent / "elsewhere")
    elsewhere.claim(name)
    (house.root / name).symlink_to(elsewhere.root / name)


def _is(text: str | bytes) -> Callable[[House, str], object]:
    return lambda house, name: house.write(f"{name}/claim.yaml", text)


def _alias_bomb() -> str:
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    return "a: &a [x, x]\n" + "".join(f"{outer}: &{outer} [*{inner}, *{inner}]\n" for inner, outer in pairs)


# What is written, and the code and a part of the text of the one finding that it must give.
CASES: dict[str, tuple[Callable[[House, str], object], str, str]] = {
    "folder-of-that-name": (_folder, "POE001", "this is not a file"),
    "dangling-link": (_dangling, "POE001", "this is a link"),
    "link-out-of-the-repository": (_link_out, "POE001", "this is a link"),
    "pipe": (_pipe, "POE001", "this is not a file"),
    "two-megabytes": (_is("kind: claim\nname: " + "x" * 2_000_000), "POE001", "larger than"),
    "utf-16-with-a-mark": (_is(CLAIM.encode("utf-16")), "POE005", "UTF-8"),
    "utf-16-without": (_is(CLAIM.encode("utf-16-le")), "POE00", ""),
    "latin-1": (_is(CLAIM.replace("@", "Göteborg").encode("latin-1")), "POE005", "UTF-8"),
    "nul-bytes": (_is(b"kind: claim\nid: a\0b\n"), "POE006", "forbids"),
    "only-nul-bytes": (_is(bytes(500_000)), "POE006", "forbids"),
    "escape-sequence": (_is(b"kind: claim\nid: \x1b[31mred\n"), "POE006", "forbids"),
    "empty": (_is(""), "POE010", "empty"),
    "only-comments": (_is("# one\n\n# two\n"), "POE010", "empty"),
    "only-a-marker": (_is("---\n"), "POE010", "empty"),
    "list": (_is("- kind: claim\n"), "POE101", "object"),
    "text": (_is("hello\n"), "POE101", "object"),
    "no-kind": (_is("id: odd\n"), "POE101", "kind"),
    "kind-is-a-list": (_is("kind: [claim]\n"), "POE101", ""),
    "two-documents": (_is("kind: claim\n---\nkind: claim\n"), "POE011", "second document"),
    "5000-open-brackets": (_is("kind: claim\nid: " + "[" * 5_000), "POE004", "nested deeper"),
    "5000-nested-brackets": (_is(f"a: {'[' * 5_000}{']' * 5_000}\n"), "POE004", "nested deeper"),
    "5000-nested-objects": (_is(f"{'{a: ' * 5_000}1{'}' * 5_000}\n"), "POE004", "nested deeper"),
    "staircase": (_is("".join(f"{' ' * n}a:\n" for n in range(1_000))), "POE004", "nested deeper"),
    "100000-keys": (_is("".join(f"k{n:x}: \n" for n in range(100_000))), "POE004", "values"),
    "100000-items": (_is("a: [" + "1, " * 100_000 + "1]\n"), "POE004", "values"),
    "alias-bomb": (_is(_alias_bomb()), "POE013", "anchors"),
    "alias-of-itself": (_is("a: &a [*a]\n"), "POE013", "anchors"),
    "merge-key": (_is("kind: claim\n<<: {id: odd}\n"), "POE015", "<<"),
    "tag-that-runs-code": (_is("kind: !!python/object/apply:os.system ['true']\n"), "POE014", "tags"),
    "unclosed-quote": (_is('kind: "claim\n' + "x\n" * 10_000), "POE002", ""),
    "tab": (_is("kind: claim\nvendor:\n\tname: x\n"), "POE009", "tab"),
    "long-line": (_is("kind: claim " + "x: " * 300_000), "POE002", ""),
    "long-word": (_is("x" * 900_000), "POE101", "object"),
    "linked-folder-of-a-claim": (_linked_folder, "POE001", "this is a link"),
}


def broken_house(folder: Path) -> House:
    """All cases at once, with a complete claim and a faulty one."""
    house = make_house(folder / "house")
    house.claim("good")
    house.bad("bad")
    for name, (make, _, _) in CASES.items():
        make(house, name)
    return house


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """What `validate` says of all cases: as they stand together, none hides another."""
    house = broken_house(tmp_path_factory.mktemp("broken"))
    return judged(Program(house.root.parent))


# Reading goes on after these, so that what else is wrong with the document is said, too.
READ_ON = {"alias-bomb", "alias-of-itself", "escape-sequence", "nul-bytes", "only-nul-bytes"}


@pytest.mark.parametrize("name", CASES)
def test_one_clear_finding(shown: Ran, name: str) -> None:
    _, code, says = CASES[name]
    file = name if name == "linked-folder-of-a-claim" else f"{name}/claim.yaml"
    found = codes(shown, file)
    assert name in READ_ON or len(found) == 1
    line = next(line for line in shown.out.splitlines() if line.startswith(f"{file}:") and f" {code}" in line)
    assert says in line


def test_all_else_is_judged_as_before(shown: Ran) -> None:
    assert (shown.status, shown.err) == (1, "")
    assert codes(shown, "bad/claim.yaml") == ["POE302"]
    assert f"bad/claim.yaml:{BAD_PLACE}: error POE302" in shown.out
    assert codes(shown, "good/claim.yaml") == []


def test_nor_does_any_of_it_stop_the_other_commands(poe: Program) -> None:
    broken_house(poe.folder)
    assert judged(poe, "--jobs", "2") == judged(poe)
    # The invoice of a sound claim is an empty page here, with which nothing can be compared.
    assert judged(poe, "--jobs", "2", "--deep", "--ignore", "POE451") == judged(poe, "--ignore", "POE451")
    for arguments in (("status", "house"), ("explain", "house/good")):
        ran = poe(*arguments, "--as-of", "2026-11-21", timeout=SECONDS)
        assert (ran.status, ran.err) == (0, "")
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
    assert codes(ran, "odd/claim.yaml") == ["POE004"]
    assert len(ran.raw) < 5_000


ODD = House.amount("odd")


def test_thousands_of_unknown_keys(poe: Program, house: House) -> None:
    keys = "".join(f"estimated_impresions_{n}: 1\n" for n in range(5_000))
    house.claim("odd", ("kind: claim\n", f"kind: claim\n{keys}"))
    ran = poe.validate("house", timeout=SECONDS)
    assert ran.status == 1
    assert len(codes(ran, "odd/claim.yaml")) == 5_000


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ((f'amount: "{ODD}"', f'amount: "{"9" * 100_000}"'), "POE106"),
        ((f'amount: "{ODD}"', f"amount: {'9' * 5_000}"), "POE023"),
        (('date: "2026-11-13"\n', 'date: "9999-12-31"\n'), "POE107"),
        (('date: "2026-11-13"\n', 'date: "0001-01-01"\n'), "POE107"),
        (('at: "2026-11-17T09:30:00Z"', 'at: "9999-12-31T23:59:59-14:00"'), "POE107"),
        (('at: "2026-11-17T09:30:00Z"', 'at: "0001-01-01T00:00:00+14:00"'), "POE107"),
        (("status: editing\nhistory", "status: [editing]\nhistory"), "POE10"),
        (("estimated_impressions: 4200", "estimated_impressions: .inf"), "POE021"),
        (("estimated_impressions: 4200", "estimated_impressions: 0x10"), "POE019"),
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
