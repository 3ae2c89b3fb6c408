"""How much a finding weighs."""

from enum import StrEnum


class Severity(StrEnum):
    """`open` is what a draft still lacks: listed and counted, but it fails nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OPEN = "open"

    @property
    def weight(self) -> int:
        """Rank for `--fail-on`: a larger number is graver; `open` ranks below everything."""
        return _WEIGHTS[self]


_WEIGHTS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1, Severity.OPEN: 0}
