"""The rows that the benchmark prints: figures, ratios, and beside these their goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.timing import Timing

_NAME = 46


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a figure may be; with `below` it must stay under that."""

    limit: float
    below: bool = False
    unit: str = ""

    def judge(self, figure: float) -> str:
        """The goal and whether the figure meets it."""
        met = figure < self.limit if self.below else figure <= self.limit
        limit = f"{self.limit:.0f} {self.unit}" if self.unit else f"{self.limit:.2f}"
        return f"goal {'<' if self.below else '≤'} {limit}: {'met' if met else 'MISSED'}"


def heading(text: str) -> str:
    """Title of a part with the names of the columns."""
    return f"{text:<{_NAME + 2}} {'time':>9}  {'largest':>9}  {'together':>9}"


def against(timings: Mapping[str, Timing], ours: str, goals: Mapping[str, Goal]) -> Iterator[str]:
    """A row for each command; for each of the others the ratio of our time to theirs."""
    for name, timing in timings.items():
        row = figures(name, timing)
        if name != ours:
            row += ratio("ours / theirs", timings[ours].seconds / timing.seconds, goals.get(name))
        yield row


def figures(name: str, timing: Timing) -> str:
    """Name, seconds, and the memory of the largest process and of all together."""
    together = "-" if timing.together is None else f"{timing.together:.0f} MB"
    return f"  {name:<{_NAME}} {timing.seconds:7.2f} s  {timing.largest:6.0f} MB  {together:>9}"


def ratio(name: str, figure: float, goal: Goal | None) -> str:
    """What stands behind the figures of a row."""
    return f"   {name} {figure:.2f}" + (f"   {goal.judge(figure)}" if goal else "")


def missing(name: str, reason: str) -> str:
    """A row for what could not be measured."""
    return f"  {name:<{_NAME}} not measured: {reason}"
