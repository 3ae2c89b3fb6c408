"""Every evidence file of the example: which claim it belongs to, its name, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from example import artwork, photos, words
from example.invoices import PRINTS, claim_data, invoice_pdf
from example.printing import to_pdf, to_picture, to_screenshot

Maker = Callable[[], bytes]
GOTEBORG, STOCKHOLM = "azure-seminar-goteborg", "azure-seminar-stockholm"
SEARCH, SOCIAL, DISPLAY = "azure-search-ads", "backup-social-ads", "hosting-display-ads"
NEWSLETTER, COPILOT = "hosting-newsletter-october", "copilot-mailing-stockholm"
BREAKFAST, AGAIN = "security-breakfast-seminar", "security-breakfast-again"
CAMPAIGN, TRAVEL = "copilot-autumn-campaign", "partner-days-travel"
RADIO, TRAINING = "surface-hub-radio", "azure-training-days"
# The reports on in-house work: claim, its PartnerID and program.
REPORTS = ((NEWSLETTER, "6071245", "Hosting"), (CAMPAIGN, "6071252", "CSP Indirect Reseller"))


def pieces(claims: Path) -> Iterator[tuple[str, str, Maker]]:
    """Claim id, file name and maker of each piece; `claims` holds the claims that invoices and reports repeat."""
    for printed in PRINTS:
        yield printed.claim, f"invoice-{printed.number}.pdf", _invoice(printed.number, claims)
    yield STOCKHOLM, "invoice-10482.pdf", _invoice("10482", claims)  # the shared one: the same bytes
    yield AGAIN, "invoice-7-2614.pdf", _invoice("7-2614", claims)  # of the claim that it replaces
    yield NEWSLETTER, "csr-newsletter.pdf", lambda: report_pdf(claims, *REPORTS[0])
    yield CAMPAIGN, "csr-campaign-letters.pdf", lambda: report_pdf(claims, *REPORTS[1])
    yield from _seminars()
    yield from _screens()
    yield from _mail()
    yield from _journey_spot_training()


def _invoice(number: str, claims: Path) -> Maker:
    printed = next(printed for printed in PRINTS if printed.number == number)
    return lambda: invoice_pdf(printed, claims)


def _seminars() -> Iterator[tuple[str, str, Maker]]:
    yield GOTEBORG, "invitation.pdf", _page("invitation.html", words.INVITATION_GOTEBORG, artwork.DUSK, 5)
    yield GOTEBORG, "agenda.pdf", _page("agenda.html", words.AGENDA_GOTEBORG)
    yield GOTEBORG, "stage.jpg", lambda: photos.stage(_slide(0))
    yield GOTEBORG, "room.jpg", lambda: photos.room(_slide(2))
    yield GOTEBORG, "slides.pdf", _slides
    yield GOTEBORG, "pre-approval-PA-20931.pdf", _page("pre-approval.html", {})
    yield STOCKHOLM, "invitation.pdf", _page("invitation.html", words.INVITATION_STOCKHOLM, artwork.DAWN, 8)
    yield STOCKHOLM, "agenda.pdf", _page("agenda.html", words.AGENDA_STOCKHOLM)
    yield STOCKHOLM, "session.jpg", lambda: photos.session(_slide(3))
    for claim in (BREAKFAST, AGAIN):
        yield claim, "invitation.pdf", _page("invitation.html", words.INVITATION_BREAKFAST, artwork.WINTER, 11)
        yield claim, "agenda.pdf", _page("agenda.html", words.AGENDA_BREAKFAST)
    yield BREAKFAST, "room.jpg", lambda: photos.breakfast_room(with_guests=False)
    yield AGAIN, "guests.jpg", lambda: photos.breakfast_room(with_guests=True)


def _screens() -> Iterator[tuple[str, str, Maker]]:
    october = {"clock": "09:41", "day": "2026-10-12"}
    search = {
        "tab": "flytta servrar till azure göteborg – findra",
        "url": "https://findra.example/?q=flytta+servrar+till+azure+göteborg",
    }
    landing = {"tab": "Flytta till Microsoft Azure | Nordanvind", "url": "https://nordanvind.example/azure-migration"}
    social = {
        "tab": "Flöde | yrkesnätet",
        "url": "https://yrkesnatet.example/flode",
        "clock": "15:06",
        "day": "2026-11-04",
    }
    display = {
        "tab": "The Hosting Ledger",
        "url": "https://hostingledger.example/",
        "clock": "11:20",
        "day": "2026-09-21",
    }
    yield SEARCH, "search-ad.png", _screen("search-ad.html", search | october)
    yield (
        SEARCH,
        "landing-page.png",
        _screen("landing-page.html", landing | october | {"clock": "09:43"}, artwork.DUSK, 5),
    )
    yield SOCIAL, "social-ad.png", _screen("social-ad.html", social, artwork.WINTER, 4)
    yield DISPLAY, "display-ad.png", _screen("display-ad.html", display, artwork.DUSK, 21)
    feed = social | {"clock": "16:32", "day": "2026-09-09"}
    page = {"tab": "Microsoft 365 Copilot | Nordanvind", "url": "https://nordanvind.example/copilot"}
    yield CAMPAIGN, "social-ad.png", _screen("copilot-feed.html", feed)
    yield CAMPAIGN, "copilot-page.png", _screen("copilot-page.html", page | {"clock": "10:04", "day": "2026-10-02"})


def _mail() -> Iterator[tuple[str, str, Maker]]:
    yield NEWSLETTER, "newsletter.pdf", _page("newsletter.html", {}, artwork.DAWN, 3)
    yield NEWSLETTER, "message-header.pdf", _page("message-header.html", {})
    yield COPILOT, "letter.pdf", _page("letter.html", {}, artwork.WINTER, 7)
    yield COPILOT, "delivery-report.pdf", _page("delivery-report.html", words.DELIVERY)
    yield CAMPAIGN, "letter.pdf", _sheet(words.LETTER_COPILOT)
    yield CAMPAIGN, "message-header.pdf", _sheet(words.HEADER_COPILOT)


def _journey_spot_training() -> Iterator[tuple[str, str, Maker]]:
    yield TRAVEL, "confirmation.pdf", _sheet(words.CONFIRMATION)
    yield TRAVEL, "itinerary.pdf", _sheet(words.ITINERARY)
    yield RADIO, "spot.pdf", _sheet(words.SPOT)
    yield RADIO, "pre-approval-PA-21077.pdf", _sheet(words.APPROVAL_RADIO)
    yield TRAINING, "agenda.pdf", _page("agenda.html", words.AGENDA_TRAINING)
    yield TRAINING, "handout.pdf", _sheet(words.HANDOUT)


@cache
def _slides() -> bytes:
    return to_pdf("slides.html", {})


def _slide(page: int) -> Image.Image:
    return to_picture(_slides(), 1280, page)


def _page(template: str, values: dict[str, Any], tones: artwork.Tones | None = None, seed: int = 0) -> Maker:
    return lambda: to_pdf(template, values, _hero(tones, seed))


def _sheet(values: dict[str, Any]) -> Maker:
    """A plain page with a letterhead: facts, a table and paragraphs, as far as there are any."""
    rows = [{"cells": cells, "total": False, "hidden": False} for cells in values.get("rows", ())]
    plain: dict[str, Any] = {"paper": "A4", "ink": "#15202b", "head": (), "columns": (), "text": ()}
    return lambda: to_pdf("sheet.html", plain | values | {"rows": rows})


def _screen(template: str, values: dict[str, Any], tones: artwork.Tones | None = None, seed: int = 0) -> Maker:
    return lambda: to_screenshot(template, values, 1440, _hero(tones, seed))


def _hero(tones: artwork.Tones | None, seed: int) -> dict[str, bytes]:
    return {} if tones is None else {"hero.jpg": artwork.hills((1600, 800), tones, seed)}


def report_pdf(claims: Path, claim: str, partner_id: str, program: str) -> bytes:
    """A claim's Certification Service Report, with the claim's own figures."""
    report = claim_data(claims, claim)["certification_service_reports"][0]
    people = [{**person, "cost": Decimal(person["hours"]) * Decimal(person["rate"])} for person in report["people"]]
    values = {"c": report | {"materials": report.get("materials", [])}, "people": people}
    weeks = words.WEEKS[report["id"]]
    return to_pdf("csr.html", values | {"weeks": weeks, "partner_id": partner_id, "program": program})
