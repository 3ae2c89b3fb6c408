"""Gives form fields the look that viewers would give them. Runs in the child process only."""

from __future__ import annotations

import contextlib

import pikepdf
from pikepdf import AcroFormField, Annotation, Dictionary, FormFieldFlag, Stream
from pikepdf.form import ExtendedAppearanceStreamGenerator

_DRAWN_BY_CODE = FormFieldFlag.tx_multiline | FormFieldFlag.tx_comb


def draw_fields(pdf: pikepdf.Pdf) -> None:
    """Draw text and choice fields that have a value but no look, or whose look the file calls outdated.

    Many programs fill in forms and leave the drawing to the viewer; flattening alone would print them empty.
    """
    form = pdf.acroform
    if not form.exists:
        return
    outdated = form.needs_appearances
    generator = ExtendedAppearanceStreamGenerator(pdf, form)
    for field in form.fields:
        if not _shows_value(field):
            continue
        for annotation in form.get_annotations_for_field(field):
            if not _has_look(annotation) or (outdated and _drawable(field)):
                _draw(generator, field, annotation)
    if outdated:
        # qpdf does not flatten a form that still asks viewers to draw it.
        del pdf.Root.AcroForm["/NeedAppearances"]
        form.invalidate_cache()


def _shows_value(field: AcroFormField) -> bool:
    if not (field.is_text or field.is_choice) or not field.value_as_string:
        return False
    return not (field.is_text and field.flags & FormFieldFlag.tx_password)


def _has_look(annotation: Annotation) -> bool:
    looks = annotation.obj.get("/AP")
    return isinstance(looks, Dictionary) and isinstance(looks.get("/N"), Stream)


def _drawable(field: AcroFormField) -> bool:
    """The generator writes `?` for letters beyond Western ones: then an outdated look is the better one."""
    try:
        field.value_as_string.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _draw(generator: ExtendedAppearanceStreamGenerator, field: AcroFormField, annotation: Annotation) -> None:
    if field.is_text and field.flags & _DRAWN_BY_CODE:
        # It is particular about fonts and appearance strings, and fails in many ways; the plain way below
        # draws at least one line.
        with contextlib.suppress(Exception):
            generator.generate_text(field)
            return
    field.generate_appearance(annotation)
