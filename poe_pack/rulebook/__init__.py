"""Dated programme facts with their sources, the programme's calendar, and what a claim needs."""

from poe_pack.rulebook.book import Dated, Rulebook, RulebookError, Source, UnknownValue
from poe_pack.rulebook.calendar import Calendar
from poe_pack.rulebook.load import is_own, load_rulebook, rulebook_from
from poe_pack.rulebook.requirements import ClaimFacts, Requirement, Requirements, requirements

__all__ = [
    "Calendar",
    "ClaimFacts",
    "Dated",
    "Requirement",
    "Requirements",
    "Rulebook",
    "RulebookError",
    "Source",
    "UnknownValue",
    "is_own",
    "load_rulebook",
    "requirements",
    "rulebook_from",
]
