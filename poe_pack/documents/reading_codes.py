"""Codes of reading (POE0xx)."""

from poe_pack.documents.fault import Code
from poe_pack.findings import Severity

UNREADABLE_FILE = Code(
    "POE001",
    "unreadable-file",
    Severity.ERROR,
    """
    ## What it checks
    A document can be opened, is a file of its own and is not larger than 1 MB.

    ## Why
    A file that cannot be read cannot be checked; passing it over would hide a claim.

    ## Example
    `claim.yaml` is a link to a file elsewhere.

    ## How to fix
    Give yourself permission to read the file, or put the real file in its place.

    ## Source
    The project's own file format.
    """,
)
SYNTAX_ERROR = Code(
    "POE002",
    "yaml-syntax",
    Severity.ERROR,
    """
    ## What it checks
    A document is YAML.

    ## Why
    After the first mistake in its grammar nobody can say what the rest means.

    ## Example
    `name: Seminar: Göteborg` (a second colon and space in an unquoted text).

    ## How to fix
    Quote texts that hold `: ` or ` #`, close brackets and quotes, indent with spaces.

    ## Source
    YAML 1.2, https://yaml.org/spec/1.2.2/
    """,
)
DUPLICATE_KEY = Code(
    "POE003",
    "duplicate-key",
    Severity.ERROR,
    """
    ## What it checks
    A key stands only once in its object.

    ## Why
    Readers differ: some take the first value, some the last. An amount must not depend on that.

    ## Example
    `amount: "100.00"` and, ten lines below, `amount: "1000.00"`.

    ## How to fix
    Keep the right one and delete the other.

    ## Source
    YAML 1.2 section 3.2.1.1 (keys of a mapping are unique), https://yaml.org/spec/1.2.2/
    """,
)


def _trap(code: str, name: str, checks: str, why: str, example: str, fix: str) -> Code:
    doc = (
        f"## What it checks\n{checks}\n\n## Why\n{why}\n\n## Example\n{example}\n\n## How to fix\n{fix}\n\n"
        "## Source\nThe project's own file format: the part of YAML on which versions 1.1 (https://yaml.org/spec/1.1/) "
        "and 1.2\n(https://yaml.org/spec/1.2.2/) agree.\n"
    )
    return Code(code, name, Severity.ERROR, doc)


TOO_MUCH = _trap(
    "POE004",
    "document-too-much",
    "A document is no deeper than 40 levels, has at most 20,000 values, and no key is longer than 200 characters.",
    "No claim needs more; larger ones are made to exhaust a machine, or come of a bracket left open.",
    "`[[[[[[[[…`",
    "Close what was left open, or split the document.",
)
ENCODING = _trap(
    "POE005",
    "wrong-encoding",
    "A document is UTF-8 text without a byte order mark.",
    "Readers that expect UTF-8 see other letters, or none, in a file of another encoding; a mark at the start becomes\n"
    "part of the first key for some of them.",
    "`claim.yaml` saved by a spreadsheet program as UTF-16.",
    "Save the file as UTF-8. `poe-pack validate --fix` takes a byte order mark away.",
)
CONTROL_CHARACTER = _trap(
    "POE006",
    "control-character",
    "A document holds no control characters, no code points that are no characters, and no halves of characters,\n"
    "neither as they are nor as escapes in double quotes.",
    "YAML forbids them, and they are seen by nobody who reads the claim, though a printer or terminal obeys them.",
    '`name: "Seminar\\x07"`',
    "Delete the character.",
)
HIDDEN_CHARACTER = _trap(
    "POE007",
    "hidden-character",
    "A document holds no characters that turn the direction of text around or cannot be seen at all.",
    "What a reviewer sees must be what is filed; with such characters an amount can be shown back to front.",
    "A right-to-left override (U+202E) in a vendor's name.",
    "Delete the character; letters of every script find their direction without it.",
)
LINE_SEPARATOR = _trap(
    "POE008",
    "unusual-line-break",
    "Lines end with a line feed, a carriage return or both.",
    "U+0085, U+2028 and U+2029 begin a new line for YAML 1.1 and none for YAML 1.2: the same file has other keys.",
    "A text pasted from a word processor with U+2028 in it.",
    "Replace the character by a line feed or a space.",
)
TAB = _trap(
    "POE009",
    "tab",
    "Lines are indented with spaces.",
    "YAML forbids tabs there; readers that let them pass disagree on how deep the line is.",
    "A line that begins with a tab.",
    "Replace the tab by spaces.",
)
EMPTY_DOCUMENT = _trap(
    "POE010",
    "empty-document",
    "A document says something.",
    "A file without content, or with comments only, would be a claim that nobody counts.",
    "A new `claim.yaml` of 0 bytes.",
    "Write the document, or delete the file.",
)
SEVERAL_DOCUMENTS = _trap(
    "POE011",
    "several-documents",
    "A file holds one document, and the line that begins it (`---`) or ends it (`...`) holds nothing else.",
    "Many readers see only the first document of a file; what follows would be missed in silence.",
    "`---` in the middle of `claim.yaml`.",
    "Give each document a file of its own.",
)
DIRECTIVE = _trap(
    "POE012",
    "directive",
    "A document has no directives: lines such as `%YAML 1.1` or `%TAG ! !x` before `---`.",
    "They change how the rest is read, and readers disagree on which of them they obey.",
    "`%YAML 1.1`",
    "Delete the line.",
)
ANCHOR = _trap(
    "POE013",
    "anchor-or-alias",
    "A document has no anchors (`&name`) and no aliases (`*name`).",
    "A value that stands elsewhere is changed there without being seen here, and a few lines of them can be made to\n"
    "fill a machine's memory.",
    "`third_party_invoices: *autumn`",
    "Write the value out where it is needed. Quote a text that begins with `&` or `*`.",
)
TAG = _trap(
    "POE014",
    "tag",
    "A value has no tag, such as `!!str`, `!!float` or `!`.",
    "A tag asks the reader for another type, or to run something; readers know different ones.",
    '`earned: !!float "20000.00"`',
    "Delete the tag. Quote a text that begins with `!`.",
)
MERGE_KEY = _trap(
    "POE015",
    "merge-key",
    "An object has no key `<<`.",
    "YAML 1.1 copies the keys of another object in its place; for YAML 1.2 it is a key like any other.",
    "`<<: {profile_complete: true}`",
    "Write the keys out.",
)
KEY_FORM = _trap(
    "POE016",
    "key-not-text",
    "A key is a text before a colon: no list, object, number, truth value or nothing, and not behind a `?`.",
    "Readers turn such keys into different texts or refuse them: `1.0` becomes 1, `null` becomes None.",
    "`2026: autumn`",
    "Put the key into quotes, or write `key: value`.",
)
TRUTH_WORD = _trap(
    "POE017",
    "truth-word",
    "Truth values are written `true` and `false`. The words yes, no, on, off, y, n, True and FALSE, however they are\n"
    "written, stand in quotes where they are meant as text; as keys, too.",
    "YAML 1.1 takes them for truth values: `country: NO` is not Norway but false.",
    "`country: NO`",
    "Write `true` or `false`, or put the text into quotes.",
)
NO_VALUE = _trap(
    "POE018",
    "word-for-nothing",
    "No value is written `null`, or nothing at all after the colon. `~`, `Null` and `NULL` stand in quotes where they\n"
    "are meant as text.",
    "Readers differ on the other spellings, and people take them for names.",
    "`vendor: Null`",
    "Write `null`, or put the text into quotes.",
)
NUMBER_FORM = _trap(
    "POE019",
    "number-form",
    "Numbers are written as `12`, `-3` or `9141.12`. What one version of YAML takes for a number and the other for\n"
    "text, or for another number, stands in quotes: `0815`, `0o17`, `0x1F`, `0b1`, `1_000`, `1e3`, `+1`, `.5`, `5.`.",
    "`01234` is 668 for YAML 1.1 and 1234 for YAML 1.2, and was probably meant as a text of five digits.",
    "`number: 01234`",
    "Put a text into quotes; write a number without the extra signs.",
)
BASE_SIXTY = _trap(
    "POE020",
    "number-to-base-sixty",
    "Digits with colons between them stand in quotes.",
    "`12:30` is the number 750 for YAML 1.1 and a text for YAML 1.2.",
    "`note: 12:30`",
    "Put it into quotes.",
)
NOT_FINITE = _trap(
    "POE021",
    "not-finite",
    "No value is `.inf` or `.nan`, in any spelling.",
    "They are numbers that are none: nothing can be added to them or compared with them.",
    "`estimated_impressions: .inf`",
    "Write a number, or put a text into quotes.",
)
SPECIAL_SIGN = _trap(
    "POE022",
    "special-sign",
    "The signs `=` and `<<` do not stand alone outside quotes.",
    "YAML 1.1 gives them a meaning of their own, YAML 1.2 does not.",
    "`note: =`",
    "Put the sign into quotes.",
)
LONG_NUMBER = _trap(
    "POE023",
    "long-number",
    "A number has at most 30 characters.",
    "Readers cut long numbers off at different digits.",
    "`amount: 1000000000000000000000000000000000`",
    "Put a text of digits into quotes; correct a number.",
)
LAYOUT = _trap(
    "POE024",
    "layout",
    "Lines inside brackets and quotes are indented deeper than the key they belong to, and a comment has a space\n"
    "before its `#`. A closing bracket alone, in the column of the key, is a warning only.",
    "YAML 1.2 asks for it; readers that do not are lenient in different ways.",
    '`total: "5.00"#net`',
    "Indent the line, or put a space before the `#`.",
)

CODES: tuple[Code, ...] = (
    UNREADABLE_FILE,
    SYNTAX_ERROR,
    DUPLICATE_KEY,
    TOO_MUCH,
    ENCODING,
    CONTROL_CHARACTER,
    HIDDEN_CHARACTER,
    LINE_SEPARATOR,
    TAB,
    EMPTY_DOCUMENT,
    SEVERAL_DOCUMENTS,
    DIRECTIVE,
    ANCHOR,
    TAG,
    MERGE_KEY,
    KEY_FORM,
    TRUTH_WORD,
    NO_VALUE,
    NUMBER_FORM,
    BASE_SIXTY,
    NOT_FINITE,
    SPECIAL_SIGN,
    LONG_NUMBER,
    LAYOUT,
)
