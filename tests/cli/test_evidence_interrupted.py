"""`poe-pack evidence add`, stopped at any moment: every file is whole, and the next run goes on where it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from poe_pack.editing import intake
from poe_pack.editing.adding import Addition
from poe_pack.editing.intake import (
    CannotTake,
    addition_for,
    complete_sums,
    look_at_all,
    plan_intake,
    read_claim_text,
    write_intake,
)
from poe_pack.editing.places import Place, file_at
from poe_pack.validation.options import Options
from poe_pack.validation.validate import validate
from tests.cli.house import PNG
from tests.cli.program import Program
from tests.cli.test_evidence_add import state

PLACES = {None: "", Place.PAYMENT_PROOF: "NV-ads", Place.TRANSLATION: "evidence/ad.png"}


class Stop(BaseException):
    """As if the machine had stopped there."""


def take_in(root: Path, shot: Path, place: Place | None = None) -> bool:
    """What the command does, in this process; returns whether there was anything to do."""
    result = validate(Options((root,)))
    claim = result.claims[0]
    incoming = look_at_all(result, claim, [shot], None)
    raw, data = read_claim_text(result, claim)
    addition: Addition | None
    if place is None:
        addition = addition_for(data, "ad_screenshot", [one.file for one in incoming], None)
    else:
        addition = file_at(result, claim, place, PLACES[place], incoming[0].file)
    if addition is None:
        return complete_sums(result, claim, incoming)
    write_intake(plan_intake(result, claim, incoming, addition, raw))
    return True


STEPS = ("link", "replace", "fsync", "chmod", "unlink")


class Failing:
    """Lets so many of the system's calls pass; the next one fails."""

    def __init__(self, left: int, error: BaseException) -> None:
        self._left, self._error = left, error
        self.failed: str | None = None

    def instead_of(self, name: str, really: Callable[..., object]) -> Callable[..., object]:
        """The call, counted."""

        def call(*arguments: object, **more: object) -> object:
            self._left -= 1
            if self._left == -1:
                self.failed = name
                raise self._error
            return really(*arguments, **more)

        return call


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("error", [Stop(), OSError(28, "no space left")], ids=["stop", "disk full"])
def test_whatever_happens_every_file_is_whole(
    poe: Program, ads: Path, shot: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, place: Place | None
) -> None:
    poe("evidence", "lock", cwd=ads)
    begin = state(ads)
    take_in(ads.parent, shot, place)
    done = state(ads)
    assert done.keys() == begin.keys() | {"evidence/Screen-shot.png"}
    for moment in range(100):
        for file in state(ads):
            (ads / file).unlink()
        for file, content in begin.items():
            (ads / file).write_bytes(content)
        with monkeypatch.context() as patch:
            failing = Failing(moment, error)
            for step in STEPS:
                patch.setattr(os, step, failing.instead_of(step, getattr(os, step)))
            with suppress(Stop, CannotTake):
                take_in(ads.parent, shot, place)
        for file, content in state(ads).items():
            whole = file.endswith(".part") or content in (begin.get(file), done.get(file))
            assert whole, f"{file} is half-written when stopped at {moment}"
        if isinstance(error, OSError) and failing.failed != "unlink":
            assert not [file for file in state(ads) if file.endswith(".part")]
        if failing.failed is None:
            assert moment > 5
            break
        take_in(ads.parent, shot, place)
        assert {file: content for file, content in state(ads).items() if not file.endswith(".part")} == done
    else:
        pytest.fail("it never came to its end")


def test_a_source_that_changes_while_it_is_copied(ads: Path, shot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(ads)
    plan = plan_intake

    def late(*arguments: object) -> object:
        made = plan(*arguments)  # type: ignore[arg-type] # they go on as they came
        shot.write_bytes(PNG + b"changed")
        return made

    monkeypatch.setattr(intake, "plan_intake", late)
    monkeypatch.setitem(globals(), "plan_intake", late)
    with pytest.raises(CannotTake, match="changed meanwhile"):
        take_in(ads.parent, shot)
    assert state(ads) == before
