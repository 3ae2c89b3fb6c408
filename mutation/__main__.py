"""`python -m mutation`: tries all mutants of the rules; exit status 1 where too many survive, in all or in a folder."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType

from mutation import equivalent
from mutation.checks import Check, Watched, cases, laws, laws_of_each, watch
from mutation.equivalent import Equivalent
from mutation.kinds import told
from mutation.modules import RULES, Module, all_modules
from mutation.mutants import Mutant, mutants
from mutation.opening import opened_once
from mutation.scores import GOAL, HEAD, Score, line, together
from mutation.swapping import importers
from mutation.trials import Fate, Trial, tried

# What feeds more codes than these has cases enough, and laws of each code would take minutes for each survivor.
_FEW = 20


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for; returns the exit status."""
    asked = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _end)  # so that processes and files go, too
    known = equivalent.read()
    modules = [module for module in all_modules() if not asked.only or any(map(module.is_meant_by, asked.only))]
    if not modules:
        print(f"no module of {RULES} is called so: {' '.join(asked.only)}", file=sys.stderr)
        return 2
    with opened_once():
        return _judge_all(modules, known, asked.jobs)


def _judge_all(modules: Sequence[Module], known: Sequence[Equivalent], jobs: int) -> int:
    names = {module.path for module in all_modules()}
    started = time.monotonic()
    codes = frozenset().union(*(module.codes for module in modules))
    watched = {one.check.id: one for one in watch(cases(codes), RULES)}
    print(f"{len(watched):,} cases, {time.monotonic() - started:,.0f} s\n{HEAD}", flush=True)
    scores: dict[Module, Score] = {}
    stale = [entry for entry in known if entry.module not in names]
    for module in modules:
        score, used = judged(module, watched, known, jobs)
        stale += [entry for entry in known if entry.module == module.path and entry not in used]
        scores[module] = score
        print(line(score), flush=True)
        for number, mutant in score.survivors:
            print(f"    {number}\n      - {mutant.old}\n      + {mutant.new}", flush=True)
    return _sum(scores, stale, time.monotonic() - started)


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)


def judged(
    module: Module, watched: Mapping[str, Watched], known: Sequence[Equivalent], jobs: int
) -> tuple[Score, set[Equivalent]]:
    """What came of a module's mutants, and the equivalent ones among those that survived."""
    score, used = Score(module.path.removeprefix("poe_pack/")), set[Equivalent]()
    order: list[Watched] = sorted((watched[case.id] for case in cases(module.codes)), key=lambda one: one.took)
    trials = _trials(module, order)
    unchanged = next(trials)
    for outcome in tried([unchanged], 1):
        if outcome.fate is not Fate.SURVIVED:
            raise SystemExit(f"{outcome.why}{module.path}: unchanged, it is {outcome.fate}; mend its tests first")
    for outcome in tried(trials, jobs):
        mutant = outcome.trial.mutant
        same = [entry for entry in known if entry.is_of(module.path, mutant)]
        order.sort(key=lambda one: one.check.id != outcome.by)  # the next mutant is much like this one
        if outcome.fate is not Fate.SURVIVED:
            score.killed += outcome.fate is Fate.KILLED
            score.ended += outcome.fate is Fate.ENDED
        elif same:
            score.equivalent += 1
            used.update(same)
        else:
            score.survivors.append((f"{module.path}:{mutant.line}", mutant))
    score.survivors.sort(key=lambda found: found[1].line)
    return score, used


def _trials(module: Module, order: Sequence[Watched]) -> Iterator[Trial]:
    """The module unchanged against everything, then each mutant against what runs its line, in the order so far."""
    source = module.file.read_text(encoding="utf-8")
    each = laws_of_each(module.codes) if len(module.codes) <= _FEW else []
    others = [*each, *laws(module.laws())]
    needing = importers(module.name, ("poe_pack", "tests"))

    def trial(mutant: Mutant) -> Trial:
        running: list[Check] = [one.check for one in order if one.runs(str(module.file), mutant.lines)]
        return Trial(module.name, needing, mutant, [*running, *others])

    yield trial(Mutant(1, "", "", source, None))
    for mutant in mutants(source):
        yield trial(mutant)


def _sum(scores: Mapping[Module, Score], stale: Sequence[Equivalent], seconds: float) -> int:
    folders = sorted({module.folder for module in scores})
    sums = [together(name or "shared", [s for m, s in scores.items() if m.folder == name]) for name in folders]
    whole = together("all", sums)
    print(f"\n{HEAD}", *(line(score) for score in (*sums, whole)), f"{seconds:,.0f} s", sep="\n")
    if whole.survivors:
        print(f"survived: {told(mutant for _, mutant in whole.survivors)}")
    for entry in stale:
        print(f"mutation/equivalent.yaml: {entry.module}: nothing like this survives: {entry.line} → {entry.becomes}")
    short = [score.name for score in (*sums, whole) if not score.is_enough]
    if short:
        print(f"under {GOAL:.0f} %: {', '.join(short)}")
    return 1 if short or stale else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("only", nargs="*", help="folders, modules or codes: cost, funds/_caps, base, POE410 (all)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
