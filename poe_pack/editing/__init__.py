"""Writes documents for people: a new repository, a new claim. Never overwrites."""

from poe_pack.editing.scaffold import AlreadyThere, NewClaim, init_repository, new_claim, usual_flow

__all__ = ["AlreadyThere", "NewClaim", "init_repository", "new_claim", "usual_flow"]
