"""A child process that answers one line for each line, within a time."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

_START_SECONDS = 60.0
"""A cold disk may take long to load the libraries; that is no fault of the file in hand."""

_READ = 65536


class ChildEnded(Exception):
    """The child closed its output; `status` is its exit status, negative the signal that ended it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the child process ended with {status}")
        self.status = status


class ChildSilent(Exception):
    """The child did not answer in time, or answered without end; it is being killed."""


class ChildProcess:
    """Runs a module of this package in a session of its own, with an empty environment. Not thread-safe."""

    def __init__(self, module: str, arguments: list[str], max_line: int) -> None:
        self._max_line = max_line
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            # A folder under review may hold modules named like ours.
            cwd="/",
            env=environment(),
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input = self._process.stdin.fileno()
        self._output = self._process.stdout.fileno()

    def greet(self) -> bytes:
        """Wait for the first line, which the child writes unasked. Raises ChildEnded, ChildSilent."""
        return self._line(_START_SECONDS)

    def ask(self, line: bytes, seconds: float) -> bytes:
        """Send `line`, return the answer's line. Raises ChildEnded, ChildSilent."""
        try:
            while line:
                line = line[os.write(self._input, line) :]
        except BrokenPipeError:
            raise ChildEnded(self._wait_for_end(time.monotonic() + seconds)) from None
        return self._line(seconds)

    @property
    def alive(self) -> bool:
        """Whether the child has not ended yet."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the child, at once if need be, and take its status from the system."""
        if self.alive:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _line(self, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        parts = bytearray()
        waiting = select.poll()
        waiting.register(self._output, select.POLLIN)
        while not parts.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or len(parts) > self._max_line:
                raise ChildSilent
            if not waiting.poll(left * 1000):
                continue
            part = os.read(self._output, _READ)
            if not part:
                raise ChildEnded(self._wait_for_end(deadline))
            parts += part
        return bytes(parts)

    def _wait_for_end(self, deadline: float) -> int:
        try:
            return self._process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise ChildSilent from None


def environment() -> dict[str, str]:
    """Return all the child gets to know: where this package lies, and a neutral locale."""
    places = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if os.path.isabs(place)]
    home = Path(__file__).resolve().parents[2]
    # Installed, Python finds it by itself; named here, its neighbours would hide Python's own modules.
    if home.name not in ("site-packages", "dist-packages"):
        places.insert(0, str(home))
    return {"PYTHONPATH": os.pathsep.join(places), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
