"""The shipped rulebook as one file, as a house might begin its own."""

from __future__ import annotations

import json

import yaml

from poe_pack.rulebook.shipped import DATA


def shipped_as_yaml(id: str = "microsoft-coop") -> str:
    """One YAML document with everything that the shipped rulebook says, in its order."""
    data = json.loads((DATA / f"{id}.json").read_bytes())
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)
