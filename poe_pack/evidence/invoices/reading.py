"""Reads an invoice file: the e-invoice in it and the text of its pages. Runs in the child process only."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
from pypdfium2 import PdfiumError

from poe_pack.evidence import pdf
from poe_pack.evidence.facts import MediaType, ProbeState
from poe_pack.evidence.invoices.e_invoice import MAX_XML, read_e_invoice
from poe_pack.evidence.invoices.facts import EInvoice, InvoiceReading
from poe_pack.evidence.invoices.text_layer import read_text
from poe_pack.evidence.refusal import Refused

_NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
_MOST_ATTACHMENTS = 100


def read_invoice(stream: BinaryIO, kind: MediaType, max_pages: int) -> InvoiceReading:
    """What the file says. Raises Refused, MemoryError."""
    if kind is MediaType.XML:
        stated = read_e_invoice(stream.read(MAX_XML + 1))
        if stated is None:
            return InvoiceReading(ProbeState.UNSUPPORTED, "it is no e-invoice in CII or UBL")
        return InvoiceReading(ProbeState.OK, e_invoice=stated)
    with pdf.opened(stream) as document:
        pdf.examine(document, max_pages)  # a bomb goes off here and not in the reader of text
        stated = next(_e_invoices(document), None)
    stream.seek(0)
    try:
        pages, whole = read_text(stream)
    except PdfiumError as error:
        if stated is None:
            raise Refused(ProbeState.DAMAGED, "its text cannot be read") from error
        pages, whole = (), False
    return InvoiceReading(ProbeState.OK, "", stated, pages, whole)


def _e_invoices(document: pikepdf.Pdf) -> Iterator[EInvoice]:
    """E-invoices among the attachments that bear one of the names which the standards give them."""
    for number, (name, attached) in enumerate(document.attachments.items()):
        if number >= _MOST_ATTACHMENTS:
            return
        if name.casefold() not in _NAMES and attached.filename.casefold() not in _NAMES:
            continue
        try:
            xml = attached.get_file().read_bytes()
        except (pikepdf.PdfError, zlib.error):  # this attachment is damaged; the pages may not be
            continue
        stated = read_e_invoice(xml)
        if stated is not None:
            yield stated
