"""`poe-pack doctor`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import click
from msgspec import Struct

from poe_pack import __version__
from poe_pack.cli import EXIT_FINDINGS
from poe_pack.languages.visible import visible
from poe_pack.printing import PrintingUnavailable, load_weasyprint
from poe_pack.printing.system_fonts import han_missing
from poe_pack.validation.storage import cache_folder

_FONTS = ("fontpkg_inter", "fontpkg_source_serif_4", "fontpkg_ibm_plex_mono")
_PANGO = {
    "linux": "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "darwin": "brew install pango",
}


class _Check(Struct, frozen=True):
    """One thing a command needs: what it is for, and the line that installs it where it is missing.

    What is `optional` is told, but its absence is no fault of the machine.
    """

    name: str
    purpose: str
    missing: str | None
    optional: bool = False


@click.command("doctor")
def command() -> int:
    """Say what is missing on this machine, and the line that installs it."""
    click.echo(f"poe-pack {__version__}, Python {sys.version.split()[0]}")
    checks = list(_checks())
    for check in checks:
        click.echo(f"  {'missing' if check.missing else 'ok':<8} {check.name}: {check.purpose}")
        if check.missing:
            click.echo(f"           {check.missing}")
    click.echo(f"  {'cache':<8} {visible(str(cache_folder()))} (may be deleted at any time)")
    return EXIT_FINDINGS if any(check.missing and not check.optional for check in checks) else 0


def _checks() -> Iterator[_Check]:
    yield _module("jsonschema", "validate", "pip install jsonschema")
    yield _module("pikepdf", "packet, validate --deep", "pip install pikepdf")
    yield _module("PIL", "packet, validate --deep", "pip install pillow")
    yield _module("pypdfium2", "packet, validate --deep", "pip install pypdfium2")
    yield _module("defusedxml", "packet, validate --deep", "pip install defusedxml")
    yield _printing()
    yield _Check(
        "git",
        "commits in packet and report, --staged, --changed-since, --policy-from",
        None if shutil.which("git") else "install git",
    )
    yield _fonts()
    yield _Check("Chinese font", "packet --language zh, names in Chinese", han_missing(), optional=True)


def _module(name: str, purpose: str, install: str) -> _Check:
    try:
        import_module(name)
    except (ImportError, OSError):
        return _Check(name, purpose, install)
    return _Check(name, purpose, None)


def _printing() -> _Check:
    try:
        load_weasyprint()
    except PrintingUnavailable:
        return _Check("weasyprint", "packet, report", _PANGO.get(sys.platform, "install Pango"))
    return _Check("weasyprint", "packet, report", None)


def _fonts() -> _Check:
    missing = [name for name in _FONTS if find_spec(name) is None]
    install = f"pip install {' '.join(name.replace('_', '-') for name in missing)}" if missing else None
    return _Check("fonts", "packet, report", install)
