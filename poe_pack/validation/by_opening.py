"""The rules that speak only, or say more, when files are opened."""

from __future__ import annotations

from poe_pack.rules.cost.invoice_differs_from_file import CODE as INVOICE_DIFFERS
from poe_pack.rules.cost.invoice_not_comparable import CODE as INVOICE_NOT_COMPARABLE
from poe_pack.rules.cost.invoice_used_again import CODE as INVOICE_USED_AGAIN
from poe_pack.rules.evidence.active_content import CODE as ACTIVE_CONTENT
from poe_pack.rules.evidence.photo_outside_activity import CODE as PHOTO_OUTSIDE_ACTIVITY
from poe_pack.rules.evidence.picture_too_small import CODE as PICTURE_TOO_SMALL
from poe_pack.rules.evidence.unopenable_file import CODE as UNOPENABLE_FILE
from poe_pack.rules.evidence.untracked_file import CODE as UNTRACKED_FILE

BY_OPENING = frozenset(
    {
        INVOICE_DIFFERS,
        INVOICE_NOT_COMPARABLE,
        INVOICE_USED_AGAIN,
        ACTIVE_CONTENT,
        PHOTO_OUTSIDE_ACTIVITY,
        PICTURE_TOO_SMALL,
        UNOPENABLE_FILE,
        UNTRACKED_FILE,
    }
)
"""Of what these would find nobody knows where no file was opened."""
