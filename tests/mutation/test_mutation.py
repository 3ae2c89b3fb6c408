"""Mutation testing itself: which changes it makes, what kills them, and what it says of those that nobody kills."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from mutation import __main__ as program
from mutation import equivalent
from mutation.checks import Check, cases, laws, watch
from mutation.equivalent import Equivalent
from mutation.kinds import Kind, kind_of, told
from mutation.modules import CHECKOUT, RULES, Module, all_modules
from mutation.mutants import Mutant, mutants
from mutation.opening import opened_once
from mutation.scores import Score, line, together
from mutation.swapping import importers
from mutation.trials import Fate, Trial, tried
from poe_pack.evidence.facts import MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.prober import Prober


def made(source: str) -> set[str]:
    """What the changed lines of a source say instead."""
    return {mutant.new for mutant in mutants(textwrap.dedent(source))}


def function(line: str) -> str:
    return f"def f(a, b):\n    {line}\n"


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("return a > b", {"return a >= b"}),
        ("return a == 1", {"return a != 1", "return a == 2"}),
        ("return a and b", {"return a or b", "return a", "return b"}),
        ("g[(a or b)]", {"g[(a and b)]", "g[(a)]", "g[(b)]"}),
        ("return not a", {"return a"}),
        ("return g(a, b)", {"return g(None, b)", "return g(a, None)", "return g(b)", "return g(a, )"}),
        ("return 'Ab'", {"return 'XXAbXX'", "return 'ab'", "return 'AB'"}),
        ("return [c for c in a if c.b]", {"return [c for c in a if not (c.b)]", "return [c for c in a if True]"}),
        ("return [c for c in a if not b]", {"return [c for c in a if b]", "return [c for c in a if True]"}),
        ("return len(a)", set()),
        ("return isinstance(a, int)", set()),
        ("return zip(a, b, strict=True)", {"return zip(None, b, strict=True)", "return zip(a, None, strict=True)",
            "return zip(b, strict=True)", "return zip(a, strict=True)"}),
    ],
)  # fmt: skip
def test_what_becomes_of_a_line(line: str, instead: set[str]) -> None:
    assert made(function(line)) == instead


def test_a_condition_is_turned_round_and_left_out() -> None:
    assert made("def f(a):\n    if a:\n        yield 1\n") == {"if not (a):", "if False:", "yield 2"}
    assert made("def f(a):\n    if a > 1:\n        yield 1\n") == {"if a >= 1:", "if False:", "if a > 2:", "yield 2"}
    assert made("def f(a):\n    while a:\n        yield a\n") == {"while not (a):"}


def test_what_describes_a_rule_or_a_type_is_kept() -> None:
    source = '''\
        """Docs, 1 > 2."""

        from __future__ import annotations

        from a import b

        CODE = "POE999"
        READS = ("/date",)
        Key = tuple[str, int]
        _Pair = dict[str, "x"]

        @final
        class Thing(Struct, frozen=True):
            """Docs."""

            name: "str | None"
            size: int = 1

        def f(a: "int" = 1) -> list["str"]:
            """Docs."""
        '''
    assert made(source) == {"size: int = 2", "size: int = None", 'def f(a: "int" = 2) -> list["str"]:'}


def test_a_mutant_knows_its_place() -> None:
    source = """\
KEY = "a"


def f(a, b):
    if a:
        return (
            a + b
        )
    return 2
"""
    found = {mutant.new: (mutant.line, mutant.old, mutant.lines) for mutant in mutants(source)}
    assert found["a - b"] == (7, "a + b", range(6, 9))
    assert found["if not (a):"] == (5, "if a:", range(5, 6))
    assert found["return 3"] == (9, "return 2", range(9, 10))
    assert found["KEY = None"] == (1, 'KEY = "a"', None)


def test_each_mutant_is_another_program() -> None:
    source = (RULES / "_order.py").read_text(encoding="utf-8")
    sources = [mutant.source for mutant in mutants(source)]
    assert len({*sources, source}) == len(sources) + 1
    for mutant in sources:
        compile(mutant, "mutant", "exec")


def test_a_file_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def probe(_self: Prober, path: Path, _kind: MediaType | None, *, max_pages: int) -> ProbeFacts:
        asked.append(path.name)
        return ProbeFacts(ProbeState.OK, f"{path.read_text()} {max_pages}")

    monkeypatch.setattr(Prober, "probe", probe)
    for name, text in (("a", "same"), ("b", "same"), ("c", "other")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with opened_once():
        told = [Prober().probe(tmp_path / name, MediaType.PDF, max_pages=pages).detail
                for name, pages in (("a", 1), ("b", 1), ("c", 1), ("a", 2))]  # fmt: skip
    assert told == ["same 1", "same 1", "other 1", "same 2"]
    assert asked == ["a", "c", "a"]
    assert Prober.probe is probe


# --- trials -------------------------------------------------------------------------------------------------


PLANTED = """\
LIMIT = 3


def is_late(day):
    if day < 0:
        return None
    return day > LIMIT


def count(days):
    found = 0
    while days:
        found += is_late(days.pop())
    return found
"""


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A module `planted.days`, and `planted.user`, which has a name of it."""
    folder = tmp_path / "planted"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "days.py").write_text(PLANTED, encoding="utf-8")
    (folder / "user.py").write_text("from planted.days import count\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import_module("planted.user")
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "planted"]:
        del sys.modules[name]


def late(_folder: Path) -> None:
    days = import_module("planted.days")
    assert days.is_late(4)
    assert not days.is_late(3)


def counted(_folder: Path) -> None:
    assert import_module("planted.user").count([4, 5, 1]) == 2


def fates(*runs: Callable[[Path], None]) -> dict[str, Fate]:
    """What becomes of each mutant of the planted module: its new text and its fate."""
    needing = importers("planted.days", ("planted",))
    checks = [Check(run.__name__, run, 1.0) for run in runs]
    trials = [Trial("planted.days", needing, mutant, checks) for mutant in mutants(PLANTED)]
    return {outcome.trial.mutant.new: outcome.fate for outcome in tried(trials, 2)}


def test_a_mutant_is_killed_by_what_tells_it_apart(planted: Path) -> None:
    found = fates(late, counted)
    assert found["return day >= LIMIT"] is Fate.KILLED
    assert found["LIMIT = 4"] is Fate.KILLED
    assert found["LIMIT = None"] is Fate.KILLED
    assert found["found = 1"] is Fate.KILLED  # seen by who has taken a name of the module
    assert found["while not (days):"] is Fate.KILLED
    survived = {new for new, fate in found.items() if fate is Fate.SURVIVED}
    assert survived == {"if False:", "if day <= 0:", "if day < 1:"}


def test_without_a_check_all_survive(planted: Path) -> None:
    assert set(fates().values()) == {Fate.SURVIVED}


def test_what_never_ends_is_ended(planted: Path) -> None:
    endless = "def is_late(day):\n    while True:\n        pass\n"
    trial = Trial("planted.days", frozenset(), Mutant(1, "", "", endless, None), [Check("late", late, 0.2)])
    (outcome,) = tried([trial], 1)
    assert outcome.fate is Fate.ENDED


def test_what_is_no_program_is_killed_and_says_why(planted: Path) -> None:
    trial = Trial("planted.days", frozenset(), Mutant(1, "", "", "is_late = nobody\n", None), [])
    (outcome,) = tried([trial], 1)
    assert outcome.fate is Fate.KILLED
    assert "NameError" in outcome.why


def test_a_trial_leaves_the_module_as_it_was(planted: Path) -> None:
    fates(late)
    late(planted)
    assert importers("planted.days", ("planted",)) == {"planted.user"}
    assert importers("planted.user", ("planted",)) == set()


def test_which_lines_a_check_runs(planted: Path) -> None:
    (watched,) = watch([Check("late", late)], planted)
    file = str(planted / "days.py")
    assert watched.runs(file, range(7, 8))
    assert not watched.runs(file, range(6, 7))
    assert not watched.runs(file, range(11, 15))
    assert watched.runs(file, None)
    assert not watched.runs("another.py", range(7, 8))


# --- rules --------------------------------------------------------------------------------------------------


def module(name: str) -> Module:
    return next(one for one in all_modules() if one.name == f"poe_pack.rules.{name}")


def test_every_module_of_the_rules_is_there_and_feeds_a_code() -> None:
    files = {file for file in RULES.rglob("*.py") if file.stem != "__init__"}
    assert {one.file for one in all_modules()} == files
    assert all(one.codes for one in all_modules())


def test_a_module_feeds_its_own_code_and_those_that_import_it() -> None:
    assert module("funds.amount_cap").codes == {"POE610"}
    assert module("funds._caps").codes >= {"POE610", "POE611", "POE612", "POE614"}
    assert module("base").codes == module("registry").codes == {case.id[:6] for case in cases(module("base").codes)}
    assert "test_caps_laws" in {file.stem for file in module("funds._caps").laws()}
    assert module("head.zero_amount").laws() == []


def test_how_modules_are_called() -> None:
    caps = module("funds._caps")
    assert [only for only in ("funds", "funds/_caps", "cost", "POE610", "base") if caps.is_meant_by(only)] == [
        "funds",
        "funds/_caps",
    ]
    assert module("funds.amount_cap").is_meant_by("POE610")
    assert module("base").is_meant_by("base")


def test_the_cases_of_a_rule_kill_its_mutants() -> None:
    rule = module("head.zero_amount")
    watched = {one.check.id: one for one in watch(cases(rule.codes), RULES)}
    score, used = program.judged(rule, watched, [], 2)
    assert score.counted > 10
    assert score.percent >= 90
    assert used == set()


def test_laws_are_run_and_may_fail(tmp_path: Path) -> None:
    good, bad = tmp_path / "test_good.py", tmp_path / "test_bad.py"
    good.write_text("def test_it():\n    assert True\n", encoding="utf-8")
    bad.write_text("def test_it():\n    assert False\n", encoding="utf-8")
    here = Trial("mutation.scores", frozenset(), Mutant(1, "", "", "", None), laws([good]))
    there = Trial("mutation.scores", frozenset(), Mutant(1, "", "", "", None), laws([bad]))
    found = {outcome.trial.checks[0].id: outcome.fate for outcome in tried([here, there], 2)}
    assert found == {"test_good": Fate.SURVIVED, "test_bad": Fate.KILLED}
    assert laws([]) == []


# --- what is told -------------------------------------------------------------------------------------------


def test_equivalent_mutants_are_known_by_their_text(tmp_path: Path) -> None:
    file = tmp_path / "equivalent.yaml"
    file.write_text("a.py:\n  - {line: x > 1, becomes: [x >= 1, x > 2], reason: never one}\n", encoding="utf-8")
    entries = equivalent.read(file)
    assert entries == [Equivalent("a.py", "x > 1", text, "never one") for text in ("x >= 1", "x > 2")]
    assert entries[0].is_of("a.py", Mutant(7, "x > 1", "x >= 1", "", None))
    assert not entries[0].is_of("b.py", Mutant(7, "x > 1", "x >= 1", "", None))


@pytest.mark.parametrize("entry", ["{line: a, becomes: [b]}", "{line: a, becomes: [b], reason: ''}"])
def test_an_equivalent_mutant_needs_a_reason(tmp_path: Path, entry: str) -> None:
    file = tmp_path / "equivalent.yaml"
    file.write_text(f"a.py:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a\\.py"):
        equivalent.read(file)


def test_entries_that_are_kept_are_of_lines_that_are_there() -> None:
    for entry in equivalent.read():
        lines = (CHECKOUT / entry.module).read_text(encoding="utf-8")
        assert entry.line in " ".join(line.strip() for line in lines.splitlines()), entry


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("if a is None or b:", "if b:", Kind.GUARD),
        ("if a is None or b:", "if a is None and b:", Kind.GUARD),
        ("a = b.get(c) or {}", "a = b.get(c)", Kind.GUARD),
        ('a = b or ""', 'a = b or "XXXX"', Kind.GUARD),
        ('yield Hit("/a", at_key=True)', 'yield Hit("/a", at_key=None)', Kind.KEY),
        ('yield Hit("/a", at_key=True)', 'yield Hit("/a", )', Kind.KEY),
        ('a = "b"', 'a = "XXbXX"', Kind.TEXT),
        ("if a > 0:", "if a > 1:", Kind.NUMBER),
        ("if a > b:", "if a >= b:", Kind.BOUND),
        ("continue", "break", Kind.JUMP),
        ("a = b(c, d)", "a = b(c, None)", Kind.ARGUMENT),
        ("a = b(c, d)", "a = b(c, )", Kind.ARGUMENT),
        ("if a or b:", "if a:", Kind.CONDITION),
        ("if a:", "if not (a):", Kind.CONDITION),
        ("if a == b:", "if a != b:", Kind.CONDITION),
        ("a += b", "a = b", Kind.OTHER),
    ],
)
def test_kinds_of_changes(old: str, new: str, kind: Kind) -> None:
    assert kind_of(Mutant(1, old, new, "", None)) is kind


def test_kinds_are_told_with_their_number() -> None:
    mutants = [Mutant(1, "continue", "break", "", None), *[Mutant(1, "if a > b:", "if a >= b:", "", None)] * 2]
    assert told(mutants) == "bound 2, jump 1"


def scored(name: str, killed: int, survived: int) -> Score:
    survivors = [(f"{name}:{number}", Mutant(number, "a", "b", "", None)) for number in range(survived)]
    return Score(name, killed=killed, survivors=survivors)


def test_scores() -> None:
    assert scored("a", 9, 1).is_enough
    assert not scored("a", 89, 11).is_enough
    assert scored("a", 0, 0).percent == 100
    both = together("all", [scored("a", 9, 1), Score("b", killed=5, ended=5, equivalent=3)])
    assert (both.counted, both.killed, both.ended, both.equivalent, both.percent) == (20, 14, 5, 3, 95.0)
    assert line(both).split() == ["all", "20", "14", "5", "1", "3", "95.0%"]


def test_what_is_asked_for_must_be_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_the_whole_program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equivalent, "read", list[Equivalent])
    assert program.main(["head/zero_amount"]) == 0
    assert "rules/head/zero_amount.py" in capsys.readouterr().out
    stale = Equivalent("poe_pack/rules/head/zero_amount.py", "a", "b", "never")
    monkeypatch.setattr(equivalent, "read", lambda: [stale])
    assert program.main(["POE303"]) == 1
    assert "nothing like this survives: a → b" in capsys.readouterr().out
