"""Limits that a child process sets on itself. Runs in the child process only."""

from __future__ import annotations

import contextlib
import math
import resource
import time

MAX_RESULT = 1024 * 1024 * 1024
"""Bytes of the largest file that a child may write."""


def limit_process(memory_bytes: int) -> None:
    """Limit address space and file size, for good, and write no core file.

    macOS takes the limit on memory but does not keep it; there the limits on time must do.
    """
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, MAX_RESULT)
    _lower(resource.RLIMIT_AS, memory_bytes)


def allow_seconds(cpu_seconds: int) -> None:
    """Allow so many seconds of CPU from now: the system counts from the process's start, and it is reused."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time()) + cpu_seconds
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, value))
