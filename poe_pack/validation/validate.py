"""A run with everything that views show: one Result."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from poe_pack.documents.repository import find_root, lay_out
from poe_pack.validation.accounts import funds_results
from poe_pack.validation.checklist import names_of
from poe_pack.validation.claims import claim_results
from poe_pack.validation.headroom import headrooms
from poe_pack.validation.mix import mixes
from poe_pack.validation.options import Options
from poe_pack.validation.result import Result
from poe_pack.validation.run import run_rules


def validate(options: Options) -> Result:
    """Check a claims repository and work out how each claim and account stands.

    Raises NoRepository and ConfigurationError where the run cannot start; never for what documents hold.
    """
    layout = lay_out(find_root(options.paths))
    run = run_rules(layout, options)
    verdict, contexts = run.verdict, run.contexts
    names = names_of(contexts[0]) if contexts else {}
    claims = claim_results(contexts, run.rules, run.ran, run.standing, verdict.waived, names)
    funds = tuple(funds_results(run.loaded, contexts, run.judging.calendar, run.judging.today))
    room = headrooms(run.loaded, contexts, funds)
    shown = run.selection.narrow(verdict)
    return Result(
        **asdict(shown),
        settings=run.loaded.settings,
        partners=tuple(run.loaded.partners),
        plans=tuple(run.loaded.plans),
        claims=tuple(replace(claim, headroom=room.get(claim.claim.file, ())) for claim in claims),
        funds=funds,
        mixes=tuple(mixes(run.loaded, contexts)),
        digests={d.file: d.digest for d in run.loaded.documents.values() if d.digest is not None},
    )
