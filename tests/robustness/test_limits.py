"""Hostile documents end soon and in little memory: at most 2 s of processor time and 200 MB, with a clear finding.

Each is the one bad document of a small repository that a child process validates. Processor time is measured instead
of the clock, so that a busy machine changes nothing. The figures are printed at the end of the run.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from poe_pack.formats import NAMES
from tests.cli.house import House, assert_harmless
from tests.cli.program import AS_OF, Ran, environment, run_command
from tests.robustness.test_documents import codes

SECONDS, MEGABYTES = 2.0, 200

# A process of its own between us and the program: what the system counts for a child begins with its parent's size.
_MEASURE = """
import json, os, resource, subprocess, sys
out = open(sys.argv[1], "wb")
process = subprocess.Popen(sys.argv[2:], stdout=out, stderr=subprocess.STDOUT)
_, status, used = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def measured(house: House, *arguments: str) -> tuple[Ran, float, float]:
    """What `validate` says, seconds of processor time, and megabytes at the highest.

    Processors that others keep busy, too, take longer for the same work: what was slow gets a second chance.
    """
    out = house.root.parent / "said.txt"
    words = ["validate", str(house.root), "--as-of", AS_OF, "--jobs", "1", "--no-cache"]
    command = [sys.executable, "-c", _MEASURE, str(out), sys.executable, "-m", "poe_pack", *words, *arguments]
    tries = 3
    while True:
        tries -= 1
        status, seconds, megabytes = json.loads(run_command(command, house.root.parent, _places()).out)
        if seconds <= SECONDS or not tries:
            return Ran(status, out.read_bytes(), b""), seconds, megabytes


def _places() -> dict[str, str]:
    return environment(PYTHONPATH=str(Path(__file__).resolve().parents[2]))


def _is(text: str | bytes) -> Callable[[House], object]:
    return lambda house: house.write("odd/claim.yaml", text)


def _sparse(house: House) -> None:
    os.truncate(house.write("odd/claim.yaml", "kind: claim\n"), 2**30)


def _bomb() -> str:
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    return "\n".join(["kind: claim", "a0: &a0 [x, x, x, x, x, x, x, x, x]", *lines, ""])


def _claim(*edits: tuple[str, str]) -> Callable[[House], object]:
    return lambda house: house.claim("odd", *edits)


BROKEN: dict[str, tuple[Callable[[House], object], str]] = {
    "alias bomb": (_is(_bomb()), "POE013"),
    "5,000 brackets [": (_is(f"kind: claim\nid: {'[' * 5000}{']' * 5000}\n"), "POE004"),
    "5,000 brackets {": (_is(f"kind: claim\nid: {'{a: ' * 5000}1{'}' * 5000}\n"), "POE004"),
    "5,000 open brackets": (_is("kind: claim\nid: " + "[" * 5000), "POE004"),
    "5,000 lists in a line": (_is("- " * 5000 + "x\n"), "POE004"),
    "1,300 levels of indentation": (_is("".join(f"{' ' * n}a:\n" for n in range(1300))), "POE004"),
    "100,000 keys": (_is("kind: claim\n" + "".join(f"k{n}:\n" for n in range(99_000)) + "x:\n" * 1000), "POE004"),
    "100,000 items": (_is("kind: claim\nid: [" + "1, " * 100_000 + "1]\n"), "POE004"),
    "100,000 lines of a list": (_is("kind: claim\nid:\n" + "- 1\n" * 100_000), "POE004"),
    "sparse file of 1 GB": (_sparse, "POE001"),
    "NUL": (_is(b"kind: claim\nid: a\0b\n"), "POE006"),
    "a megabyte of NUL": (_is(bytes(999_999)), "POE006"),
    "UTF-16 with a mark": (_is("kind: claim\nid: odd\n".encode("utf-16")), "POE005"),
    "UTF-16 without a mark": (_is("kind: claim\nid: odd\n".encode("utf-16-le")), "POE005"),
    "UTF-16 without a mark, big end first": (_is("kind: claim\nid: odd\n".encode("utf-16-be")), "POE005"),
    "bidi characters": (_claim(("name: Advertising of odd", "name: a\u202eb\u2066c")), "POE007"),
    "a megabyte of bidi characters": (_is("kind: claim\nname: " + "\u202e" * 300_000), "POE007"),
    "terminal escapes": (_claim(("name: Advertising of odd", "name: a\x1b[2J\x1b]0;x\x07b")), "POE006"),
    "escaped terminal escapes": (_claim(("name: Advertising of odd", 'name: "a\\e[2Jb"')), "POE006"),
    "text of 5 MB": (_is("kind: claim\nname: " + "x" * 5_000_000), "POE001"),
    "text of 1 MB": (_is("kind: claim\nname: " + "x" * 999_900), "POE102"),
    "key of 1 MB": (_is("kind: claim\n" + "k" * 999_900 + ": 1\n"), "POE002"),
    "key of 1 MB behind ?": (_is("kind: claim\n? " + "k" * 999_900 + "\n: 1\n"), "POE004"),
    "digits of 1 MB": (_is("kind: claim\namount: " + "9" * 999_900), "POE023"),
    "colons of 1 MB": (_is("kind: claim\nname: " + "1:" * 490_000 + "1"), "POE023"),
    "very long line": (
        _claim(("kind: claim\n", f"kind: claim # {'x' * 900_000}\n"), ("id: odd", "idd: odd")),
        "POE103",
    ),
    "long lines of brackets": (_is("kind: claim\nwaivers: [" + "{rule: x}, " * 2500 + "]\n"), "POE102"),
    "10,000 unknown keys": (_is("kind: claim\n" + "".join(f"k{n}: 1\n" for n in range(9990))), "POE103"),
    "10,000 near misses": (
        _is("kind: claim\n" + "".join(f"estimated_impresions_{n}: 1\n" for n in range(9990))),
        "POE103",
    ),
    "10,000 traps": (_is("kind: claim\nname: [" + "NO, " * 10_000 + "x]\n"), "POE017"),
    "10,000 equal keys": (_is("kind: claim\n" + "x: 1\n" * 9990), "POE003"),
    "10,000 anchors": (_is("kind: claim\nname: [" + "&a x, " * 10_000 + "x]\n"), "POE013"),
    "10,000 tabs": (_is("kind: claim\nname: [" + "\n\tx," * 10_000 + "x]\n"), "POE009"),
    "10,000 faults of layout": (_is("kind: claim\nname: [\n" + "x,\n" * 10_000 + "x]\n"), "POE024"),
    "10,000 close comments": (_is("kind: claim\nname:\n" + '- "x"#\n' * 10_000), "POE024"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_hostile_document_is_a_finding_soon(
    name: str, house: House, record_property: Callable[[str, object], None]
) -> None:
    make, code = BROKEN[name]
    make(house)
    ran, seconds, megabytes = measured(house)
    record_property("limits", f"{name:<40} {seconds:5.2f} s {megabytes:5.0f} MB")
    assert ran.status == 1, ran.out[:2000]
    assert code in codes(ran, "odd/claim.yaml"), ran.out[:2000]
    assert max(map(len, ran.out.splitlines())) < 400
    assert_harmless(ran.raw)
    assert seconds <= SECONDS
    assert megabytes <= MEGABYTES


TEXTS = {
    "::error": "name: '::error file=x,line=1::%0A::set-output name=a::b'",
    "::error on a line": 'name: "a\\n::error::b\\r\\n##[error]c"',
    "formula": 'name: \'=HYPERLINK("https://x.example","a")\'',
    "formula with a sign": "name: '@SUM(1+1)*cmd|'' /C calc''!A0'",
    "markup": "name: '</script><img src=x onerror=alert(1)> ]]> <!-- {{ x }} ${{ y }} %s {0}'",
    "150,000 words": "name: " + "word " * 150_000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_read_and_stays_a_text(
    name: str, house: House, record_property: Callable[[str, object], None]
) -> None:
    line = TEXTS[name]
    # Sound but for one error in a text that is hostile, too.
    house.claim("odd", ("name: Advertising of odd\n", line + "\n"), ("id: odd\n", "id: other\n"))
    for format in NAMES:
        ran, seconds, megabytes = measured(house, "--format", format)
        if format == "text":
            record_property("limits", f"{name:<40} {seconds:5.2f} s {megabytes:5.0f} MB")
        assert ran.status == 1, ran.out[:2000]
        assert_harmless(ran.raw)
        assert not [line for line in ran.out.splitlines() if line.startswith(("=", "@", "::set", "##["))]
        assert all("POE902" in line for line in ran.out.splitlines() if line.startswith("::error"))
        assert "<img" not in ran.out
        assert seconds <= SECONDS
        assert megabytes <= MEGABYTES
