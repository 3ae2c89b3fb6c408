"""What the schema marks `x-sensitive` is in no output of any format, however a document is broken."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from poe_pack.documents.schema_files import load_schema
from poe_pack.formats import NAMES, formatter
from poe_pack.validation.options import Options
from poe_pack.validation.validate import validate
from tests.cli.house import House

AS_OF = date(2026, 11, 21)
WORD, NUMBER = "Kanariefågel", "47114711.47"
SPIED = re.compile("kanarief|47114711", re.IGNORECASE)
FILES = {"claim": "whole/claim.yaml", "partner": "partner.yaml", "plan": "plans/whole.yaml"}


@dataclass
class _Filler:
    """Makes a document that has every key of its schema, with a canary in each sensitive value."""

    root: dict[str, Any]
    canary: str
    places: int = 0

    def value(self, node: dict[str, Any], sensitive: bool = False) -> Any:
        sensitive = sensitive or bool(node.get("x-sensitive"))
        if "$ref" in node:
            return self.value({**self.root["$defs"][node["$ref"].removeprefix("#/$defs/")], **_own(node)}, sensitive)
        if "properties" in node:
            filled = {key: self.value(child, sensitive) for key, child in node["properties"].items() if child}
            return {key: value for key, value in filled.items() if value is not None}
        if "items" in node:
            return [self.value(node["items"], sensitive)]
        if sensitive:
            self.places += 1
            return self.canary
        return node["const"] if "const" in node else next(iter(node.get("examples", node.get("enum", ()))), None)


def _own(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key != "$ref"}


def written(kind: str, canary: str, flow: bool) -> str:
    filler = _Filler(load_schema(kind), canary)
    data = filler.value(filler.root)
    assert filler.places >= {"claim": 14, "plan": 2, "partner": 5}[kind]
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=flow)
    if not flow:  # as people write: items of lists on one line, and a comment that says who
        text = re.sub(r"^kind: \w+$", rf"\g<0> # by {canary}", text, flags=re.MULTILINE)
    return text


def _broken(text: str, chance: random.Random) -> str:
    """One to three breaks: characters and lines lost, doubled, put elsewhere, quotes and brackets opened."""
    for _ in range(chance.randint(1, 3)):
        lines = text.splitlines(keepends=True)
        at, line = chance.randrange(len(text)), chance.randrange(len(lines))
        way = chance.randrange(7)
        if way == 0:
            text = text[:at] + chance.choice("*:-[]{}\"'#,&!0\té\n|>\x07\u202e") + text[at:]
        elif way == 1:
            text = text[:at] + text[at + chance.randint(1, 8) :]
        elif way == 2:
            lines[line : line + 1] = [lines[line]] * chance.choice([0, 2])
            text = "".join(lines) or "x"
        elif way == 3:
            lines[line] = chance.choice(["  ", "\t", "- ", "? ", "x: "]) + lines[line]
            text = "".join(lines)
        elif way == 4:
            text = re.sub(
                SPIED.pattern,
                chance.choice(['"\\g<0>', "[\\g<0>", "{x: \\g<0>}", "{\\g<0>: 1}", "\\g<0>: \\g<0>"]),
                text,
            )
        elif way == 5:  # the key is gone, and what it named may pass for one
            text = re.sub(rf"\w+: (['\"]?)(?=(?:{SPIED.pattern}))", r"\1", text, flags=re.IGNORECASE)
        else:
            text = text[:at] + chance.choice([" kind:", "date: ", "\n  ", ": "]) + text[at:]
    return text


def _outputs(root: Path) -> dict[str, str]:
    result = validate(Options((root,), as_of=AS_OF))
    return {name: formatter(name)(result, verbose=True) for name in NAMES}


@pytest.mark.parametrize("flow", [False, None, True], ids=["block", "mixed", "flow"])
@pytest.mark.parametrize("canary", [WORD, f"{WORD.lower()}@x.example", NUMBER])
@pytest.mark.parametrize("kind", FILES)
def test_no_format_shows_what_is_sensitive(house: House, kind: str, canary: str, flow: bool) -> None:
    chance = random.Random(f"{kind} {canary} {flow}")
    sound = written(kind, canary, flow)
    assert SPIED.search(sound)
    for number in range(12):
        text = sound if number == 0 else _broken(sound, chance)
        house.write(FILES[kind], text)
        for name, output in _outputs(house.root).items():
            found = SPIED.search(output)
            assert found is None, f"{name}: {output[max(0, found.start() - 400) : found.end() + 100]}\n\n{text}"
