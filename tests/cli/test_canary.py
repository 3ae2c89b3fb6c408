"""What the schema marks `x-sensitive` reaches neither terminal nor logs, even where poe-pack itself fails on it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.cli.house import House
from tests.cli.program import AS_OF, Ran, environment, run_command
from tests.formats.test_canary import FILES, SPIED, WORD, written

# Each fails in another way with a value of the document in its hands, as such errors do: the value is in the text.
FAULTS = {
    "a key that is not there": "fail('poe_pack.model.read', 'Fields', 'text', lambda value: {}[value])",
    "a number that is none": "fail('poe_pack.model.read', 'Fields', 'text', lambda value: Decimal(value) + [value])",
    "a day that is none": "fail('poe_pack.model.read', 'Fields', 'text', date.fromisoformat)",
    "a schema error": "fail('poe_pack.model.read', 'Fields', 'text', lambda value: validate(value, {'const': 1}))",
    "one behind another": "fail('poe_pack.model.read', 'Fields', 'text', behind)",
    "a group": "fail('poe_pack.model.read', 'Fields', 'text', group)",
    "a note": "fail('poe_pack.model.read', 'Fields', 'text', note)",
    "the file system": "fail('poe_pack.model.read', 'Fields', 'text', open)",
    "a syntax error": "fail('poe_pack.model.read', 'Fields', 'text', lambda text: compile(text + '(', text, 'exec'))",
    "reading": "fail('poe_pack.documents.reader', '_Reader', '_value', lambda value: {}[value])",
}
_PROGRAM = """
import importlib, logging, sys, warnings
from datetime import date
from decimal import Decimal
from jsonschema import validate
from poe_pack.cli import main

logging.basicConfig(level=logging.DEBUG)
warnings.simplefilter("always")

def behind(value):
    try:
        raise KeyError(value)
    except KeyError as error:
        raise RuntimeError(f"cannot read {value}") from error

def group(value):
    raise ExceptionGroup(value, [ValueError(value)])

def note(value):
    error = ValueError(value)
    error.add_note(value)
    raise error

def fail(module, name, method, how):
    owner = getattr(importlib.import_module(module), name)
    real = getattr(owner, method)
    def replaced(self, *arguments):
        found = real(self, *arguments)
        if isinstance(found, str) and "kanarie" in found.casefold():
            how(found)
        return found
    setattr(owner, method, replaced)

%s
sys.argv = ["poe-pack", *sys.argv[1:]]
main()
"""


def run(folder: Path, fault: str, *arguments: str) -> Ran:
    command = [sys.executable, "-c", _PROGRAM % fault]
    return run_command([*command, *arguments, "house", "--as-of", AS_OF], folder, environment())


def sensitive(house: House) -> None:
    """One claim with a canary in each sensitive value, written so that every word is a plain one."""
    house.write(FILES["claim"], re.sub("""['"]Kan""", "Kan", written("claim", WORD, False)))


@pytest.mark.parametrize("fault", FAULTS)
def test_our_own_failure_does_not_tell(house: House, fault: str) -> None:
    sensitive(house)
    for arguments in (("validate",), ("--debug", "validate"), ("--debug", "validate", "--jobs", "2")):
        ran = run(house.root.parent, FAULTS[fault], *arguments)
        assert (ran.status, ran.out) == (3, ""), ran.err
        assert SPIED.search(ran.err) is None, ran.err
        assert ("Traceback (most recent call last):" in ran.err) == ("--debug" in arguments)
    assert "internal error" in run(house.root.parent, FAULTS[fault], "validate").err


@pytest.mark.parametrize("command", ["validate", "status", "explain", "evidence", "report"])
def test_logs_and_other_commands_do_not_tell(house: House, command: str) -> None:
    sensitive(house)
    more = {"report": ("--output", "out"), "evidence": ("list",)}.get(command, ())
    ran = run(house.root.parent, "pass", command, *more)
    assert ran.status in (0, 1), ran.err
    assert SPIED.search(ran.out + ran.err) is None
