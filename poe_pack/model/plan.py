"""A marketing plan: campaigns of planned activities, approved by Microsoft before money flows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from poe_pack.model.review import HistoryEntry
from poe_pack.model.status import Status


class PlannedActivity(Struct, frozen=True):
    id: str
    name: str
    activity_type: str
    category: str | None
    countries: tuple[str, ...]
    budget: Decimal | None


class Campaign(Struct, frozen=True):
    """Claims under it are dated from `start_date` to `end_date`, both included."""

    id: str
    name: str
    start_date: date | None
    end_date: date | None
    activities: tuple[PlannedActivity, ...]

    def activity(self, id: str) -> PlannedActivity | None:
        return next((activity for activity in self.activities if activity.id == id), None)


class Plan(Struct, frozen=True):
    id: str
    file: str
    name: str
    partner_id: str | None
    program: str
    fund: str
    program_year: str
    market: str | None
    currency: str
    limit: Decimal | None
    plan_id: str | None
    status: Status | None
    history: tuple[HistoryEntry, ...]
    campaigns: tuple[Campaign, ...]
    reviewer_email: str | None = None

    def campaign(self, id: str) -> Campaign | None:
        return next((campaign for campaign in self.campaigns if campaign.id == id), None)
