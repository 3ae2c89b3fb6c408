"""Several packets, one after the other or in a few processes."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from poe_pack.evidence.prober import Prober, ProbingUnavailable
from poe_pack.git import last_commit
from poe_pack.packet.build import EvidenceProblem, build_packet
from poe_pack.packet.inputs import inputs_of
from poe_pack.printing import MissingGlyph, PrintingUnavailable
from poe_pack.validation.result import ClaimResult, Result

# A worker's memory grows with the packets it makes; a fresh one costs a second.
_PACKETS_PER_WORKER = 25


class Job(Struct, frozen=True):
    """How packets are to be made."""

    out: Path
    paper: str
    language: str
    draft: bool


class Outcome(Struct, frozen=True):
    """What came of one claim: its folder and pages, or the problem in a sentence."""

    claim: str
    folder: Path | None
    pages: int
    problem: str | None


class PackingFailed(Exception):
    """No packet can be made on this machine or into this folder; the text says what to do."""


def build_all(result: Result, claims: Sequence[ClaimResult], job: Job, jobs: int) -> Iterator[Outcome]:
    """Make packets, in the order of `claims` whatever `jobs` is. Raises PackingFailed."""
    if jobs <= 1 or len(claims) <= 1:
        yield from _in_process(result, claims, job)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    ids = [claim.claim.file for claim in claims]
    turn = jobs * _PACKETS_PER_WORKER
    for first in range(0, len(ids), turn):
        # A pool of its own for each turn: one that replaces its workers as it goes (`max_tasks_per_child`) stands
        # still for ever on Python 3.11 as soon as all of them are due at once.
        part = ids[first : first + turn]
        context = get_context("spawn")
        with ProcessPoolExecutor(min(jobs, len(part)), context, _start, (result, job)) as pool:
            yield from pool.map(_work, part)


def _in_process(result: Result, claims: Sequence[ClaimResult], job: Job) -> Iterator[Outcome]:
    with Prober() as prober:
        for claim in claims:
            yield _one(result, claim, job, prober)


def _one(result: Result, claim: ClaimResult, job: Job, prober: Prober) -> Outcome:
    commit = last_commit(result.base, inputs_of(result, claim))
    id = claim.claim.id
    try:
        built = build_packet(
            result,
            claim,
            job.out,
            language=job.language,
            paper=job.paper,
            draft=job.draft,
            prober=prober,
            commit=commit,
        )
    except (EvidenceProblem, MissingGlyph) as problem:
        return Outcome(id, None, 0, str(problem))
    except (PrintingUnavailable, ProbingUnavailable) as error:
        raise PackingFailed(str(error)) from error
    except OSError as error:
        raise PackingFailed(f"cannot write to {job.out}: {error.strerror or error}") from error
    return Outcome(id, built.folder, built.pages, None)


class _Worker:
    """What all packets of a worker process share, from its start on."""

    result: ClassVar[Result]
    job: ClassVar[Job]
    prober: ClassVar[Prober]


def _start(result: Result, job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends workers at once; the parent says so
    _Worker.result, _Worker.job, _Worker.prober = result, job, Prober()


def _work(file: str) -> Outcome:
    claim = next(claim for claim in _Worker.result.claims if claim.claim.file == file)
    return _one(_Worker.result, claim, _Worker.job, _Worker.prober)
