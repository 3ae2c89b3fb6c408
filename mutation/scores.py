"""What came of the mutants: per module, per folder, together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mutation.mutants import Mutant

GOAL = 90.0
"""The least share of mutants to be killed, in percent, for each folder and for all together."""


@dataclass(slots=True)
class Score:
    """Mutants of a module, a folder or all; `equivalent` ones have survived and do not count."""

    name: str
    killed: int = 0
    ended: int = 0
    equivalent: int = 0
    survivors: list[tuple[str, Mutant]] = field(default_factory=list)

    @property
    def counted(self) -> int:
        return self.killed + self.ended + len(self.survivors)

    @property
    def percent(self) -> float:
        """Share of killed mutants; all where there are none."""
        return 100 * (self.killed + self.ended) / self.counted if self.counted else 100.0

    @property
    def is_enough(self) -> bool:
        return self.percent >= GOAL

    def add(self, other: Score) -> None:
        """Count another one's, too."""
        self.killed += other.killed
        self.ended += other.ended
        self.equivalent += other.equivalent
        self.survivors += other.survivors


def together(name: str, scores: Iterable[Score]) -> Score:
    """One score of several."""
    whole = Score(name)
    for score in scores:
        whole.add(score)
    return whole


HEAD = f"{'':<48} {'mutants':>8} {'killed':>7} {'ended':>6} {'survived':>9} {'same':>5} {'score':>7}"


def line(score: Score) -> str:
    """A line of the table; `ended` are killed, too, by a limit."""
    return (
        f"{score.name:<48} {score.counted:>8,} {score.killed:>7,} {score.ended:>6,} {len(score.survivors):>9,} "
        f"{score.equivalent:>5,} {score.percent:>6.1f}%"
    )
