"""The partner company that claims."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Location(Struct, frozen=True):
    id: str
    name: str
    country: str | None


class Contact(Struct, frozen=True):
    role: str
    name: str | None
    email: str | None


class Partner(Struct, frozen=True):
    """`folder` is where its `partner.yaml` lies: claims below belong to it.

    `standing` holds answers to what the rulebook asks of a partner, by its ids.
    """

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
    standing: Mapping[str, bool] = field(default_factory=dict)

    def location(self, id: str | None) -> Location | None:
        return next((location for location in self.locations if location.id == id), None)
