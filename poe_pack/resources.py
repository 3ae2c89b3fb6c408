"""Where the project's schemas and templates lie: one level up in a checkout, beside the code in a wheel."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def resource(kind: str) -> Path:
    """Return the folder `schemas` or `templates`.

    Raises FileNotFoundError with a sentence that says how to mend a broken installation.
    """
    for base in (_PACKAGE / "_resources", _PACKAGE.parent):
        folder = base / kind
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder {kind!r} of poe-pack is missing; install poe-pack again")
