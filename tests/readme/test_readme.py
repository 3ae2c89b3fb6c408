"""What the README tells a newcomer to type works as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """The files of the README's first claim, with an invoice and a screenshot of one's own."""
    blocks = re.findall(r"`([a-z./-]+\.yaml)`\n\n```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert [name for name, _ in blocks] == ["poe.yaml", "partner.yaml", "azure-ads/claim.yaml"]
    for name, text in blocks:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    evidence = tmp_path / "azure-ads" / "evidence"
    evidence.mkdir()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(evidence / "invoice.pdf")
    Image.new("RGB", (640, 400), "white").save(evidence / "ad.png")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "poe_pack", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_first_claim_is_clean(typed: Path) -> None:
    done = run(typed, "validate", "--as-of", "2026-11-21", "--for", "submission")
    assert done.returncode == 0, done.stdout
    assert "1 claim: 0 errors" in done.stdout


def test_first_claim_becomes_a_packet(typed: Path) -> None:
    done = run(typed, "packet", "azure-ads", "-o", "dist", "--as-of", "2026-11-21")
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(typed / "dist" / "azure-ads").as_posix() for path in (typed / "dist").rglob("*.*")}
    assert {"packet.pdf", "portal-sheet.html", "manifest.json", "upload/00-summary.pdf"} <= made


def test_commands_named_exist(typed: Path) -> None:
    named = set(re.findall(r"poe-pack ([a-z]+)", README.read_text(encoding="utf-8")))
    listed = run(typed, "--help").stdout
    assert named
    assert all(re.search(rf"^  {name}\b", listed, re.MULTILINE) for name in named - {"keeps", "itself", "is"})
