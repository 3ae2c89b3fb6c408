"""A new claims repository, and a new claim with what its activity type will need as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from poe_pack.model import Flow
from poe_pack.resources import resource
from poe_pack.rulebook import (
    Calendar,
    ClaimFacts,
    Requirement,
    Requirements,
    Rulebook,
    UnknownValue,
    load_rulebook,
    requirements,
)
from poe_pack.validation.options import ConfigurationError
from poe_pack.validation.result import Result

_FLOWS = (Flow.CO_OP_MANAGEMENT, Flow.PLAN_MANAGEMENT, Flow.DIRECT)
_KINDS = ("repository", "partner", "plan", "funds", "claim")


class AlreadyThere(Exception):
    """A file that would be overwritten; nothing was written."""


class NewClaim(Struct, frozen=True):
    """What is known of a claim when it is begun."""

    id: str
    activity_type: str
    flow: str
    date: date


def init_repository(folder: Path, rulebook: str, today: date) -> list[Path]:
    """Write `poe.yaml`, `partner.yaml`, an example of funds for today's period, git attributes and editor settings.

    `rulebook` is the id of a shipped one. Returns the files written. Raises RulebookError for another name and
    AlreadyThere, both before anything is written, and OSError.
    """
    book = load_rulebook(rulebook, folder)
    values = {"rulebook": rulebook, "book": book, "program": _program(book), "usage_period": _period(book, today)}
    files = {
        "poe.yaml": _render("poe.yaml", values),
        "partner.yaml": _render("partner.yaml", values),
        "funds/example.yaml": _render("funds.yaml", values),
        # Evidence is compared by digest: git must not change line ends in it.
        ".gitattributes": "**/evidence/** -text\nSHA256SUMS -text\n",
        ".vscode/settings.json": json.dumps({"yaml.schemas": dict(_editor_schemas())}, indent=2) + "\n",
    }
    for kind in _KINDS:
        files[f".schemas/{kind}.schema.json"] = (resource("schemas") / f"{kind}.schema.json").read_text("utf-8")
    return _write_all(folder, files)


def _editor_schemas() -> Iterator[tuple[str, list[str]]]:
    """Which schema an editor uses for which files (the setting of yaml-language-server)."""
    places = {"repository": "poe.yaml", "partner": "partner.yaml", "plan": "plans/*.yaml", "funds": "funds/*.yaml"}
    for kind, place in (*places.items(), ("claim", "claim.yaml")):
        yield f"./.schemas/{kind}.schema.json", [place]


def new_claim(result: Result, book: Rulebook, wanted: NewClaim) -> Path:
    """Write `<id>/claim.yaml` and `<id>/evidence/` below the repository's root.

    Raises UnknownValue for an activity type the rulebook does not know on the date, AlreadyThere, ConfigurationError
    for a repository without partner, and OSError.
    """
    if not result.partners:
        raise ConfigurationError("there is no partner.yaml in this repository; 'poe-pack init' writes one")
    values = {
        "claim": wanted,
        "partner": result.partners[0],
        "usage_period": _period(book, wanted.date),
        "program": _program(book),
        **_needs(book, wanted),
    }
    folder = result.root / wanted.id
    (file,) = _write_all(folder, {"claim.yaml": _render("claim.yaml", values)})
    (folder / "evidence").mkdir(exist_ok=True)
    return file


def usual_flow(book: Rulebook) -> str:
    """The flow that most claims of a program take: without a plan, against an account where the portal has one."""
    return next((flow for flow in _FLOWS if flow in book.ids("navigation")), Flow.DIRECT)


def _period(book: Rulebook, day: date) -> str:
    """The label of the period that a day lies in; empty where the rulebook has no periods."""
    try:
        return Calendar(book).period_of(day).label
    except UnknownValue:
        return ""


def _program(book: Rulebook) -> str:
    """The first program of the rulebook, to begin with; without any, its title."""
    ids = book.ids("programs")
    return book.name("programs", ids[0]).names["en"] if ids else book.title


def _needs(book: Rulebook, wanted: NewClaim) -> Mapping[str, Any]:
    """What the activity type needs, as lines to write. Of tactics, what any of them needs."""
    alone = requirements(book, wanted.activity_type, wanted.date, ClaimFacts())
    needs = requirements(book, wanted.activity_type, wanted.date, ClaimFacts(tactics=alone.combines))
    return {
        "title": book.name("activity_types", wanted.activity_type, wanted.date),
        "evidence": [_entry(book, "evidence_kinds", need) for need in needs.evidence or ()],
        "metrics": [_entry(book, "metrics", need) for need in needs.metrics or ()],
        "core": needs.core or (),
        "tactics": needs.combines,
        "channels": book.ids("channels") if _depend_on_channels(book, needs) else (),
        "brand_checks": book.ids("brand_checks") if _has_branded(book, needs) else (),
        "expenses": sorted(needs.expenses or ()),
        "stages": (needs.activity.fields.get("pre_approval") or {}).get("stages", ()),
        "per": _per(needs),
        "source": needs.activity.source,
    }


def _per(needs: Requirements) -> frozenset[str]:
    """By what the caps of an activity type count, such as each person or conference."""
    return frozenset(what for cap in needs.activity.fields.get("caps") or () for what in cap.get("per", ()))


def _depend_on_channels(book: Rulebook, needs: Requirements) -> bool:
    """Whether the channel decides what some of the evidence has to be."""
    kinds = {id for need in needs.evidence or () for id in need.ids}
    return any((book.entry("evidence_kinds", id) or {}).get("depends_on") == "channels" for id in kinds)


def _has_branded(book: Rulebook, needs: Requirements) -> bool:
    """Whether the material bears names and logos, at which a person has to look."""
    return any((book.entry("core_elements", id) or {}).get("branded") for id in needs.core or ())


def _entry(book: Rulebook, section: str, need: Requirement) -> dict[str, str]:
    entry = book.entry(section, need.ids[0]) or {}
    return {
        "id": need.ids[0],
        "tactic": need.tactic or "",
        "meaning": entry.get("meaning") or entry["names"]["en"],
        "kind": entry.get("kind", ""),
    }


def _render(name: str, values: Mapping[str, Any]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(resource("templates") / "scaffold")
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - YAML for an editor, and its values are ids that were checked
    )
    return environment.get_template(f"{name}.j2").render(values)


def _write_all(folder: Path, files: Mapping[str, str]) -> list[Path]:
    targets = {folder / name: text for name, text in files.items()}
    for target in targets:
        if target.exists():
            raise AlreadyThere(f"{target} is already there; nothing was written")
    for target, text in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return list(targets)
