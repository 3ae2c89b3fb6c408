"""Takes out layers that the file switches off. Runs in the child process only.

Pages leave their file for the packet, and what says which layers are off stays behind: without this,
everything hidden would be printed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, ObjectSet, Operator, Stream

_PAINT_PATH = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_SHOW = frozenset({"Tj", "TJ", "Do", "sh", "INLINE IMAGE"})
_SHOW_ON_NEXT_LINE = frozenset({"'", '"'})


def remove_hidden_layers(pdf: pikepdf.Pdf) -> None:
    """Remove annotations, drawn objects and marked content of layers that are off when the file is opened."""
    off = _groups_off(pdf)
    if not len(off):
        return
    for page in pdf.pages:
        _drop_annotations(page.obj, off)
    for scope in list(pdf.content_scopes()):
        if scope.resources is None:
            continue
        _empty_objects(pdf, scope.resources, off)
        hidden = _hidden_names(scope.resources, off)
        if hidden:
            data = pikepdf.unparse_content_stream(list(_without(scope.content, hidden)))
            if isinstance(scope.content, Stream):
                scope.content.write(data)
            else:
                scope.content["/Contents"] = pikepdf.Stream(pdf, data)


def _groups_off(pdf: pikepdf.Pdf) -> ObjectSet:
    off = ObjectSet()
    properties = pdf.Root.get("/OCProperties")
    setting = properties.get("/D") if isinstance(properties, Dictionary) else None
    if not isinstance(properties, Dictionary) or not isinstance(setting, Dictionary):
        return off
    if setting.get("/BaseState") == Name.OFF:
        for group in _dictionaries(properties.get("/OCGs")):
            off.add(group)
        for group in _dictionaries(setting.get("/ON")):
            off.discard(group)
    for group in _dictionaries(setting.get("/OFF")):
        off.add(group)
    return off


def _dictionaries(value: object) -> list[Dictionary]:
    if isinstance(value, Dictionary):
        return [value]
    return [item for item in value if isinstance(item, Dictionary)] if isinstance(value, Array) else []


def _is_hidden(owner: object, off: ObjectSet) -> bool:
    """Judge a group, or a membership of several by its policy (its rarer expressions are not read)."""
    if not isinstance(owner, Dictionary):
        return False
    if owner.get("/Type") != Name.OCMD:
        return owner in off
    states = [group not in off for group in _dictionaries(owner.get("/OCGs"))]
    if not states:
        return False
    policy = owner.get("/P", Name.AnyOn)
    if policy == Name.AllOn:
        return not all(states)
    if policy == Name.AnyOff:
        return all(states)
    if policy == Name.AllOff:
        return any(states)
    return not any(states)


def _drop_annotations(page: pikepdf.Object, off: ObjectSet) -> None:
    annotations = page.get("/Annots")
    if isinstance(annotations, Array):
        kept = [item for item in _dictionaries(annotations) if not _is_hidden(item.get("/OC"), off)]
        page["/Annots"] = Array(kept)


def _empty_objects(pdf: pikepdf.Pdf, resources: Dictionary, off: ObjectSet) -> None:
    objects = resources.get("/XObject")
    if not isinstance(objects, Dictionary):
        return
    for name in sorted(objects.keys()):
        value = objects.get(name)
        if isinstance(value, Stream) and _is_hidden(value.get("/OC"), off):
            objects[name] = pikepdf.Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))


def _hidden_names(resources: Dictionary, off: ObjectSet) -> frozenset[str]:
    properties = resources.get("/Properties")
    if not isinstance(properties, Dictionary):
        return frozenset()
    return frozenset(name for name in list(properties.keys()) if _is_hidden(properties.get(name), off))


def _without(content: pikepdf.Object, hidden: frozenset[str]) -> Iterator[ContentStreamInstruction]:
    """Yield instructions that leave the graphics state as it was, but paint nothing that is hidden."""
    marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            operands = list(instruction.operands)
            layer = operator == "BDC" and len(operands) == 2 and operands[0] == Name.OC
            marks.append(layer and isinstance(operands[1], Name) and str(operands[1]) in hidden)
        elif operator == "EMC" and marks:
            marks.pop()
        if not any(marks):
            yield instruction  # type: ignore[misc] # pikepdf types it as two kinds of instruction
        elif operator in _PAINT_PATH:
            yield ContentStreamInstruction([], Operator("n"))
        elif operator in _SHOW_ON_NEXT_LINE:
            yield ContentStreamInstruction([], Operator("T*"))
        elif operator not in _SHOW:
            yield instruction  # type: ignore[misc] # pikepdf types it as two kinds of instruction
