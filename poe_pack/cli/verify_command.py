"""`poe-pack verify`."""

from __future__ import annotations

from pathlib import Path

import click

from poe_pack.cli import EXIT_FINDINGS, EXIT_USAGE
from poe_pack.cli.common import CannotStart


@click.command("verify")
@click.argument("packets", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PACKET...")
@click.option("--repository", type=click.Path(path_type=Path), metavar="DIR", help="Default: the one you are in.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(packets: tuple[Path, ...], repository: Path | None, format_: str) -> int:
    """Say whether each PACKET is as it was made, and made from what the repository holds, file by file.

    PACKET is a packet.pdf, the folder that 'packet' wrote for a claim, or a folder of these. A PDF is compared with its
    seal and manifest, its folder with the manifest, and what the packet was made from with the commit in the manifest
    and with the work tree. It is no proof of who made a packet: whoever changes one on purpose can write another
    manifest, too; to be sure make it again from the commit. Exit status: 0 same, 1 something differs, 2 no packet, or a
    damaged one.
    """
    from poe_pack.evidence.prober import Prober, ProbingUnavailable
    from poe_pack.languages import catalogue
    from poe_pack.packet.originals import repository_of
    from poe_pack.packet.verification import packets_at, verify
    from poe_pack.packet.verification_views import as_json, last_line, lines_of, problem_of
    from poe_pack.packet.verified import Verdict

    if repository is not None and not repository.is_dir():
        raise CannotStart(f"there is no folder {repository}; --repository names a claims repository")
    base = repository_of(repository or Path())
    words = catalogue()
    found = []
    try:
        with Prober() as prober:
            for place in (place for path in packets for place in packets_at(path)):
                found.append(verification := verify(place, prober, base))
                if verification.verdict is Verdict.UNUSABLE:
                    click.echo(problem_of(verification, words), err=True)
                elif format_ == "text":
                    click.echo("\n".join(lines_of(verification, words)))
    except ProbingUnavailable as error:
        raise CannotStart(str(error)) from error
    if format_ == "json":
        click.echo(as_json(found, words), nl=False)
    elif len(found) > 1:
        click.echo(last_line(found, words))
    verdicts = {verification.verdict for verification in found}
    if Verdict.UNUSABLE in verdicts:
        return EXIT_USAGE
    return EXIT_FINDINGS if Verdict.DIFFERS in verdicts else 0
