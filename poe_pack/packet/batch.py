"""Several packets, one after the other or in a few processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from poe_pack.evidence.prober import Prober, ProbingUnavailable
from poe_pack.git import last_commit
from poe_pack.languages import catalogue
from poe_pack.packet.basis import basis_of
from poe_pack.packet.build import EvidenceProblem, build_packet
from poe_pack.packet.folder import Occupied
from poe_pack.packet.inputs import DocumentChanged, document_digests, inputs_of
from poe_pack.packet.places import place_of, taken_places
from poe_pack.packet.replacing import remove_leftovers
from poe_pack.packet.unchanged import is_there, unchanged
from poe_pack.printing import MissingGlyph, PrintingUnavailable, uncollected
from poe_pack.validation.result import ClaimResult, Result

# Whatever a library may keep from packet to packet: a fresh worker costs a second.
_PACKETS_PER_WORKER = 25


class Job(Struct, frozen=True):
    """How packets are to be made; with `force` also those that would not change."""

    out: Path
    paper: str
    language: str
    draft: bool
    force: bool = False


class Outcome(Struct, frozen=True):
    """What came of one claim, named as its place is: its folder and pages, or the problem in a sentence.

    An `unchanged` packet was there already and was not made again.
    """

    claim: str
    folder: Path | None
    pages: int
    problem: str | None
    unchanged: bool = False


class PackingFailed(Exception):
    """No packet can be made on this machine or into this folder; the text says what to do."""


def build_all(result: Result, claims: Sequence[ClaimResult], job: Job, jobs: int) -> Iterator[Outcome]:
    """Make packets, in the order of `claims` whatever `jobs` is. Raises PackingFailed.

    What a killed run left in the folder goes first.
    """
    for folder in sorted({(job.out / place_of(result, claim)).parent for claim in claims} | {job.out}):
        remove_leftovers(folder)
    there: dict[str, Outcome | None] = dict(_refused(result, claims))
    if not job.force:
        there |= {claim.claim.file: _there(result, claim, job) for claim in claims if claim.claim.file not in there}
    fresh = [claim for claim in claims if there.get(claim.claim.file) is None]
    made = _in_processes(result, fresh, job, jobs) if min(jobs, len(fresh)) > 1 else _in_process(result, fresh, job)
    for claim in claims:
        yield there.get(claim.claim.file) or next(made)


def _refused(result: Result, claims: Sequence[ClaimResult]) -> Iterator[tuple[str, Outcome]]:
    """Claims whose packets would take the place of another claim's, by document."""
    taken = taken_places(result)
    for claim in claims:
        if claim.claim.file in taken:
            place = place_of(result, claim)
            problem = catalogue().text(
                "making.taken", place=place, file=claim.claim.file, other=taken[claim.claim.file]
            )
            yield claim.claim.file, Outcome(str(place), None, 0, problem)


def _there(result: Result, claim: ClaimResult, job: Job) -> Outcome | None:
    """The packet of a claim where it lies there already and would be the same again."""
    place = place_of(result, claim)
    folder = job.out / place
    try:
        if not is_there(folder):
            return None
        basis = basis_of(
            result,
            claim,
            document_digests(result, claim),
            language=job.language,
            paper=job.paper,
            draft=job.draft,
            commit=last_commit(result.base, inputs_of(result, claim)),
        )
        manifest = unchanged(folder, basis)
    except (OSError, DocumentChanged):  # or a document that is gone, a folder that cannot be: making it says so
        return None
    return None if manifest is None else Outcome(str(place), folder, manifest.pages, None, unchanged=True)


def _in_processes(result: Result, claims: Sequence[ClaimResult], job: Job, jobs: int) -> Iterator[Outcome]:
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
    with Prober() as prober, uncollected():
        if claims:
            prober.start()  # while WeasyPrint is imported
        for number, claim in enumerate(claims):
            if number > 0:
                gc.collect()  # a layout is full of cycles: left to itself, memory grows to more than twice as much
            yield _one(result, claim, job, prober)


def _one(result: Result, claim: ClaimResult, job: Job, prober: Prober) -> Outcome:
    commit = last_commit(result.base, inputs_of(result, claim))
    place = str(place_of(result, claim))
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
    except (EvidenceProblem, MissingGlyph, Occupied, DocumentChanged) as problem:
        return Outcome(place, None, 0, str(problem))
    except (PrintingUnavailable, ProbingUnavailable) as error:
        raise PackingFailed(str(error)) from error
    except OSError as error:
        raise PackingFailed(f"cannot write to {job.out}: {error.strerror or error}") from error
    return Outcome(place, built.folder, built.pages, None)


class _Worker:
    """What all packets of a worker process share, from its start on."""

    result: ClassVar[Result]
    job: ClassVar[Job]
    prober: ClassVar[Prober]


def _start(result: Result, job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends workers at once; the parent says so
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.result, _Worker.job, _Worker.prober = result, job, Prober()
    _Worker.prober.start()
    gc.disable()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for its next packet for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(file: str) -> Outcome:
    claim = next(claim for claim in _Worker.result.claims if claim.claim.file == file)
    gc.collect()
    return _one(_Worker.result, claim, _Worker.job, _Worker.prober)
