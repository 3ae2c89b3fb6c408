"""What other readers of YAML make of a document that ours accepts: the same, or nothing; never a third thing."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from fuzz.broken import Broken

_TAG = "tag:yaml.org,2002:"


def _libyaml(text: str) -> Any:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _pyyaml(text: str) -> Any:
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _ruamel(text: str) -> Any:
    loader = YAML(typ="safe", pure=True)
    loader.version = (1, 2)
    return loader.compose(io.StringIO(text))


READERS: Mapping[str, Callable[[str], Any]] = {
    "libyaml (YAML 1.1)": _libyaml,
    "PyYAML (YAML 1.1)": _pyyaml,
    "ruamel.yaml (YAML 1.2)": _ruamel,
}
QUICK = ("libyaml (YAML 1.1)",)


def agree(data: Any, text: str, readers: tuple[str, ...]) -> None:
    """Raise Broken where a reader takes the text for other data; a reader may refuse it."""
    for name in readers:
        try:
            node = READERS[name](text)
        except (yaml.YAMLError, YAMLError):
            continue
        difference = _difference(data, node, "")
        if difference is not None:
            raise Broken(f"the same data as {name}", difference)


def _difference(data: Any, node: Any, path: str) -> str | None:
    """Where a node says something else than the data; None where they agree."""
    if node.id == "scalar":
        return None if _is(data, str(node.tag).removeprefix(_TAG), node.value) else _told(path, data, node)
    if node.id == "sequence":
        if not isinstance(data, list) or len(data) != len(node.value):
            return _told(path, data, node)
        pairs = [
            (item, child, f"{path}/{index}") for index, (item, child) in enumerate(zip(data, node.value, strict=True))
        ]
    else:
        keys = [key.value for key, _ in node.value]
        if not isinstance(data, dict) or list(data) != keys:
            return _told(path, data, node)
        if any(str(key.tag) not in (f"{_TAG}str", f"{_TAG}timestamp") for key, _ in node.value):
            return f"a key below {path or '/'} is no text"
        pairs = [(data[key.value], child, f"{path}/{key.value}") for key, child in node.value]
    return next((told for pair in pairs if (told := _difference(*pair)) is not None), None)


def _is(data: Any, tag: str, text: str) -> bool:
    """Whether a scalar of that tag is this value. A day is text to us, and a number is exact."""
    if tag in ("str", "timestamp"):
        return isinstance(data, str) and data == text
    if tag == "null":
        return data is None
    if tag == "bool":
        return isinstance(data, bool) and text == str(data).lower()
    if tag == "int":
        return type(data) is int and text.lstrip("-").isdecimal() and data == int(text)
    if tag == "float":
        return isinstance(data, Decimal) and str(data) == str(Decimal(text)) and math.isclose(data, float(text))
    return False


def _told(path: str, data: Any, node: Any) -> str:
    return (
        f"at {path or '/'}: {str(data)[:200]!r} ({type(data).__name__}) against {str(node.value)[:200]!r} ({node.tag})"
    )
