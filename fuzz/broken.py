"""A property that does not hold, and the watch over the time that an input takes."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from fuzz.seeds import ROOT

# Seconds of the processor, so that a busy machine is no fault of an input; waiting for nothing is cut off by the wall
# clock, and what no Python handler can interrupt ends the process.
WALL, HARD = 60.0, 20.0


HANG = "no hang"


class Broken(Exception):
    """A property that does not hold. `name` says which one: a smaller input must break the same."""

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(name, detail)
        self.name = name
        self.detail = detail


class _TooLong(BaseException):
    """Not an Exception, so that nothing on the way takes it for a fault of the input."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


@contextmanager
def watched(seconds: float) -> Iterator[None]:
    """Turn whatever is raised inside, and taking longer than so many seconds, into Broken."""
    before = {number: signal.signal(number, _stop) for number in (signal.SIGVTALRM, signal.SIGALRM)}
    before[signal.SIGPROF] = signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds + HARD)
    signal.setitimer(signal.ITIMER_REAL, seconds + WALL)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except Broken:
        raise
    except _TooLong as error:
        raise Broken(HANG, f"more than {seconds:g} seconds of the processor at {_where(error)}") from error
    except Exception as error:
        raise Broken(f"no exception: {type(error).__name__} at {_where(error)}", str(error)) from error
    finally:
        for timer in (signal.ITIMER_VIRTUAL, signal.ITIMER_REAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _where(error: BaseException) -> str:
    """The deepest line of our own code that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT) and frame.name != "_stop"]
    frame = (own or list(frames))[-1]
    return f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}"
