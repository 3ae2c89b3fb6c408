"""Dated programme facts with their sources, the programme's calendar, and what a claim needs."""

from poe_pack.rulebook.book import Dated, Rulebook, RulebookError, Source, UnknownValue, UnsoundRulebook
from poe_pack.rulebook.calendar import Calendar, LastDay
from poe_pack.rulebook.caps import Cap, Limit
from poe_pack.rulebook.load import is_own, load_rulebook, rulebook_from
from poe_pack.rulebook.programs import ProgramFacts, program_facts
from poe_pack.rulebook.requirements import ClaimFacts, PreApproval, Requirement, Requirements, requirements

__all__ = [
    "Calendar",
    "Cap",
    "ClaimFacts",
    "Dated",
    "LastDay",
    "Limit",
    "PreApproval",
    "ProgramFacts",
    "Requirement",
    "Requirements",
    "Rulebook",
    "RulebookError",
    "Source",
    "UnknownValue",
    "UnsoundRulebook",
    "is_own",
    "load_rulebook",
    "program_facts",
    "requirements",
    "rulebook_from",
]
