"""A picture has enough pixels to be read.

## What it checks
When files are opened (`--deep`, `packet`): the shorter side of a picture has at least the pixels that `poe.yaml` asks
for.

## Why
A thumbnail of an advert or a stage proves little: names, logos and addresses cannot be made out.

## Example
A photo of 320 by 240 pixels, saved from a chat.

## How to fix
Take the original. If there is none, or the piece really is that small, leave it; another smallest size is set with
`limits: {min_picture_pixels: …}` in `poe.yaml`.

## Source
R114: inferred from general practice; no size is published.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.facts import ProbeState
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE517"
NAME = "picture-too-small"
SEVERITY = Severity.INFO
READS = ("/third_party_invoices", "/certification_service_reports", "/proof_documents", "/pre_approval", "/approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    least = ctx.settings.min_picture_pixels
    for path, file in claim.files():
        probe = ctx.probes.get(file)
        if probe is None or probe.state is not ProbeState.OK or probe.pixels is None:
            continue
        width, height = probe.pixels
        if min(width, height) < least:
            yield Hit(path, {"file": file, "width": width, "height": height, "least": least})
