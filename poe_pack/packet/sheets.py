"""The pages of the exhibits as values: one for each evidence page, or one page of facts where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from poe_pack.languages.width import cells
from poe_pack.packet.exhibits import Exhibit, Kind, tactic_of
from poe_pack.packet.facts_page import FactsPage, facts_page
from poe_pack.packet.fields import Field
from poe_pack.packet.frames import Frame, frame_for
from poe_pack.packet.say import DASH, say_day, say_days, say_money
from poe_pack.packet.taking import Taken
from poe_pack.packet.view import PacketView
from poe_pack.printing import Paper, shorten

_SHORT_NOTE = 26
"""What fits on one line in a quarter of the page's width."""


class Sheet(Struct, frozen=True):
    """Page `number` of an exhibit. `back` is the anchor of our page that speaks of it, `back_kind` how it does.

    With a `frame`, `left`, `width` and `height` place it for the style sheet (millimetres from the text's left edge,
    as text); without one, `facts` is printed instead. `removed` names what the packet leaves out of the file.
    `note_goes_on` where the head has not room for all of the explanatory note: the record has it in full.
    """

    taken: Taken
    number: int
    title: str
    fields: tuple[Field, ...]
    back: str
    back_kind: str
    frame: Frame | None
    left: str = ""
    width: str = ""
    height: str = ""
    facts: FactsPage | None = None
    removed: str = ""
    note_goes_on: bool = False

    @property
    def line(self) -> int:
        """Letters on a line of a quarter of the head's width."""
        return _line(self.frame)

    def room(self, field: Field) -> int:
        """Columns that a field has in the head."""
        return _room(field, self.frame)


class FullNote(Struct, frozen=True):
    """An explanatory note that is too long for the heads of its exhibits."""

    exhibits: tuple[Exhibit, ...]
    note: str


def full_notes(view: PacketView, sheets: Iterable[Sheet]) -> tuple[FullNote, ...]:
    """Each such note once, in the order of the exhibits."""
    cut = {sheet.taken.exhibit.index for sheet in sheets if sheet.note_goes_on}
    proofs = [taken.exhibit for taken in view.exhibits if taken.exhibit.kind is Kind.PROOF]
    return tuple(
        FullNote(
            tuple(exhibit for exhibit in proofs if exhibit.index == index),
            view.claim.proof_documents[index].note or "",
        )
        for index in sorted(cut)
    )


def sheets_of(view: PacketView, paper: Paper) -> tuple[Sheet, ...]:
    """All exhibits' pages in order."""
    return tuple(sheet for taken in view.exhibits for sheet in _sheets(view, taken, paper))


def _sheets(view: PacketView, taken: Taken, paper: Paper) -> Iterator[Sheet]:
    exhibit = taken.exhibit
    title = _title(view, exhibit)
    fields = tuple(_FIELDS[exhibit.kind](view, exhibit))
    back, kind = _back(exhibit)
    if not taken.pages:
        goes_on = _note_goes_on(exhibit, fields, None)
        yield Sheet(taken, 1, title, fields, back, kind, None, facts=facts_page(view, taken), note_goes_on=goes_on)
        return
    removed = view.speech.listed(taken.probe.active_content) if taken.probe is not None else ""
    for number, page in enumerate(taken.pages, 1):
        frame = frame_for(page, paper)
        yield Sheet(
            taken,
            number,
            title,
            fields,
            back,
            kind,
            frame,
            left=f"{frame.left - paper.left:.3f}",
            width=f"{frame.width:.3f}",
            height=f"{frame.height:.3f}",
            removed=removed if number == 1 else "",
            note_goes_on=number == 1 and _note_goes_on(exhibit, fields, frame),
        )


def _line(frame: Frame | None) -> int:
    return 46 if frame is not None and frame.landscape else 34


def _room(field: Field, frame: Frame | None) -> int:
    return (22 + _line(frame)) * field.span


def _note_goes_on(exhibit: Exhibit, fields: Sequence[Field], frame: Frame | None) -> bool:
    """Of proof the note is the first field."""
    return exhibit.kind is Kind.PROOF and shorten(fields[0].value, _room(fields[0], frame)) != fields[0].value


def _title(view: PacketView, exhibit: Exhibit) -> str:
    """What it is; of proof also the tactic that it is of."""
    if exhibit.kind is Kind.PROOF:
        tactic = tactic_of(view.claim, exhibit)
        return view.speech.labelled(exhibit.name, view.name("activity", tactic) if tactic else "")
    if exhibit.kind is Kind.CSR:
        return view.speech.labelled(exhibit.name, exhibit.about)
    return f"{exhibit.name} {exhibit.about}".strip()


def _back(exhibit: Exhibit) -> tuple[str, str]:
    if exhibit.kind is Kind.INVOICE:
        return f"invoice-{exhibit.index + 1}", "claimed"
    if exhibit.kind is Kind.PAYMENT_PROOF:
        return f"invoice-{exhibit.index + 1}", "paid"
    if exhibit.kind is Kind.CSR:
        return f"report-{exhibit.index + 1}", "claimed"
    return "requirements", "required"


def _invoice(view: PacketView, exhibit: Exhibit) -> list[Field]:
    text, speech = view.speech.text, view.speech
    item = view.cost.invoices[exhibit.index]
    taken = [line.number for line in item.lines if line.claimed]
    left = [line.number for line in item.lines if not line.claimed]
    parts = []
    if left:
        parts.append(text("packet.exhibit.lines_left", count=len(left), lines=_numbers(left)))
    if item.invoice.tax and all(line.claimed <= line.net for line in item.lines):
        parts.append(text("packet.exhibit.all_tax"))
    lines = text("packet.exhibit.lines_of", lines=_numbers(taken), total=len(item.lines)) if taken else DASH
    return [
        Field(text("packet.exhibit.claimed_from"), speech.money(item.claimed, item.invoice.currency)),
        Field(text("packet.exhibit.in_the_claim"), say_money(speech, item.converted, view.cost.currency)),
        Field(text("packet.cost.lines"), lines),
        Field(text("packet.exhibit.not_claimed"), speech.parted(parts) or DASH),
    ]


def _payment(view: PacketView, exhibit: Exhibit) -> list[Field]:
    text, speech = view.speech.text, view.speech
    invoice = view.claim.third_party_invoices[exhibit.index]
    return [
        Field(text("packet.kind.invoice"), invoice.number),
        Field(text("packet.invoice.vendor"), invoice.vendor_name),
        Field(text("packet.invoice.paid_on"), say_day(speech, invoice.paid_on)),
        Field(text("packet.invoice.total"), say_money(speech, invoice.total, invoice.currency)),
    ]


def _report(view: PacketView, exhibit: Exhibit) -> list[Field]:
    text, speech = view.speech.text, view.speech
    item = view.cost.reports[exhibit.index]
    report = item.report
    return [
        Field(text("packet.reports.total"), say_money(speech, item.total, view.cost.currency)),
        Field(text("packet.reports.work_period"), say_days(speech, report.work_period)),
        Field(text("packet.reports.certified_on"), say_day(speech, report.certified_on)),
        Field(text("packet.reports.certified_by"), report.certifier_title or report.certifier_name or DASH),
    ]


def _proof(view: PacketView, exhibit: Exhibit) -> list[Field]:
    text, speech = view.speech.text, view.speech
    proof = view.claim.proof_documents[exhibit.index]
    shows = view.speech.listed(view.name("core", id) for id in proof.shows)
    note = proof.note or DASH
    wide = 1 if shows and cells(note) <= _SHORT_NOTE else 2
    fields = [Field(text("packet.field.explanatory_note"), note, span=wide)]
    if shows:
        fields.append(Field(text("packet.exhibit.shows"), shows, span=4 - wide - (proof.captured_on is not None)))
    if proof.captured_on is not None:
        fields.append(Field(text("packet.exhibit.captured_on"), speech.long_date(proof.captured_on)))
    return fields


def _pre_approval(view: PacketView, exhibit: Exhibit) -> list[Field]:
    text, speech = view.speech.text, view.speech
    approval = view.claim.pre_approval
    fields = [Field(text("packet.field.pre_approval_id"), view.claim.pre_approval_id or DASH)]
    if approval is None:
        return fields
    days = {
        "requested_on": approval.requested_on,
        "approved_on": approval.approved_on,
        "final_review_on": approval.final_review_on,
    }
    known = ((name, day) for name, day in days.items() if day is not None)
    return fields + [Field(text(f"packet.pre_approval.{name}"), speech.long_date(day)) for name, day in known]


_FIELDS: dict[Kind, Callable[[PacketView, Exhibit], list[Field]]] = {
    Kind.INVOICE: _invoice,
    Kind.PAYMENT_PROOF: _payment,
    Kind.CSR: _report,
    Kind.PROOF: _proof,
    Kind.PRE_APPROVAL: _pre_approval,
}


def _numbers(numbers: list[int]) -> str:
    """`1, 2, 5 to 9` as `1, 2, 5–9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
