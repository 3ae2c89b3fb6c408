"""The table of planted faults: each alone in a good, complete repository, and the one finding it must give.

Two sources: the bad cases of tests/rules that expect one finding, and `planted/*.yaml` beside this file, each a
mapping of names to cases in the same words, whose `expect` is one entry instead of a list (severity error unless
said). Both are found by walking. Faults count as different that differ in code, message or field.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePosixPath

import yaml

from poe_pack.findings import Finding
from tests.rules.harness import Case, all_cases

FOLDER = Path(__file__).resolve().parent / "planted"
_INDEX = re.compile(r"/[0-9]+(?=/|$)")
_BY_FOLDER = {"plans": "plan", "funds": "funds"}


@cache
def planted() -> tuple[Case, ...]:
    """Every case that plants one fault, by its path."""
    single = [case for case in all_cases() if not case.is_good and len(case.expected) == 1]
    return (*single, *(case for file in sorted(FOLDER.glob("**/*.yaml")) for case in _cases(file)))


def _cases(file: Path) -> list[Case]:
    found: list[Case] = []
    for name, entry in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        data = {**entry, "expect": [{"severity": "error", **entry["expect"]}]}
        assert set(data) <= {"edits", "files", "links", "remove", "as_of", "for", "switched_off", "expect"}, (
            f"{name}: unknown key"
        )
        found.append(Case(f"{entry['expect']['code']}-{file.stem}-{name}", entry["expect"]["code"], False, data))
    return found


def group_of(code: str) -> str:
    """What judges a code: the YAML profile, a schema, or a rule."""
    return "YAML" if code < "POE100" else "schema" if code < "POE200" else "rules"


def kind_of(finding: Finding) -> str:
    """The field that a finding is about: document and path, items of lists alike."""
    path = PurePosixPath(finding.file)
    document = _BY_FOLDER.get(path.parent.name, path.stem)
    return f"{finding.code} {finding.message} {document}{_INDEX.sub('/*', finding.path)}"
