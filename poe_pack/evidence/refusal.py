"""Why a file is not read further: raised in the child process, told to the parent as facts."""

from __future__ import annotations

from poe_pack.evidence.facts import ProbeFacts, ProbeState


class Refused(Exception):
    """The file cannot be read; `facts` says why in a sentence of our own.

    Messages of libraries are never passed on: they hold paths and addresses of memory, and differ from
    version to version.
    """

    def __init__(
        self,
        state: ProbeState,
        detail: str,
        pixels: tuple[int, int] | None = None,
        active_content: tuple[str, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.facts = ProbeFacts(state, detail, pixels=pixels, active_content=active_content)


def damaged(detail: str) -> Refused:
    """A refusal of a file that is not what it should be."""
    return Refused(ProbeState.DAMAGED, detail)


def too_many_pages(count: int, most: int) -> Refused:
    """A refusal of a file with more pages than asked for."""
    return Refused(ProbeState.TOO_MANY_PAGES, f"{count} pages; at most {most} are read")
