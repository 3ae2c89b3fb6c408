"""Faults side by side: each is told once, none hides another, and none makes others appear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.documents.codes import WRONG_TYPE
from poe_pack.documents.fault import Fault
from poe_pack.documents.node import pointer
from poe_pack.documents.reader import read_tree
from poe_pack.documents.repository import lay_out
from poe_pack.findings import NOWHERE, Finding, Severity
from poe_pack.rulebook import Calendar, load_rulebook
from poe_pack.rules.base import Rule, When
from poe_pack.rules.registry import all_rules
from poe_pack.validation.contexts import ContextMaker, Judging
from poe_pack.validation.history import read_histories
from poe_pack.validation.loading import load
from poe_pack.validation.options import Options
from poe_pack.validation.running import Runner
from poe_pack.validation.validate import validate
from tests.rules.harness import AS_OF, OF_THE_DAY, Case, all_cases, base, build, compare, write

DOCUMENTS, EVIDENCE = base()
CLAIMS = [path for path in DOCUMENTS if path.endswith("/claim.yaml")]
OTHERS = ["partner.yaml", "plans/fy27-hosting.yaml", "funds/hosting-fy27-h1.yaml"]
BAD = [case for case in all_cases() if not case.is_good]


def repository(root: Path, **texts: str) -> Options:
    """The repository that all cases begin with, some documents of it written anew."""
    plain = {path: text.encode() for path, text in (dict(DOCUMENTS) | texts).items()}
    write(root, {**EVIDENCE, **plain})
    return Options((root,), AS_OF, ignore=OF_THE_DAY)


def found(root: Path, **texts: str) -> list[Finding]:
    return list(validate(repository(root, **texts)).findings)


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.file, finding.code, finding.path) for finding in findings]


def keys(file: str) -> list[str]:
    """Keys of the document itself."""
    return [key for key in yaml.safe_load(DOCUMENTS[file]) if key != "kind"]


def field(text: str, key: str) -> re.Match[str]:
    """A key of a document with its value, to the next one."""
    match = re.search(rf"^{key}:.*\n(?:[ -].*\n)*", text, re.MULTILINE)
    assert match is not None
    return match


def broken(file: str, key: str) -> str:
    """The document with a value of a type that no key takes."""
    return without(file, key, f"{key}: [[wrong]]\n")


def without(file: str, key: str, instead: str = "") -> str:
    """The document with something else in place of a key and its value."""
    text = DOCUMENTS[file]
    start, end = field(text, key).span()
    return text[:start] + instead + text[end:]


def fields(files: list[str]) -> Iterator[tuple[str, str]]:
    return ((file, key) for file in files for key in keys(file))


# --- one fault, one finding ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "key"), list(fields([*CLAIMS, *OTHERS, "poe.yaml"])))
def test_a_value_of_the_wrong_type_is_one_finding_and_silences_what_hangs_on_it(
    file: str, key: str, tmp_path: Path
) -> None:
    (finding,) = found(tmp_path, **{file: broken(file, key)})
    assert (finding.file, finding.path.split("/")[1]) == (file, key)
    assert finding.code in ("POE104", "POE105")


@pytest.mark.parametrize(("file", "key"), list(fields([*CLAIMS, *OTHERS])))
def test_a_misspelt_key_is_one_finding(file: str, key: str, tmp_path: Path) -> None:
    text = DOCUMENTS[file]
    misspelt = key[0] + key[1:].replace(key[1:3], key[2:0:-1], 1)
    if len(key) < 4 or misspelt == key:
        misspelt = key + "x"
    findings = found(tmp_path, **{file: re.sub(rf"^{key}:", f"{misspelt}:", text, count=1, flags=re.MULTILINE)})
    if key == "id":  # too short to be told from another word
        findings = [finding for finding in findings if finding.code != "POE102"]
    assert told(findings) == [(file, "POE103", f"/{misspelt}")]


@pytest.mark.parametrize(("file", "key"), list(fields([*CLAIMS, *OTHERS])))
def test_a_missing_key_says_nothing_about_other_documents(file: str, key: str, tmp_path: Path) -> None:
    findings = found(tmp_path, **{file: without(file, key)})
    # Without its campaigns a plan knows none of a claim's; without a location a claim has no fund.
    elsewhere = {"POE210"} if (file, key) == ("plans/fy27-hosting.yaml", "campaigns") else set()
    assert {finding.code for finding in findings if finding.file != file} <= elsewhere
    required = [finding for finding in findings if finding.code == "POE102"]
    assert not required or len(findings) == 1


def leaves(node: object, path: str = "") -> Iterator[str]:
    """Pointers of all texts and numbers of a document."""
    if isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(child, path + pointer(key))
    else:
        yield path


# Another program or location is another fund, whatever it is called.
FREE = {
    ("poe.yaml", "/rulebook"),
    ("funds/hosting-fy27-h1.yaml", "/program"),
    ("funds/hosting-fy27-h1.yaml", "/location"),
}
LEAVES = [(file, path) for file, text in DOCUMENTS.items() for path in leaves(yaml.safe_load(text)) if path != "/kind"]


@settings(max_examples=60)
@given(
    st.sampled_from([leaf for leaf in LEAVES if leaf not in FREE]), st.sampled_from(["[[x]]", '""', "-7", "??", "null"])
)
def test_a_wrong_value_anywhere_is_one_finding_in_its_document(leaf: tuple[str, str], value: str) -> None:
    file, path = leaf
    tree, _ = read_tree(DOCUMENTS[file].encode())
    assert tree is not None
    line, start, _, end = tree.places.values[path]
    lines = DOCUMENTS[file].split("\n")
    lines[line - 1] = lines[line - 1][: start - 1] + value + lines[line - 1][end - 1 :]
    with TemporaryDirectory() as folder:
        findings = found(Path(folder), **{file: "\n".join(lines)})
    assert len(findings) <= 1
    assert {finding.file for finding in findings} <= {file}


# --- broken documents ---------------------------------------------------------------------------------------

BROKEN = {
    "syntax": "kind: [",
    "empty": "",
    "no kind": "id: something\n",
    "wrong kind": "kind: somethink\n",
    "tag": "kind: !x claim\n",
    "several documents": "kind: claim\n---\nkind: claim\n",
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("file", [*DOCUMENTS])
def test_a_broken_file_is_one_finding_and_nothing_is_unknown_for_that(file: str, how: str, tmp_path: Path) -> None:
    (finding,) = found(tmp_path, **{file: BROKEN[how]})
    assert finding.file == file
    assert finding.code < "POE102"


@pytest.mark.parametrize("file", [*CLAIMS, *OTHERS])
def test_a_broken_file_does_not_stop_others(file: str, tmp_path: Path) -> None:
    faults = {other: text.replace("id:", "idd:", 1) for other, text in DOCUMENTS.items() if other != "poe.yaml"}
    findings = found(tmp_path, **(faults | {file: BROKEN["syntax"]}))
    assert {finding.file for finding in findings} == set(faults)


def test_an_unreadable_claim_is_counted(tmp_path: Path) -> None:
    result = validate(repository(tmp_path, **{"ads/claim.yaml": BROKEN["syntax"]}))
    assert (len(result.claims), result.unread) == (2, 1)


def test_a_plan_of_another_name_may_be_the_one_that_is_meant(tmp_path: Path) -> None:
    plan = DOCUMENTS["plans/fy27-hosting.yaml"].replace("id: fy27-hosting", "id: FY27 Hosting")
    assert told(found(tmp_path, **{"plans/fy27-hosting.yaml": plan})) == [("plans/fy27-hosting.yaml", "POE106", "/id")]


# --- several faults -----------------------------------------------------------------------------------------


# Rules that compare claims: what is wrong with one shows in another.
ACROSS = frozenset(["POE410", "POE601", "POE602"])


def files_of(case: Case) -> set[str]:
    return {edit["file"] for edit in case.data["edits"]}


def of_one_claim(case: Case) -> bool:
    """Whether a case is an edit of one claim that is not about others: of those each must be told, whatever else is."""
    simple = set(case.data) == {"edits", "expect"} and case.code < "POE9" and case.code not in ACROSS
    return simple and len(files_of(case)) == 1 and files_of(case) <= set(CLAIMS)


PAIRS = [pair for pair in pairwise(filter(of_one_claim, BAD)) if files_of(pair[0]) != files_of(pair[1])]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda case: case.id)
def test_faults_in_two_documents_are_all_told(one: Case, other: Case, tmp_path: Path) -> None:
    both: dict[str, Any] = {key: [*one.data[key], *other.data[key]] for key in ("edits", "expect")}
    case = Case("both", "", is_good=False, data=both)
    places = build(both, tmp_path)
    compare(list(zip(case.expected, places, strict=True)), validate(case.options(tmp_path)), tmp_path)


def test_faults_in_one_document_are_all_told(tmp_path: Path) -> None:
    text = DOCUMENTS["seminar/claim.yaml"]
    for old, new in (
        ('date: "2026-09-17"\n', 'date: "2026-12-17"\n'),
        ("role: incentives_user", "role: accountant"),
        ("    note: The full room\n", ""),
        ('number: "10482"', "number: 10482"),
        ("{registered_guest_count: 118}", "{}"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    codes = [finding.code for finding in found(tmp_path, **{"seminar/claim.yaml": text})]
    assert sorted(codes) == ["POE104", "POE105", "POE301", "POE501", "POE520"]


# --- rules and what they read -------------------------------------------------------------------------------


def first_bad(rule: Rule) -> Case:
    return next(case for case in BAD if case.code == rule.code and not case.data.get("deep"))


def codes_with_faults(rule: Rule, paths: list[str], root: Path) -> list[set[str]]:
    """What comes of a bad case of a rule when every document has a fault, by the paths of the fault."""
    case = first_bad(rule)
    build(case.data, root)
    loaded, options = load(lay_out(root), 1), case.options(root)
    assert options.as_of is not None
    judges = load_rulebook(loaded.settings.rulebook, root)
    judging = Judging(
        judges, Calendar(judges, loaded.settings.holidays), options.as_of, options.for_submission, opens=None
    )
    histories = read_histories(loaded)[1] if "earlier" in case.data else {}
    contexts = ContextMaker(loaded, judging, histories).claims()
    found: list[set[str]] = []
    for path in paths:
        faults = [Fault(WRONG_TYPE, "schema.wrong_type", NOWHERE, path)] if path else []
        for file, document in loaded.documents.items():
            loaded.documents[file] = replace(document, faults=faults)
        ran = Runner(loaded, judging, [rule], histories).run(contexts)
        found.append({finding.code for finding in ran.findings})
    return found


# Those that look into opened files do so in deep runs only.
DEEP = ("POE450", "POE451", "POE516", "POE517", "POE518", "POE546")
RULES = [rule for rule in all_rules() if rule.code not in DEEP]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_fault_in_what_a_rule_reads_silences_it(rule: Rule, tmp_path: Path) -> None:
    paths = [read.removeprefix("plan:") or "/name" for read in rule.reads]
    paths += [f"{path}/0/deeper" for path in paths]
    assert codes_with_faults(rule, paths, tmp_path) == [set()] * len(paths)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_fault_elsewhere_does_not_silence_it(rule: Rule, tmp_path: Path) -> None:
    elsewhere = [] if "" in rule.reads else ["/somewhere_else"]  # which of the whole document nothing is
    assert codes_with_faults(rule, ["", *elsewhere], tmp_path) == [{rule.code}] * (1 + len(elsewhere))


# --- waivers ------------------------------------------------------------------------------------------------

WAIVER = """\
waivers:
  - {rule: %s, reason: Known, approved_by: finance@nordanvind.example, until: "2026-12-31"}
history:
"""


def with_waiver(file: str, rule: str) -> str:
    return DOCUMENTS[file].replace("history:\n", WAIVER % rule)


def test_a_waiver_is_not_unused_because_a_fault_silenced_its_rule(tmp_path: Path) -> None:
    text = with_waiver("seminar/claim.yaml", "POE510").replace("evidence: event_photo", "evidence: 5")
    assert [finding.code for finding in found(tmp_path, **{"seminar/claim.yaml": text})] == ["POE104"]


def test_a_waiver_is_not_unused_because_another_document_is_broken(tmp_path: Path) -> None:
    texts = {"seminar/claim.yaml": with_waiver("seminar/claim.yaml", "POE301"), OTHERS[1]: BROKEN["syntax"]}
    assert [finding.code for finding in found(tmp_path, **texts)] == ["POE002"]


def test_a_waiver_is_unused_though_another_claim_is_broken_unless_its_rule_compares_claims(tmp_path: Path) -> None:
    for rule, expected in (("POE501", ["POE002", "POE910"]), ("POE410", ["POE002"])):
        texts = {"seminar/claim.yaml": with_waiver("seminar/claim.yaml", rule), "ads/claim.yaml": BROKEN["syntax"]}
        assert [finding.code for finding in found(tmp_path / rule, **texts)] == expected


def test_a_faulty_waiver_is_one_finding(tmp_path: Path) -> None:
    text = with_waiver("seminar/claim.yaml", "501")
    assert [finding.code for finding in found(tmp_path, **{"seminar/claim.yaml": text})] == ["POE104"]


def test_waived_findings_are_kept_apart_with_who_and_why(tmp_path: Path) -> None:
    text = with_waiver("seminar/claim.yaml", "POE501").replace("    note: The full room\n", "")
    result = validate(repository(tmp_path, **{"seminar/claim.yaml": text}))
    (finding,) = result.waived
    assert not result.findings
    assert finding.waived is not None
    assert (finding.code, finding.waived.reason, str(finding.waived.until)) == ("POE501", "Known", "2026-12-31")
    seminar = result.claim("seminar")
    assert seminar is not None
    assert seminar.waived == (finding,)


# --- drafts, submissions and time ---------------------------------------------------------------------------

OPEN = [case for case in BAD if any(expected.severity == "open" for expected in case.expected)]


@pytest.mark.parametrize("case", OPEN, ids=lambda case: case.id)
def test_what_is_open_is_an_error_for_submission(case: Case, tmp_path: Path) -> None:
    build(case.data, tmp_path)
    drafted = validate(case.options(tmp_path)).findings
    handed_in = validate(case.options(tmp_path, for_submission=True)).findings
    as_error = {Severity.OPEN: Severity.ERROR}
    assert [(f.code, f.path, f.severity) for f in handed_in] == [
        (f.code, f.path, as_error.get(f.severity, f.severity)) for f in drafted
    ]


# One case for each message is enough. What comes first in a file is not found behind a comment.
FIRST = {"read.byte_order_mark", "read.other_encoding"}
# Between the advised day and the end of the window; until the activity's day; as many sources as are old that day.
ON_ONE_DAY = {"POE703.draft", "POE306.draft", "POE917"}
EACH = {case.expected[0].message: case for case in BAD if not case.data.get("deep")}
EACH = {message: case for message, case in EACH.items() if message not in FIRST | ON_ONE_DAY}


@pytest.mark.parametrize("case", EACH.values(), ids=lambda case: case.id)
def test_a_finding_stays_the_same_when_lines_move_and_days_pass(case: Case, tmp_path: Path) -> None:
    build(case.data, tmp_path)
    options = case.options(tmp_path)
    assert options.as_of is not None
    before = validate(options).findings
    for file in tmp_path.rglob("*.yaml"):
        if file.is_file() and not file.is_symlink() and file.stat().st_size < 900_000:
            file.write_bytes(b"# A comment.\n\n" + file.read_bytes())
    after = validate(case.options(tmp_path, as_of=options.as_of + timedelta(days=1))).findings
    lines = {finding.fingerprint for finding in before}
    assert len(lines) == len(before), "two findings cannot be told apart"
    # What the calendar brings with the new day is not the old findings' matter.
    assert lines <= {finding.fingerprint for finding in after}


def is_draft(case: Case) -> bool:
    """Whether a case is a draft as it is in the repository that all begin with, so that it can be handed in here."""
    drafts = {"seminar/claim.yaml", "mailing/claim.yaml"}
    return set(case.data) == {"edits", "expect"} and files_of(case) <= drafts and case.code < "POE9"


@pytest.mark.parametrize("case", [case for case in OPEN if is_draft(case)], ids=lambda case: case.id)
def test_what_is_open_is_an_error_once_handed_in(case: Case, tmp_path: Path) -> None:
    build(case.data, tmp_path)
    drafted = validate(case.options(tmp_path)).findings
    for file in files_of(case):
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert text.count("status: editing\nhistory:\n") == 1
        text = text.replace("status: editing\nhistory:\n", "status: submitted\nhistory:\n")
        entry = "  - {at: 2026-11-10T08:00:00Z, by: a@b.example, role: incentives_admin, status: submitted}\n"
        end = field(text, "history").end()
        (tmp_path / file).write_text(text[:end] + entry + text[end:], encoding="utf-8")
    handed_in = validate(case.options(tmp_path)).findings
    as_error = {Severity.OPEN: Severity.ERROR}
    assert [(f.code, f.path, f.severity) for f in handed_in] == [
        (f.code, f.path, as_error.get(f.severity, f.severity)) for f in drafted
    ]


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.when is When.SUBMISSION], ids=lambda it: it.code)
def test_what_only_a_submission_needs_is_shown_open_and_as_an_error(rule: Rule) -> None:
    shown = {expected.severity for case in BAD for expected in case.expected if expected.code == rule.code}
    assert shown >= {"open", "error"}


@pytest.mark.parametrize("for_submission", [False, True])
def test_the_repository_that_all_cases_begin_with_has_no_finding(for_submission: bool, tmp_path: Path) -> None:
    build({}, tmp_path)
    result = validate(Options((tmp_path,), AS_OF, for_submission=for_submission, ignore=OF_THE_DAY))
    assert (result.findings, result.waived, result.unread) == ((), (), 0)
