"""The verdict on a repository, recalled where nothing has changed since it was last worked out."""

from __future__ import annotations

from poe_pack.documents.repository import base_of, find_root, lay_out
from poe_pack.validation.options import Options
from poe_pack.validation.recall import memory_for
from poe_pack.validation.selection import Selection
from poe_pack.validation.verdict import Verdict


def judge(options: Options) -> Verdict:
    """Check a claims repository; leaves out how each claim stands, which `validate` works out.

    Raises NoRepository and ConfigurationError where the run cannot start; never for what documents hold.
    """
    root = find_root(options.paths)
    memory = memory_for(root, base_of(root), options)
    recalled = memory.recall() if memory is not None else None
    if recalled is not None:
        return Selection(recalled.layout, options).narrow(recalled.verdict)
    from poe_pack.validation.run import run_rules  # all rules and readers hang on it

    layout = lay_out(root)
    run = run_rules(layout, options)
    if memory is not None:
        settings = run.loaded.settings
        memory.keep(layout, run.loaded.claims, settings.timezone, settings.rulebook, run.verdict)
    return run.selection.narrow(run.verdict)
