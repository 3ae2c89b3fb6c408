"""A claim result by hand (the design's example) and evidence files made on the spot."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
from msgspec.structs import replace
from PIL import Image

from poe_pack.evidence.facts import FileFacts, FileState, MediaType, Page
from poe_pack.git import CommitStamp
from poe_pack.languages import Words
from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import (
    Campaign,
    Claim,
    DateRange,
    ExchangeRate,
    Flow,
    HistoryEntry,
    InvoiceLine,
    Location,
    Partner,
    Period,
    Plan,
    PlannedActivity,
    PreApproval,
    ProofDocument,
    Request,
    Settings,
    Status,
    Submission,
    ThirdPartyInvoice,
    Waiver,
)
from poe_pack.packet.cost import cost_of
from poe_pack.packet.exhibits import exhibits_of
from poe_pack.packet.record import events_of
from poe_pack.packet.requirements import requirements_of
from poe_pack.packet.taking import Taken
from poe_pack.packet.view import PacketView
from poe_pack.validation.result import (
    CheckGroup,
    ChecklistItem,
    CheckState,
    ClaimResult,
    Deadline,
    InvoiceShare,
    Result,
    Section,
)
from poe_pack.validation.verdict import RulebookStamp

D = Decimal
FOLDER = "claims/azure-seminar-goteborg"


def words(text: str) -> Words:
    return Words(names={"en": text})


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def line(description: str, category: str | None, net: str, tax: str, claimed: str | None = None) -> InvoiceLine:
    taken = None if claimed is None else D(claimed)
    return InvoiceLine(description, category, None, None, D(net), D(tax), taken, None, None)


def invoice(**changes: Any) -> ThirdPartyInvoice:
    made = ThirdPartyInvoice(
        number="10482",
        vendor_name="Vasaplatsen Konferens AB",
        vendor_tax_id="SE559087654301",
        vendor_address=None,
        date=date(2026, 9, 28),
        document_type="invoice",
        currency="SEK",
        exchange_rate=ExchangeRate(D("0.1058"), date(2026, 9, 28), "Company month rate September 2026"),
        service_period=DateRange(date(2026, 9, 17), date(2026, 9, 24)),
        bill_to="Nordanvind IT AB",
        description=None,
        lines=(
            line("Venue hire Göteborg", "venue_equipment_rental", "52000.00", "13000.00"),
            line("Sound and stage", "venue_equipment_rental", "14400.00", "3600.00"),
            line("Lunch for 80 (no alcohol)", "catering_no_alcohol", "20000.00", "2400.00"),
            line("Venue hire Stockholm", None, "38000.00", "9500.00", "0.00"),
        ),
        total=D("152900.00"),
        paid_on=None,
        payment_proof=None,
        file="evidence/invoice-10482.pdf",
    )
    return replace(made, **changes)


def proof(evidence: str, *files: str, **changes: Any) -> ProofDocument:
    made = ProofDocument(evidence, files, None, f"Note on {evidence}", (), None, False, None)
    return replace(made, **changes)


PROOFS = (
    proof(
        "event_invitation",
        "evidence/invitation.pdf",
        note="Final invitation e-mailed to 420 customers",
        shows=("company_brand", "contact_info"),
    ),
    proof("event_agenda", "evidence/agenda.pdf", note="Agenda with speakers and topics"),
    proof(
        "event_photo",
        "evidence/stage.jpg",
        "evidence/room.png",
        note="Opening session and full room",
        captured_on=date(2026, 9, 17),
    ),
    proof("landing_page", url="https://nordanvind.example/azure", note="Page that the invitation points to"),
    proof("attendee_list", "evidence/attendees.csv", note="Registered guests"),
)

HISTORY = (
    HistoryEntry(instant("2026-09-29T07:45:00"), "user@nordanvind.example", "incentives_user", Status.EDITING, None),
    HistoryEntry(
        instant("2026-09-30T12:10:00"), "admin@nordanvind.example", "incentives_admin", Status.SUBMITTED, None
    ),
    HistoryEntry(instant("2026-10-14T13:20:00"), "Microsoft", "reviewer", Status.ACTION_REQUIRED, None),
)


def claim(**changes: Any) -> Claim:
    made = Claim(
        id="azure-seminar-goteborg",
        file=f"{FOLDER}/claim.yaml",
        folder=FOLDER,
        flow=Flow.PLAN_MANAGEMENT,
        plan="fy27-hosting",
        campaign="azure-migration-autumn",
        activity="seminar-goteborg",
        activity_type="customer_seminar_bootcamp",
        program="Hosting",
        location="6071245",
        usage_period="FY27 H1",
        portal_id="PC-7702218",
        name="Azure migration seminar Göteborg",
        date=date(2026, 9, 17),
        execution_period=None,
        currency="USD",
        amount=D("9141.12"),
        estimated_impressions=4200,
        pre_approval_id="PA-20931",
        pre_approval=PreApproval(
            "Invitation", date(2026, 8, 17), date(2026, 8, 24), date(2026, 9, 2), "evidence/pre-approval.pdf"
        ),
        tactics=(),
        channels=(),
        conditions=(),
        third_party_invoices=(invoice(),),
        certification_service_reports=(),
        proof_documents=PROOFS,
        metrics={"registered_guest_count": 118},
        final_comments="Recording available on request",
        status=Status.ACTION_REQUIRED,
        history=HISTORY,
        waivers=(
            Waiver("POE431", None, "Agenda and venue on one invoice", "finance@nordanvind.example", date(2026, 12, 31)),
        ),
        submissions=(Submission(1, instant("2026-09-30T12:10:00"), "admin", D("9141.12"), "First", None, None, None),),
        requests=(
            Request(
                instant("2026-10-14T13:20:00"),
                "The agenda shows no Microsoft content.",
                ("event_agenda",),
                "Slides added",
                date(2026, 10, 20),
            ),
        ),
        approval=None,
        payments=(),
        dispute=None,
        replaces=None,
    )
    return replace(made, **changes)


def item(subject: str, state: CheckState, *files: str, **changes: Any) -> ChecklistItem:
    made = ChecklistItem(CheckGroup.ACTIVITY, words(subject), words("File and digest"), state, files)
    return replace(made, **changes)


CHECKLIST = (
    item("Event invitation", CheckState.CHECKED, "evidence/invitation.pdf"),
    item("Event photo", CheckState.CHECKED, "evidence/stage.jpg", "evidence/room.png"),
    item(
        "Company brand visible",
        CheckState.DECLARED,
        "evidence/invitation.pdf",
        "evidence/agenda.pdf",
        role="incentives_user",
        on=date(2026, 9, 29),
    ),
    item("Lines give the amount", CheckState.CHECKED, group=CheckGroup.COST, section=Section.COST),
    item(
        "One invoice for two events",
        CheckState.WAIVED,
        group=CheckGroup.COST,
        section=Section.RECORD,
        role="finance@nordanvind.example",
        on=date(2026, 12, 31),
    ),
    item("Date inside the campaign", CheckState.CHECKED, group=CheckGroup.DATES, section=Section.FORM),
    item("Signatures", CheckState.OPEN, group=CheckGroup.DATES, section=Section.FORM),
)

NAMES = {
    "evidence.event_invitation": words("Event invitation"),
    "evidence.event_agenda": words("Event agenda"),
    "evidence.event_photo": words("Event photo"),
    "expense.venue_equipment_rental": words("Venue and equipment rental"),
    "expense.catering_no_alcohol": words("Catering without alcohol"),
    "metric.registered_guest_count": words("Registered guests"),
    "core.company_brand": words("Company brand"),
    "core.contact_info": words("Contact details"),
    "role.incentives_admin": words("Incentives admin"),
    "role.incentives_user": words("Incentives user"),
    "role.reviewer": words("Reviewer"),
}

PARTNER = Partner(
    id="nordanvind",
    file="claims/partner.yaml",
    folder="claims",
    name="Nordanvind IT AB",
    partner_id="6071200",
    tax_id=None,
    payout_currency="USD",
    profile_complete=True,
    locations=(Location("6071245", "Göteborg", "SE"),),
    contacts=(),
    affiliates=(),
    logo=None,
)

ACTIVITY = PlannedActivity("seminar-goteborg", "Seminar Göteborg", "customer_seminar_bootcamp", None, ("SE",), None)
CAMPAIGN = Campaign(
    "azure-migration-autumn", "Azure migration autumn", date(2026, 9, 1), date(2026, 11, 30), (ACTIVITY,)
)
PLAN = Plan(
    "fy27-hosting",
    "claims/plans/fy27-hosting.yaml",
    "FY27 Hosting",
    "6071245",
    "Hosting",
    "Hosting co-op",
    "FY27",
    "Sweden",
    "USD",
    D("36000"),
    None,
    Status.APPROVED,
    (),
    (CAMPAIGN,),
)


def claim_result(document: Claim, files: Mapping[str, FileFacts], **changes: Any) -> ClaimResult:
    """`document` with everything around it, as the engine would hand it over."""
    shares = tuple(
        (
            InvoiceShare(document.id, (1, 2, 3), D("86400.00"), D("0.1058"), D("9141.12"), "USD"),
            InvoiceShare("azure-seminar-stockholm", (4,), D("38000.00"), D("0.1058"), D("4020.40"), "USD"),
        )
        for _ in document.third_party_invoices
    )
    made = ClaimResult(
        claim=document,
        partner=PARTNER,
        plan=PLAN if document.plan else None,
        campaign=CAMPAIGN if document.plan else None,
        activity=ACTIVITY if document.plan else None,
        activity_type=words("Customer seminars and boot camps"),
        category=words("Market development"),
        usage_period=Period("FY27 H1", date(2026, 7, 1), date(2026, 12, 31)),
        claim_window=Period("FY27 H1", date(2026, 8, 16), date(2027, 2, 15)),
        keep_until=date(2028, 9, 17),
        rulebook_id="microsoft-coop",
        screens="plan_and_co_op",
        findings=(),
        waived=(),
        checklist=CHECKLIST,
        deadlines=(Deadline("advised", date(2026, 11, 1), "partner", True, None),),
        files=files,
        invoice_shares=shares,
        elsewhere={(0, 4): D("38000.00")} if document.third_party_invoices else {},
        names=NAMES,
    )
    return replace(made, **changes)


def result_of(base: Path, results: Sequence[ClaimResult], **changes: Any) -> Result:
    made = Result(
        root=base / "claims",
        base=base,
        as_of=date(2026, 11, 21),
        settings=Settings(timezone="Europe/Stockholm"),
        rulebooks=(
            RulebookStamp(
                "microsoft-coop", "2026.1", "Microsoft co-op", "Microsoft", "0" * 64, Words(names={"en": "Co-op"})
            ),
        ),
        partners=(PARTNER,),
        plans=(PLAN,),
        claims=tuple(results),
        funds=(),
        findings=(),
        waived=(),
        rules_ran=(),
        rules_off=(),
        claim_count=len(results),
        unread=0,
    )
    return replace(made, **changes)


# --- evidence ---------------------------------------------------------------------------------------------


def make_pdf(path: Path, sizes: Sequence[tuple[float, float]], text: str = "Evidence") -> None:
    """A PDF with pages of these sizes in points, each with its number and a frame that shows cropping."""
    with pikepdf.new() as pdf:
        for number, (width, height) in enumerate(sizes, 1):
            page = pdf.add_blank_page(page_size=(width, height))
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
            said = f"{text} {number}".encode("latin-1").replace(b"(", b"").replace(b")", b"")
            content = b"BT /F1 24 Tf 40 %d Td (%s) Tj ET\n2 w 3 3 %d %d re S" % (
                int(height) - 60,
                said,
                int(width) - 6,
                int(height) - 6,
            )
            page.obj.Contents = pdf.make_stream(content)
        pdf.save(path, static_id=True)


def make_picture(path: Path, size: tuple[int, int], colour: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG" if path.suffix == ".jpg" else "PNG")
    path.write_bytes(out.getvalue())


_KINDS = {".pdf": MediaType.PDF, ".jpg": MediaType.JPEG, ".png": MediaType.PNG, ".csv": MediaType.CSV}


def facts_of(folder: Path, document: Claim) -> dict[str, FileFacts]:
    """What the engine would know of a claim's files."""
    facts = {}
    for _, name in document.files():
        path = folder / name
        if path.is_file():
            data = path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            facts[name] = FileFacts(name, FileState.PRESENT, len(data), _KINDS.get(path.suffix), digest)
        else:
            facts[name] = FileFacts(name, FileState.MISSING, 0, None, None)
    return facts


def write_documents(base: Path) -> None:
    """The documents that a packet names, with some bytes."""
    for file in (f"{FOLDER}/claim.yaml", PARTNER.file, PLAN.file):
        path = base / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {file}\n", encoding="utf-8")


def write_evidence(base: Path) -> None:
    """All evidence of the sample claim."""
    folder = base / FOLDER / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    a4, slide = (595.28, 841.89), (960.0, 540.0)
    make_pdf(folder / "invoice-10482.pdf", [a4, a4], "Faktura")
    make_pdf(folder / "invitation.pdf", [a4, (612, 792)], "Invitation")
    make_pdf(folder / "agenda.pdf", [slide], "Agenda")
    make_pdf(folder / "pre-approval.pdf", [(200, 300)], "Approved")
    make_picture(folder / "stage.jpg", (640, 480), "navy")
    make_picture(folder / "room.png", (300, 400), "teal")
    (folder / "attendees.csv").write_text("name\nA\n", encoding="utf-8")


def sample(base: Path, **changes: Any) -> tuple[Result, ClaimResult]:
    """The sample written below `base`, with changes to the claim."""
    write_documents(base)
    if not (base / FOLDER / "evidence").is_dir():
        write_evidence(base)
    document = claim(**changes)
    made = claim_result(document, facts_of(base / FOLDER, document))
    return result_of(base, [made]), made


def view_of(base: Path, pages: Sequence[Page] = (), settings: Settings | None = None, **changes: Any) -> PacketView:
    """The sample as the packet's pages see it; every exhibit with a file has `pages`, nothing is opened."""
    result, made = sample(base, **changes)
    if settings is not None:
        result = replace(result, settings=settings)
    speech = LocaleFormat("en")
    exhibits = exhibits_of(made, speech)
    return PacketView(
        result=result,
        of=made,
        speech=speech,
        exhibits=tuple(
            Taken(exhibit, made.files[exhibit.source], tuple(pages), None)
            if exhibit.source
            else Taken(exhibit, None, (), None)
            for exhibit in exhibits
        ),
        cost=cost_of(made, exhibits, speech),
        requirements=requirements_of(made, exhibits, speech),
        events=events_of(result, made, exhibits, speech),
        commit=CommitStamp(None, "no_git"),
        draft=False,
    )
