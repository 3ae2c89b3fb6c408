"""The portal's screens field by field, in order, with the values to copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import WITHOUT_PLAN, round_money
from poe_pack.packet.closing import kept_text
from poe_pack.packet.exhibits import Exhibit, Kind
from poe_pack.packet.form import metric_text
from poe_pack.packet.record import Digest, submitter_role
from poe_pack.packet.taking import Taken
from poe_pack.packet.view import PacketView
from poe_pack.printing import environment, screen_page, style_sheet
from poe_pack.validation.result import Readiness

# The set of screens that is written out here; a rulebook names it under `portal`.
_SCREENS = "plan_and_co_op"


class Label(Struct, frozen=True):
    """A label of the portal in English and, where it is documented, as the portal prints it in another language."""

    text: str
    local: str = ""


class Entry(Struct, frozen=True):
    """A field with the value to copy. `hint` is not copied; `is_file` marks a name in the upload folder."""

    label: Label
    value: str
    hint: str = ""
    is_file: bool = False


class Block(Struct, frozen=True):
    """Fields that belong together: one below the other, or (`narrow`) in two columns under a note."""

    entries: tuple[Entry, ...]
    note: str = ""
    narrow: bool = False


class Screen(Struct, frozen=True):
    """A screen of the portal. `path` are the choices that lead to it; `then` is the button to press."""

    anchor: str
    title: Label
    blocks: tuple[Block, ...] = ()
    path: tuple[tuple[Label, Label | str], ...] = ()
    note: str = ""
    then: Label | None = None


def portal_sheet(view: PacketView, tool: str, summary: Digest) -> str:
    """The portal sheet as one HTML page that works offline, in English as the portal's own documentation.

    Labels that are documented in the packet's language, or else the repository's next one, stand in brackets.
    """
    languages = (view.speech.language, *view.result.settings.languages)
    speech = LocaleFormat("en")
    view = replace(view, speech=speech)
    sheet = _Sheet(view, summary, languages)
    body = (
        environment(speech.language)
        .get_template("packet/portal.html")
        .render(
            view=view,
            screens=sheet.screens(),
            local=sheet.local_name,
            local_tag=sheet.local_tag,
            known=sheet.known,
            tool=tool,
        )
    )
    key = "portal.title_draft" if view.draft else "portal.title"
    return screen_page(
        language=speech.tag,
        title=speech.text(key, name=view.claim.name or view.claim.id),
        body=Markup(body),
        css=style_sheet("look/screen.css") + style_sheet("packet/portal.css"),
        script=str(style_sheet("packet/portal.js")).strip(),
    )


class _Sheet:
    def __init__(self, view: PacketView, summary: Digest, languages: Sequence[str]) -> None:
        self._view = view
        self._claim = view.claim
        self._speech = view.speech
        self._summary = summary
        self._local, self.local_name = _local_labels(self._speech, languages) if self.known else (None, "")
        self.local_tag = LocaleFormat(self._local.language).tag if self._local is not None else ""

    def screens(self) -> tuple[Screen, ...]:
        if not self.known:
            return self._plain()
        plan = self._claim.flow not in WITHOUT_PLAN
        heads = (self._plan_way(), self._new_poe(), self._new_claim()) if plan else (self._co_op_way(), self._co_op())
        return (*heads, self._spending(), self._proofs(), self._submit(plan))

    @property
    def known(self) -> bool:
        """Whether the portal's own screens can be repeated."""
        return self._view.of.screens == _SCREENS

    # --- without screens ----------------------------------------------------------------------------------------

    def _plain(self) -> tuple[Screen, ...]:
        """The claim's values where nobody knows the portal's screens; the way to them where the rulebook has it."""
        select = self._label("select")
        path = tuple((select, menu) for menu in self._view.of.menus)
        way = (Screen("way", self._label("way"), path=path),) if path else ()
        proofs = replace(self._proofs(), note=self._speech.text("portal.proof_note"), then=None)
        spending = replace(self._spending(), title=self._label("plain_cost"), then=None)
        entries = (self._entry("comments", self._claim.final_comments, optional=True),)
        comments = (Screen("submit", self._label("comments"), (Block(entries),)),) if self._claim.final_comments else ()
        return (*way, self._plain_claim(), spending, proofs, *comments)

    def _plain_claim(self) -> Screen:
        claim, held = self._claim, self._claim.execution_period
        days = _day(claim.date)
        if held is not None and held.first is not None and held.last is not None:
            first, last = held.first.isoformat(), held.last.isoformat()
            days = self._speech.text("portal.period_of", first=first, last=last)
        event = claim.event
        fields = [
            self._entry("program", claim.program),
            self._entry("activity_type", self._speech.say(self._view.of.activity_type)),
            self._entry("name", claim.name),
            self._entry("date", days),
            self._entry("amount", self._amount(claim.amount), claim.currency),
        ]
        more = (
            ("location", claim.location),
            ("usage_period", claim.usage_period),
            ("event", event.name if event is not None else None),
            ("place", event.place if event is not None else None),
            ("audience", event.audience if event is not None else None),
            ("estimated_impressions", claim.estimated_impressions),
            ("pre_approval_id", claim.pre_approval_id),
        )
        fields += [self._entry(name, str(value)) for name, value in more if value is not None]
        return Screen("claim", self._label("plain_claim"), (Block(tuple(fields)),))

    # --- the way and the head -----------------------------------------------------------------------------------

    def _plan_way(self) -> Screen:
        view, select = self._view, self._label("select")
        activity = view.of.activity.name if view.of.activity is not None else self._claim.activity or ""
        path = (
            (select, self._label("incentives")),
            (select, self._label("plan_management")),
            (self._label("program"), self._claim.program),
            (self._label("plans"), view.plan_name or self._missing),
            (self._label("campaigns"), view.campaign_name or self._missing),
            (self._label("activity"), activity or self._missing),
        )
        return Screen("way", self._label("way"), path=path, then=self._label("add_poe"))

    def _co_op_way(self) -> Screen:
        select = self._label("select")
        path = ((select, self._label("incentives")), (select, self._label("co_op_management")))
        return Screen("way", self._label("way"), path=path, then=self._label("create_a_claim"))

    def _new_poe(self) -> Screen:
        campaign = self._view.of.campaign
        hint = ""
        if campaign is not None and campaign.start_date is not None and campaign.end_date is not None:
            first, last = campaign.start_date.isoformat(), campaign.end_date.isoformat()
            hint = self._speech.text("portal.between", first=first, last=last)
        entries = (
            self._entry("name", self._claim.name),
            self._entry("date", _day(self._claim.date), hint),
            self._entry("amount", self._amount(self._claim.amount), self._claim.currency),
        )
        return Screen("poe", self._label("new_poe"), (Block(entries),), then=self._label("save"))

    def _new_claim(self) -> Screen:
        entries = [self._entry("name", self._claim.name), self._entry("date", _day(self._claim.date))]
        return Screen(
            "claim",
            self._label("new_poe_claim"),
            (Block((*entries, *self._reach())),),
            then=self._label("create_claim"),
        )

    def _co_op(self) -> Screen:
        claim = self._claim
        entries = (
            self._entry("program", claim.program),
            self._entry("location", claim.location, self._view.location_name),
            self._entry("usage_period", claim.usage_period),
            self._entry("activity_type", self._speech.say(self._view.of.activity_type)),
            self._entry("name", claim.name),
            self._entry("date", _day(claim.date)),
            self._entry("amount", self._amount(claim.amount), claim.currency),
            *self._reach(),
        )
        note = self._speech.text("portal.fields_note")
        return Screen(
            "claim", self._label("co_op_claim"), (Block(entries),), note=note, then=self._label("create_claim")
        )

    def _reach(self) -> tuple[Entry, ...]:
        impressions = self._claim.estimated_impressions
        return (
            self._entry("estimated_impressions", None if impressions is None else str(impressions)),
            self._entry("pre_approval_id", self._claim.pre_approval_id, optional=True),
        )

    # --- cost ---------------------------------------------------------------------------------------------------

    def _spending(self) -> Screen:
        blocks: list[Block] = []
        label = self._label("third_party_invoice")
        for item in self._view.cost.invoices:
            taken = self._shown(item.exhibit)
            blocks.append(Block((self._file(label, taken),)))
            invoice = item.invoice
            details = (
                self._entry("invoice_number", invoice.number),
                self._entry("invoice_date", _day(invoice.date)),
                self._entry("supplier", invoice.vendor_name),
                self._entry("supplier_tax_id", invoice.vendor_tax_id, optional=True),
                self._entry("net_claimed", self._amount(item.claimed, invoice.currency), invoice.currency),
                self._entry("amount_claimed", self._amount(item.converted), self._claim.currency),
            )
            note = self._speech.text("portal.details_note") if self.known else ""
            blocks.append(Block(details, note, narrow=True))
        for index in range(len(self._view.cost.reports)):
            blocks.extend(self._report(index))
        title = self._label("invoice_and_expense_information")
        return Screen("spending", title, tuple(blocks), then=self._label("save"))

    def _report(self, index: int) -> Iterator[Block]:
        item = self._view.cost.reports[index]
        report, period = item.report, item.report.work_period
        note = ""
        if self.known:
            note = self._speech.text("portal.csr_note", add=self._both("add_csr"), page=self._both("generate_csr"))
        fields = (
            ("description", report.description),
            ("from", _day(period.first if period is not None else None)),
            ("to", _day(period.last if period is not None else None)),
            ("location", report.location),
            ("product_focus", report.product_focus),
            ("results", report.results),
            ("total", self._amount(item.total)),
            ("certified_by", ", ".join(filter(None, (report.certifier_name, report.certifier_title)))),
            ("certified_on", _day(report.certified_on)),
        )
        entries = tuple(self._entry(f"csr.{name}", value, optional=True) for name, value in fields)
        yield Block(entries, note, narrow=True)
        if item.exhibit is not None:
            label = self._label("certification_service_report")
            yield Block((self._file(label, self._shown(item.exhibit)),))

    # --- proof --------------------------------------------------------------------------------------------------

    def _proofs(self) -> Screen:
        text = self._speech.text
        size = self._speech.bytes(self._summary.size)
        summary = Entry(Label(text("portal.summary_name")), self._summary.name, size, is_file=True)
        blocks = [Block((summary, self._note(text("portal.summary_note"))))]
        for proof_index, proof in enumerate(self._claim.proof_documents):
            name = Label(self._view.name("evidence", proof.evidence))
            kept = kept_text(self._view, proof_index)
            if kept:
                away = Entry(name, "", text("portal.kept_out", where=kept))
                blocks.append(Block((away, self._note(proof.note))))
                continue
            shown = [t for t in self._view.exhibits if (t.exhibit.kind, t.exhibit.index) == (Kind.PROOF, proof_index)]
            if proof.url is not None:
                address = Entry(Label(f"{name.text}: {text('portal.address')}"), proof.url)
                blocks.append(Block((address, self._note(proof.note))))
            blocks += [
                Block((self._file(name, taken), self._note(proof.note))) for taken in shown if taken.exhibit.source
            ]
        for taken in self._view.exhibits:
            blocks.extend(self._extra(taken))
        figures = tuple(self._figure(id, value) for id, value in self._claim.metrics.items() if value is not None)
        if figures:
            blocks.append(Block(figures, text("portal.figures_note") if self.known else ""))
        note = text("portal.proof_note")
        return Screen("proofs", self._label("proof_documents"), tuple(blocks), note=note, then=self._label("save"))

    def _figure(self, id: str, value: Any) -> Entry:
        """A figure to type; of names that nobody demands the number alone."""
        label = Label(self._view.name("metric", id))
        if f"/metrics/{id}" in self._view.of.held_back:
            return Entry(label, "", metric_text(self._view, value))
        return Entry(label, _typed(value))

    def _extra(self, taken: Taken) -> Iterator[Block]:
        """Evidence that the claim keeps elsewhere than among its proof documents."""
        exhibit, text = taken.exhibit, self._speech.text
        if exhibit.kind is Kind.PAYMENT_PROOF:
            number = self._claim.third_party_invoices[exhibit.index].number
            note = text("portal.payment_note", number=number)
        elif exhibit.kind is Kind.PRE_APPROVAL:
            note = text("portal.pre_approval_note", id=self._claim.pre_approval_id or "").strip()
        else:
            return
        yield Block((self._file(Label(text(f"packet.kind.{exhibit.kind}")), taken), self._note(note)))

    def _submit(self, plan: bool) -> Screen:
        note = ""
        if plan:
            role = self._view.name("role", submitter_role(self._claim) or "incentives_admin")
            note = self._speech.text("portal.submitter_note", role=role)
        entries = (self._entry("comments", self._claim.final_comments, optional=True),)
        return Screen("submit", self._label("submit"), (Block(entries),), note=note, then=self._label("submit_claim"))

    # --- parts --------------------------------------------------------------------------------------------------

    @property
    def _missing(self) -> str:
        """What stands for a value that is not there: of a claim that lacks nothing, that none is needed."""
        lacks = self._view.of.readiness in (Readiness.INCOMPLETE, Readiness.FAULTY)
        return self._speech.text("portal.missing") if lacks else "–"

    def _label(self, name: str) -> Label:
        key = f"portal.local.{name}"
        local = self._local.text(key) if self._local is not None and key in self._local else ""
        text = catalogue("en").text(f"portal.{name}")
        return Label(text, local if local != text else "")

    def _both(self, name: str) -> str:
        label = self._label(name)
        return f"{label.text} ({label.local})" if label.local else label.text

    def _entry(self, name: str, value: str | None, hint: str = "", *, optional: bool = False) -> Entry:
        if not value:
            return Entry(self._label(name), "", "–" if optional else self._missing)
        return Entry(self._label(name), value, hint)

    def _note(self, note: str | None) -> Entry:
        if not note:
            return Entry(self._label("explanatory_note"), "", self._speech.text("portal.no_note"))
        return Entry(self._label("explanatory_note"), note)

    def _shown(self, exhibit: Exhibit | None) -> Taken | None:
        return self._view.exhibit_of(exhibit) if exhibit is not None else None

    def _file(self, label: Label, taken: Taken | None) -> Entry:
        if taken is None or taken.facts is None or taken.facts.sha256 is None or taken.exhibit.upload is None:
            return Entry(label, "", self._speech.text("portal.no_file"))
        size = self._speech.bytes(taken.facts.size)
        if len(taken.pages) > 0:
            pages = self._speech.text("packet.pages", count=len(taken.pages))
            size = self._speech.text("portal.size_and_pages", pages=pages, size=size)
        return Entry(label, taken.exhibit.upload, size, is_file=True)

    def _amount(self, amount: Decimal | None, currency: str | None = None) -> str | None:
        return None if amount is None else f"{round_money(amount, currency or self._claim.currency):f}"


def _typed(value: Any) -> str:
    """A figure as it is typed: plain digits, of a list its entries."""
    if isinstance(value, list | tuple):
        return "; ".join(map(_typed, value))
    if isinstance(value, Mapping):
        return " ".join(map(_typed, value.values()))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _local_labels(speech: LocaleFormat, languages: Sequence[str]) -> tuple[Catalogue | None, str]:
    """Labels of the first language that is not English, with its name in `speech`."""
    local = next((other for other in languages if other != "en"), None)
    if local is None:
        return None, ""
    try:
        labels = catalogue(local)
    except ValueError:
        return None, ""
    has_labels = "portal.local.name" in labels
    return (labels, speech.text(f"portal.language.{local}")) if has_labels else (None, "")
