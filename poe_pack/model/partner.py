"""The partner company that claims."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    id: str
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Contact:
    role: str
    name: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Partner:
    """`folder` is where its `partner.yaml` lies: claims below belong to it."""

    id: str
    file: str
    folder: str
    name: str
    partner_id: str
    tax_id: str | None
    payout_currency: str | None
    profile_complete: bool | None
    locations: tuple[Location, ...]
    contacts: tuple[Contact, ...]
    affiliates: tuple[str, ...]
    logo: str | None
    market: str | None = None

    def location(self, id: str | None) -> Location | None:
        return next((location for location in self.locations if location.id == id), None)
