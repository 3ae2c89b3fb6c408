"""Codes of the schema (POE1xx), and all codes of documents."""

from poe_pack.documents import reading_codes
from poe_pack.documents.fault import Code
from poe_pack.findings import Severity

NOT_A_DOCUMENT = Code(
    "POE101",
    "unknown-kind",
    Severity.ERROR,
    """
    ## What it checks
    A YAML file in a claims repository says what it is: `kind:` repository, partner, plan, funds or claim.

    ## Why
    A file that nobody recognises would never be checked, and a claim would be missed in silence.

    ## Example
    `kind: claims`

    ## How to fix
    Correct the kind, or move a file that is no document into an `evidence` folder or outside the repository.

    ## Source
    The project's own file format.
    """,
)


def _schema(code: str, name: str, checks: str, why: str, example: str, fix: str) -> Code:
    doc = (
        f"## What it checks\n{checks}\n\n## Why\n{why}\n\n## Example\n{example}\n\n"
        f"## How to fix\n{fix}\n\n## Source\nThe schema of the document, `schemas/` in this project.\n"
    )
    return Code(code, name, Severity.ERROR, doc)


MISSING_KEY = _schema(
    "POE102",
    "missing-key",
    "A document holds every key that even a draft must have.",
    "The portal does not save a claim without name, date and amount.",
    "A claim without `amount`.",
    "Add the key at the place named.",
)
UNKNOWN_KEY = _schema(
    "POE103",
    "unknown-key",
    "A document holds only keys of its schema.",
    "A misspelt key is not read, and what it says would be missing without anybody noticing.",
    "`estimated_impresions: 4200`",
    "Use the key that is proposed, or delete the line.",
)
WRONG_TYPE = _schema(
    "POE104",
    "wrong-type",
    "A value is of the type that its key asks for: text, number, list, object.",
    "A number where text is meant loses zeros: invoice `0815` is not invoice 815.",
    '`number: 10482` where `number: "10482"` is meant.',
    "Put text into quotes; write lists with `- ` in front of each item.",
)
NOT_A_CHOICE = _schema(
    "POE105",
    "unknown-choice",
    "A value is one of the words its key allows.",
    "The portal knows no others.",
    "`status: in_review`",
    "Use one of the words named.",
)
WRONG_PATTERN = _schema(
    "POE106",
    "wrong-form",
    "A value has the form its key asks for, for example `FY27 H1` or `9141.12`.",
    "Amounts, periods and ids are compared; they can only be compared in one form.",
    '`amount: "9 141,12"`',
    "Write the value as in the example that the message gives.",
)
WRONG_FORMAT = _schema(
    "POE107",
    "wrong-format",
    "Dates, instants, addresses of e-mail and web are what they claim to be.",
    "A date such as 31 September would shift a deadline.",
    '`date: "2026-09-31"`',
    "Correct the value: dates as year-month-day, instants with time and zone.",
)
OUT_OF_BOUNDS = _schema(
    "POE108",
    "out-of-bounds",
    "Numbers and lists stay inside the limits of their key.",
    "A negative number of people reached, or an invoice without a line, cannot be claimed.",
    "`estimated_impressions: -5`",
    "Correct the number, or give the list the entries it needs.",
)

CODES: tuple[Code, ...] = (
    *reading_codes.CODES,
    NOT_A_DOCUMENT,
    MISSING_KEY,
    UNKNOWN_KEY,
    WRONG_TYPE,
    NOT_A_CHOICE,
    WRONG_PATTERN,
    WRONG_FORMAT,
    OUT_OF_BOUNDS,
)
