"""A generated claims repository of any size: claims of some sixty lines, all of them clean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

PARTNER = """\
kind: partner
id: bench-partner
name: Bench Partner AB
partner_id: "6071200"
locations:
  - {id: "6071245", name: Göteborg, country: SE}
"""

FUNDS = """\
kind: funds
id: hosting-fy27-h1
program: Hosting
location: "6071245"
usage_period: FY27 H1
currency: USD
earned: "99999999.00"
"""

CLAIM = """\
kind: claim
id: {id}
flow: co_op_management
activity_type: customer_seminar_bootcamp
program: Hosting
location: "6071245"
usage_period: FY27 H1
portal_id: PC-{number:07d}
name: Azure migration seminar number {number}
date: "{day}"
currency: USD
amount: "{amount}.00"
estimated_impressions: {reach}
third_party_invoices:
  - number: "INV-{number:07d}"
    vendor:
      name: Vasaplatsen Konferens AB
      tax_id: SE559087654301
    date: "{day}"
    currency: USD
    service_period:
      from: "{day}"
      to: "{day}"
    bill_to: Bench Partner AB
    lines:
      - description: Venue hire for the day
        category: venue_equipment_rental
        net: "{venue}.00"
        tax: "0.00"
      - description: Lunch for the guests (no alcohol)
        category: catering_no_alcohol
        net: "{lunch}.00"
        tax: "0.00"
      - description: Stockholm part, claimed elsewhere
        net: "500.00"
        tax: "0.00"
        claimed: "0.00"
    total: "{total}.00"
    file: evidence/invoice.pdf
proof_documents:
  - evidence: event_invitation
    files: [evidence/invitation.pdf]
    note: Final invitation e-mailed to the customers
    shows: [company_brand, contact_info, microsoft_content]
  - evidence: event_agenda
    files: [evidence/agenda.pdf]
    note: Agenda with speakers and topics
    shows: [company_brand, contact_info, microsoft_content]
  - evidence: event_photo
    files: [evidence/stage.jpg]
    note: Opening session with the full room
metrics:
  registered_guest_count: {guests}
final_comments: Recording available on request
brand_check: [current_names_and_logos, partner_logo_placed, no_other_brands]
status: editing
history:
  - at: "2026-09-29T07:45:00Z"
    by: incentives@bench.example
    role: incentives_user
    status: editing
"""

_EVIDENCE = ("invoice.pdf", "invitation.pdf", "agenda.pdf", "stage.jpg")


def claim_text(number: int) -> str:
    """Text of one claim; every number gives another invoice, amount and day."""
    venue, lunch = 2000 + number % 700, 600 + number % 90
    return CLAIM.format(
        id=f"seminar-{number:06d}",
        number=number,
        day=(date(2026, 10, 8) + timedelta(days=number % 44)).isoformat(),
        amount=venue + lunch,
        venue=venue,
        lunch=lunch,
        total=venue + lunch + 500,
        reach=1000 + number % 5000,
        guests=40 + number % 200,
    )


def write_corpus(root: Path, count: int) -> list[Path]:
    """Write a repository of `count` claims; returns the claim files."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "poe.yaml").write_text("kind: repository\nrulebook: microsoft-coop\n", encoding="utf-8")
    (root / "partner.yaml").write_text(PARTNER, encoding="utf-8")
    (root / "funds").mkdir(exist_ok=True)
    (root / "funds" / "hosting-fy27-h1.yaml").write_text(FUNDS, encoding="utf-8")
    return list(_claims(root, count))


def _claims(root: Path, count: int) -> Iterator[Path]:
    for number in range(count):
        folder = root / f"seminar-{number:06d}"
        (folder / "evidence").mkdir(parents=True)
        file = folder / "claim.yaml"
        file.write_text(claim_text(number), encoding="utf-8")
        for name in _EVIDENCE:
            magic = b"%PDF-1.7\n" if name.endswith(".pdf") else b"\xff\xd8\xff\xe0"
            (folder / "evidence" / name).write_bytes(magic + f"{number} {name}\n".encode())
        yield file
