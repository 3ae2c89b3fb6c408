"""Schema findings: one fault, one finding, at the key or value that is wrong, in words that help.

Our schemas use no alternatives (anyOf, oneOf, not), so every error that jsonschema yields is a fault of its own.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from poe_pack.documents import codes, reading_codes
from poe_pack.documents.fault import Code, Fault, quoting
from poe_pack.documents.formats import CHECKS
from poe_pack.documents.node import Places, Tree, pointer
from poe_pack.documents.precheck import is_surely_valid
from poe_pack.documents.schema_files import load_schema
from poe_pack.findings import Position

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

# jsonschema declares every attribute of its ValidationError as possibly unset; an error it yields has them all.
SchemaError = Any

KINDS = ("repository", "partner", "plan", "funds", "claim")

_BOUNDS = frozenset(
    "minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems uniqueItems".split()
    + "minProperties maxProperties".split()
)
_FORMS = frozenset(["pattern", "minLength", "maxLength"])
# A document with more unknown keys than this was not misspelt; guessing what they mean takes long.
_GUESSES = 200
_END = re.compile(r"(?<!\\)\$")


@cache
def _validator(kind: str) -> Validator:
    from jsonschema import Draft202012Validator, FormatChecker, validators

    checker = FormatChecker(formats=())
    for name, check in CHECKS.items():
        checker.checks(name)(_only_text(check))
    extend: Any = validators.extend  # untyped in jsonschema
    strict = extend(Draft202012Validator, {"properties": _properties, "pattern": _pattern})
    validator: Validator = strict(load_schema(kind), format_checker=checker)
    return validator


def _properties(validator: Any, properties: Mapping[str, Any], instance: Any, schema: Any) -> Iterator[SchemaError]:
    """The keyword `properties`; unlike jsonschema's own it says which key a `false` schema forbids."""
    from jsonschema import ValidationError

    if not validator.is_type(instance, "object"):
        return
    for key, subschema in properties.items():
        if key not in instance:
            continue
        if subschema is False:
            yield ValidationError("not allowed", validator="false", path=(key,), instance=instance[key], schema=schema)
        else:
            yield from validator.descend(instance[key], subschema, path=key, schema_path=key)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[SchemaError]:
    """The keyword `pattern` as its standard has it: `$` is the end of a text, in Python also a line feed before it."""
    from jsonschema import ValidationError

    if validator.is_type(instance, "string") and not re.search(_END.sub(r"\\Z", pattern), instance):
        yield ValidationError("does not match", validator="pattern", instance=instance, schema=schema)


def _only_text(check: Any) -> Any:
    return lambda value: not isinstance(value, str) or check(value)


def check_schema(tree: Tree) -> tuple[str | None, list[Fault]]:
    """Check a document against the schema of its `kind`.

    Returns the kind (None if there is none that we know: then nothing else can be said) and the faults.
    """
    kind = tree.data.get("kind") if isinstance(tree.data, dict) else None
    if kind not in KINDS:
        return None, [_unknown_kind(tree, kind)]
    return kind, check_against(kind, tree)


def check_against(kind: str, tree: Tree) -> list[Fault]:
    """Faults of a document against the schema of a kind that is known already."""
    if is_surely_valid(kind, tree.data):
        return []
    faults: dict[tuple[str, str], Fault] = {}
    errors = list(_validator(kind).iter_errors(tree.data))
    guesses = iter(range(_GUESSES))
    for error in sorted(errors, key=lambda error: bool(error.validator != "false")):
        for fault in _faults(error, tree.places, guesses):
            # Two keywords that reject one value are one fault: the first, graver one speaks, and of a key that must
            # not be there nothing else need be said.
            faults.setdefault((fault.path, "" if fault.code is not codes.MISSING_KEY else "missing"), fault)
    misspelt = {probably_meant(fault) for fault in faults.values()}
    return [fault for (path, missing), fault in faults.items() if not missing or path not in misspelt]


def without_cascades(read: list[Fault], schema: list[Fault]) -> list[Fault]:
    """Faults of reading and of the schema together, without what the schema says of values that are not certain.

    Quotation marks make a text. Where the schema wants something else they would only move the fault, and what
    reading proposed is taken back.
    """
    if not read:
        return schema
    # Of a key that stands twice the first value is read, and judged like any other.
    unsure = {fault.path for fault in read if not fault.harmless and fault.code != reading_codes.DUPLICATE_KEY}
    not_text = {fault.path for fault in schema if fault.code == codes.WRONG_TYPE}
    mended = [
        replace(fault, fix=None) if fault.fix and fault.fix.title == "fix.quote" and fault.path in not_text else fault
        for fault in read
    ]
    return mended + [fault for fault in schema if unsure.isdisjoint(_at_and_around(fault.path))]


def _at_and_around(path: str) -> Iterator[str]:
    yield path
    while path:
        path = path.rpartition("/")[0]
        yield path


def probably_meant(fault: Fault) -> str | None:
    """Pointer of the key that a misspelt one was probably meant to be; None for other faults."""
    if fault.code != codes.UNKNOWN_KEY or "nearest" not in fault.values:
        return None
    return fault.path.rpartition("/")[0] + pointer(fault.values["nearest"])


def _unknown_kind(tree: Tree, kind: object) -> Fault:
    if not isinstance(tree.data, dict):
        return Fault(codes.NOT_A_DOCUMENT, "schema.not_a_mapping", tree.places.value(""))
    if kind is None:
        place = tree.places.owner("/kind")
        return Fault(codes.NOT_A_DOCUMENT, "schema.no_kind", place, "/kind", {"expected": KINDS})
    place = tree.places.value("/kind")
    return Fault(codes.NOT_A_DOCUMENT, "schema.unknown_kind", place, "/kind", _choice_values(kind, KINDS))


def _faults(error: SchemaError, places: Places, guesses: Iterator[int]) -> Iterator[Fault]:
    path = pointer(*error.absolute_path)
    keyword = str(error.validator)
    if keyword == "required":
        yield from _missing(error, error.validator_value, path, places)
    elif keyword == "dependentRequired":
        for key, needed in error.validator_value.items():
            yield from _missing(error, needed if key in error.instance else (), path, places)
    elif keyword == "additionalProperties":
        yield from _unknown(error, path, places, guesses)
    elif keyword == "pattern" and "propertyNames" in error.absolute_schema_path:
        child = path + pointer(error.instance)
        yield Fault(codes.WRONG_PATTERN, "schema.key_form", places.key(child), child, {"key": error.instance})
    elif keyword == "false":
        yield Fault(codes.UNKNOWN_KEY, "schema.not_in_this_flow", places.key(path), path, {"key": _last(path)})
    else:
        yield _wrong_value(error, keyword, path, places)


def _missing(error: SchemaError, keys: Iterable[str], path: str, places: Places) -> Iterator[Fault]:
    for key in keys:
        if key not in error.instance:
            values = {"key": key, "title": _title(error.schema, key)}
            yield Fault(codes.MISSING_KEY, "schema.missing", places.owner(path), f"{path}/{key}", values)


def _unknown(error: SchemaError, path: str, places: Places, guesses: Iterator[int]) -> Iterator[Fault]:
    known: list[str] = list(error.schema.get("properties", {}))
    # A key that is not there yet is more likely meant than one that is.
    absent = [name for name in known if name not in error.instance]
    for key in error.instance:
        if key not in known:
            child = path + pointer(key)
            values: dict[str, Any] = {"key": key}
            nearest: list[str] = []
            if next(guesses, None) is not None:
                nearest = difflib.get_close_matches(key, absent, n=1) or difflib.get_close_matches(key, known, n=1)
            message = "schema.unknown_key"
            if nearest:
                message, values["nearest"] = "schema.unknown_key_near", nearest[0]
            yield Fault(codes.UNKNOWN_KEY, message, places.key(child), child, values)


def _wrong_value(error: SchemaError, keyword: str, path: str, places: Places) -> Fault:
    place = places.value(path)
    key = _last(path)
    if keyword == "type":
        return _wrong_type(error, key, place, path)
    if keyword in ("enum", "const"):
        choices = error.validator_value if keyword == "enum" else [error.validator_value]
        values = {"key": key, **_choice_values(error.instance, [str(choice) for choice in choices])}
        return Fault(codes.NOT_A_CHOICE, "schema.unknown_choice", place, path, values)
    if keyword == "format":
        return Fault(codes.WRONG_FORMAT, f"schema.format.{error.validator_value}", place, path, {"key": key})
    code: Code = codes.WRONG_PATTERN if keyword in _FORMS else codes.OUT_OF_BOUNDS
    if keyword in _BOUNDS:
        return Fault(code, f"schema.{keyword}", place, path, {"key": key, "limit": error.validator_value})
    example = _example(error.schema)
    message = "schema.wrong_form" if example is not None else "schema.blank"
    return Fault(code, message, place, path, {"key": key, "example": example})


def _wrong_type(error: SchemaError, key: str, place: Position, path: str) -> Fault:
    wanted = error.validator_value
    wanted = wanted if isinstance(wanted, list) else [wanted]
    number = isinstance(error.instance, int | float | Decimal) and not isinstance(error.instance, bool)
    if "string" in wanted and number:
        return Fault(codes.WRONG_TYPE, "schema.number_for_text", place, path, {"key": key}, fix=quoting(place))
    return Fault(codes.WRONG_TYPE, "schema.wrong_type", place, path, {"key": key, "wanted": " / ".join(wanted)})


def _choice_values(value: object, choices: Iterable[str]) -> dict[str, Any]:
    expected = tuple(sorted(choices))
    nearest = difflib.get_close_matches(str(value), expected, n=1)
    return {"expected": expected, "nearest": nearest[0] if nearest else ""}


def _example(schema: Mapping[str, Any]) -> str | None:
    examples = schema.get("examples") or []
    return str(examples[0]) if examples and schema.get("pattern") != "\\S" else None


def _title(schema: Mapping[str, Any], key: str) -> str:
    found = schema.get("properties", {}).get(key, {})
    return str(found.get("title", key)) if isinstance(found, dict) else key


def _last(path: str) -> str:
    """The key a path ends in; for a list item its list's key."""
    parts = [part for part in path.split("/") if part and not part.isdigit()]
    return parts[-1].replace("~1", "/").replace("~0", "~") if parts else "document"
