"""A small claims repository, written by tests: one partner, one funds account, claims of the co-op flow."""

from __future__ import annotations

import re
import struct
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

from tests.cli.program import environment

POE = "kind: repository\nrulebook: microsoft-coop\ntimezone: Europe/Stockholm\n"

PARTNER = """\
kind: partner
id: nordanvind
name: Nordanvind IT AB
partner_id: "6071200"
profile_complete: true
locations: [{id: "6071245", name: Göteborg, country: SE}]
"""

FUNDS = """\
kind: funds
id: hosting-fy27-h1
program: Hosting
location: "6071245"
usage_period: FY27 H1
currency: USD
earned: "90000.00"
"""

# Complete: nothing to report as of 2026-11-21. `@` stands for the id.
CLAIM = """\
kind: claim
id: @
flow: co_op_management
activity_type: digital_advertising
program: Hosting
location: "6071245"
usage_period: FY27 H1
name: Advertising of @
date: "2026-11-13"
currency: USD
amount: "6%"
estimated_impressions: 4200
third_party_invoices:
  - number: "NV-@"
    vendor: {name: Brightfjord Media Ltd}
    date: "2026-11-16"
    currency: USD
    service_period: {from: "2026-10-05", to: "2026-11-13"}
    bill_to: Nordanvind IT AB
    lines:
      - {description: Search advertising, category: media_placement, net: "600.00", tax: "0.00"}
      - {description: Banner, category: agency_fee, net: "%", tax: "0.00"}
    total: "6%"
    file: evidence/invoice.pdf
proof_documents:
  - evidence: ad_screenshot
    files: [evidence/ad.png]
    note: Result page with the advertisement
    shows: [company_brand, contact_info, microsoft_content]
  - evidence: landing_page_url
    url: https://nordanvind.example/azure
    note: Landing page
    shows: [company_brand, contact_info, microsoft_content]
metrics: {results_summary: "412,300 impressions, 9,870 clicks"}
brand_check: [current_names_and_logos, partner_logo_placed, no_other_brands]
status: editing
history:
  - {at: "2026-11-17T09:30:00Z", by: incentives@nordanvind.example, role: incentives_user, status: editing}
"""


def _pdf() -> bytes:
    """A PDF of one empty page of 200 x 300 points."""
    objects = (
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Resources <<>>>>",
    )
    text, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj {content} endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer <</Size 4 /Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF\n"
    return f"{text}xref\n0 4\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def _png() -> bytes:
    """A white picture of 600 x 600 pixels, which is large enough to be read."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 600, 600, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * 75) * 600)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PDF, PNG = _pdf(), _png()
SECOND = PNG + b"second"  # another picture


@dataclass(frozen=True, slots=True)
class House:
    """A claims repository at `root`."""

    root: Path

    def write(self, file: str, text: str | bytes) -> Path:
        """Write a file below the root, with its folders."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def claim(self, id: str, *edits: tuple[str, str], evidence: bool = True) -> Path:
        """Write a claim: the complete one with every `edits` (old, new) made exactly once. Returns its document."""
        # No two claims have the same amount, nor the same files: they would be one claim made twice.
        text = CLAIM.replace("@", id).replace("%", self.amount(id).removeprefix("6"))
        for old, new in edits:
            assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
            text = text.replace(old, new)
        if evidence:
            self.write(f"{id}/evidence/invoice.pdf", PDF + f"% {id}\n".encode())
            self.write(f"{id}/evidence/ad.png", PNG + id.encode())
        return self.write(f"{id}/claim.yaml", text)

    @staticmethod
    def amount(id: str) -> str:
        """What a claim of that id claims."""
        cents = zlib.crc32(id.encode()) % 9000 + 1000
        return f"6{cents // 100}.{cents % 100:02}"

    def draft(self, id: str) -> Path:
        """A claim that lacks what only the submission needs."""
        return self.claim(id, ('metrics: {results_summary: "412,300 impressions, 9,870 clicks"}\n', ""))

    def bad(self, id: str) -> Path:
        """A claim with one error, POE302 at the date on line 9: the day lies after the usage period."""
        return self.claim(id, ('date: "2026-11-13"\n', 'date: "2027-01-13"\n'))


BAD_PLACE = "9:7"


def make_house(root: Path) -> House:
    """An empty but complete repository at `root`."""
    house = House(root)
    house.write("poe.yaml", POE)
    house.write("partner.yaml", PARTNER)
    house.write("funds/hosting-fy27-h1.yaml", FUNDS)
    return house


def git(folder: Path, *arguments: str, status: int = 0, **variables: str) -> str:
    """Run git in a folder as somebody; returns both outputs together. Asserts its exit status."""
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@a.example"}
    who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@a.example"}
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=environment(**who, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    text = done.stdout.decode("utf-8", "surrogateescape")
    assert done.returncode == status, text
    return text


def start_git(folder: Path) -> None:
    """Make a folder a git repository with everything in it committed."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin")


_ESCAPES = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def assert_harmless(raw: bytes) -> None:
    """No control character but the line feed, no C1 control, no bidi control, and UTF-8."""
    found = _ESCAPES.search(raw) or _BIDI.search(raw.decode("utf-8"))
    assert found is None, f"{found.group()!r} in {raw[max(0, found.start() - 80) : found.end() + 40]!r}"
