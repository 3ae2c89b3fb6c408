"""Verdict to text, one module for each format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from poe_pack.validation.verdict import Verdict

NAMES = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")


def formatter(name: str) -> Callable[..., str]:
    """The `render(result, …)` of a format; each is imported only when it is asked for."""
    render: Callable[..., str] = import_module(f"poe_pack.formats.{name}_format").render
    return render


__all__ = ["NAMES", "Verdict", "formatter"]
