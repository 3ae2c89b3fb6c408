"""Productions of the YAML 1.2.2 grammar, by number: read as 1.1 and 1.2 both read them, or a finding."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from poe_pack.documents.reader import read_tree
from poe_pack.documents.scalars import resolve, trap_of

# What both versions read alike: (numbers of the productions, text).
ACCEPTED = [
    ("1 c-printable", "a: é🎪"),
    ("2 nb-json", 'a: "é"'),
    ("4 c-sequence-entry", "- a\n- b"),
    ("6 c-mapping-value", "a: b"),
    ("7 c-collect-entry", "[a, b,]"),
    ("8-9 flow sequence", "[]"),
    ("10-11 flow mapping", "{a: b}"),
    ("12 c-comment", "a: b # c"),
    ("24-29 breaks", "a: b\r\nc: d\n"),
    ("31-33 white", "a:  b   # c"),
    ("41-61 escapes", 'a: "\\t\\n\\\\\\"\\x41\\u00e9\\U0001F3AA"'),
    ("63-69 indentation", "a:\n  b:\n    - c"),
    ("70-74 folding", "a: b\n  c\n\n  d"),
    ("75-79 comments", "# c\n\na: b\n# d\n"),
    ("105-106 empty", "a:\nb: c"),
    ("107-116 double quoted", 'a: "b\n  c \\\n  d"'),
    ("117-125 single quoted", "a: 'b ''c\n  d'"),
    ("126-135 plain", "a: b:c -d ?e #f"[:14]),
    ("137-139 flow sequence", "a: [b, [c]]"),
    ("140-149 flow mapping", 'a: {b, "c":d, e: }'),
    ("150-153 single pair", "[a: b]"),
    ("170-173 literal", "a: |\n  b\n   c\n\n"),
    ("162-165 headers", "a: |2-\n   b\nc: >+\n  d\n\n"),
    ("174-182 folded", "a: >\n  b\n  c\n\n   d\n"),
    ("183-186 block sequence", "-\n  - a\n- - b\n  - c"),
    ("187-195 block mapping", "a:\n- b\nc: {}"),
    ("204-205 document suffix", "a: b\n...\n"),
    ("208 explicit document", "---\na: b"),
    ("10.2 null, bool, int", "[null, true, false, 0, -12, 30]"),
]

# What is a finding: (numbers, text, code, line and column).
REFUSED = [
    ("1 c-printable", "a: \x01b", "POE006", (1, 4)),
    ("3 c-byte-order-mark", "\ufeffa: b", "POE005", (1, 1)),
    ("5 c-mapping-key", "? a\n: b", "POE016", (1, 1)),
    ("12 c-comment", 'a: "b"#c', "POE024", (1, 7)),
    ("13 c-anchor", "a: &b c", "POE013", (1, 4)),
    ("14 c-alias", "a: *b", "POE013", (1, 4)),
    ("15 c-tag", "a: !b c", "POE014", (1, 4)),
    ("20 c-directive", "%YAML 1.2\n---\na: b", "POE012", (1, 1)),
    ("21 c-reserved", "a: @b", "POE002", (1, 4)),
    ("21 c-reserved", "a: `b", "POE002", (1, 4)),
    ("27 nb-char", "a: b\x85c", "POE008", (1, 5)),
    ("27 nb-char", "a: b\u2028c", "POE008", (1, 5)),
    ("59 x escape", 'a: "\\x07"', "POE006", (1, 4)),
    ("60 u escape", 'a: "\\ud800"', "POE006", (1, 7)),
    ("62 unknown escape", 'a: "\\q"', "POE002", (1, 5)),
    ("63 s-indent", "a:\n\tb: c", "POE009", (2, 1)),
    ("69 s-flow-line-prefix", "a: [\nb]", "POE024", (2, 1)),
    ("69 s-flow-line-prefix", 'a: "b\nc"', "POE024", (2, 1)),
    ("82-88 directives", "%TAG ! !x\n---\na: b", "POE012", (1, 1)),
    ("83 reserved directive", "%X y\n---\na: b", "POE012", (1, 3)),
    ("96-100 tags", "a: !!str b", "POE014", (1, 4)),
    ("100 non-specific tag", "a: ! b", "POE014", (1, 4)),
    ("142 explicit key in brackets", "{? a : b}", "POE016", (1, 2)),
    ("145 empty key", "? \n: b", "POE016", (1, 1)),
    ("148 key that is a list", "{[a]: b}", "POE016", (1, 2)),
    ("154 implicit key", "x" * 201 + ": b", "POE004", (1, 1)),
    ("202 l-document-prefix", "", "POE010", (1, 1)),
    ("206 c-forbidden", 'a: "b\n---\nc"', "POE002", (2, 1)),
    ("209 directive document", "%YAML 1.1\n---\n", "POE012", (1, 1)),
    ("211 l-yaml-stream", "a: b\n---\nc: d", "POE011", (2, 1)),
    ("10.1.1.1 generic mapping", "a: b\na: c", "POE003", (2, 1)),
    ("10.3.2 words", "a: NO", "POE017", (1, 4)),
    ("10.3.2 words as keys", "yes: b", "POE017", (1, 1)),
    ("10.3.2 null", "a: ~", "POE018", (1, 4)),
    ("10.3.2 octal", "a: 0o17", "POE019", (1, 4)),
    ("10.3.2 integers", "a: +1", "POE019", (1, 4)),
    ("10.3.2 floats", "a: 1e3", "POE019", (1, 4)),
    ("10.3.2 infinity", "a: -.INF", "POE021", (1, 4)),
    ("1.1 base sixty", "a: 12:30", "POE020", (1, 4)),
    ("1.1 merge", "<<: {a: b}", "POE015", (1, 1)),
    ("1.1 value", "a: =", "POE022", (1, 4)),
    ("1.1 integers", "a: 01234", "POE019", (1, 4)),
    ("digits", "a: " + "1" * 31, "POE023", (1, 4)),
    ("bidi", "a: b\u202ec", "POE007", (1, 5)),
]


def ruamel(text: str) -> Any:
    """The value that YAML 1.2 gives."""
    loader = YAML(typ="safe", pure=True)
    loader.version = (1, 2)
    return loader.load(io.StringIO(text))


@pytest.mark.parametrize(("production", "text"), ACCEPTED, ids=[f"{name}-{n}" for n, (name, _) in enumerate(ACCEPTED)])
def test_accepted_with_the_meaning_of_both_versions(production: str, text: str) -> None:
    tree, faults = read_tree(text.encode())
    assert faults == []
    assert tree is not None
    assert tree.data == yaml.load(text, Loader=yaml.CSafeLoader)
    assert tree.data == ruamel(text)


@pytest.mark.parametrize(
    ("production", "text", "code", "place"), REFUSED, ids=[f"{row[0]}-{n}" for n, row in enumerate(REFUSED)]
)
def test_a_finding_at_its_place(production: str, text: str, code: str, place: tuple[int, int]) -> None:
    _, faults = read_tree(text.encode())
    assert (faults[0].code.code, faults[0].position[:2]) == (code, place)
    assert {fault.code.code for fault in faults} <= {code, "POE010"}


def test_several_traps_give_several_findings() -> None:
    tree, faults = read_tree(b"a: NO\nb: 01234\nc: &x 12:30\nd: *x\n")
    assert tree is not None
    assert [fault.code.code for fault in faults] == ["POE017", "POE019", "POE013", "POE020", "POE013"]


CORE_1_2 = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
RESOLVER_1_1 = yaml.resolver.Resolver()
TEXT = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"}  # the profile defines dates as text


@given(
    st.text("0123456789_.:+-eEoxbXaFinf", min_size=1, max_size=9)
    | st.text("yesnoffYNtrulTRUEL~=<", min_size=1, max_size=5)
)
def test_what_is_text_without_a_finding_is_text_for_both_versions(word: str) -> None:
    if trap_of(word) is None and isinstance(resolve(word), str):
        assert CORE_1_2.fullmatch(word) is None
        assert RESOLVER_1_1.resolve(yaml.ScalarNode, word, (True, False)) in TEXT  # type: ignore[no-untyped-call] # PyYAML
