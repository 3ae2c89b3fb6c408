"""Where the parts of a YAML text begin and end, so that words can be put between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field


class Node(Struct):
    """A value: offsets of its first character and behind its last, and the column (from 0) in which it begins.

    A block collection ends where the last thing in it does. `children` are the entries of a mapping by key or the items
    of a sequence by index; both are empty for a scalar, of which `is_collection` is False.
    """

    start: int
    end: int
    column: int
    is_collection: bool = False
    is_sequence: bool = False
    is_flow: bool = False
    children: dict[str | int, Node] = field(default_factory=dict)

    def at(self, *path: str | int) -> Node | None:
        """The value at a path of keys and indexes; None where there is none."""
        node: Node | None = self
        for part in path:
            node = None if node is None else node.children.get(part)
        return node

    @property
    def last(self) -> Node | None:
        """The child that ends last."""
        return max(self.children.values(), key=lambda child: child.end, default=None)


def outline(text: str) -> Node:
    """The root of a document, without its byte order mark. Raises ValueError for what libyaml cannot read."""
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        next(events)
        next(events)
        return _node(next(events), events, text)
    except (yaml.YAMLError, StopIteration) as error:
        raise ValueError("the text is not YAML") from error


def _node(event: Any, events: Iterator[Any], text: str) -> Node:
    start, end = event.start_mark, event.end_mark.index
    if not isinstance(event, yaml.CollectionStartEvent):
        return Node(start.index, _end_of_scalar(event, text), start.column)
    is_sequence = isinstance(event, yaml.SequenceStartEvent)
    node = Node(start.index, end, start.column, True, is_sequence, bool(event.flow_style))
    read = _items if is_sequence else _entries
    closing = read(node, events, text)
    # Where a block ends libyaml says only after all comments behind it.
    node.end = closing if node.is_flow else max([node.start, *(child.end for child in node.children.values())])
    return node


def _items(node: Node, events: Iterator[Any], text: str) -> int:
    """Read the items of a sequence; returns where its closing bracket ends."""
    event = next(events)
    while not isinstance(event, yaml.SequenceEndEvent):
        node.children[len(node.children)] = _node(event, events, text)
        event = next(events)
    return _end(event)


def _entries(node: Node, events: Iterator[Any], text: str) -> int:
    """Read the entries of a mapping; returns where its closing bracket ends."""
    event = next(events)
    while not isinstance(event, yaml.MappingEndEvent):
        key = _node(event, events, text)
        value = _node(next(events), events, text)
        value.end = max(value.end, key.end)
        node.children[str(getattr(event, "value", ""))] = value
        event = next(events)
    return _end(event)


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _end_of_scalar(event: Any, text: str) -> int:
    """Behind the last character; of a block scalar that may lose them without the empty lines that follow it."""
    start, end = event.start_mark.index, event.end_mark.index
    if getattr(event, "style", None) not in ("|", ">"):
        return int(end)
    header = text[start : text.find("\n", start)]
    kept = text[start:end] if "+" in header.partition("#")[0] else text[start:end].rstrip()
    return int(start) + len(kept)
