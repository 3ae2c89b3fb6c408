"""Makes the hostile set: evidence files that harm whoever handles them carelessly. None of them is kept in git.

`python -m tests.hostile.make DIR` writes them all below DIR, one folder each, to be tried on other programs. Some
need care there: they fill memories and disks, and one is a gigabyte of nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.hostile import others, pdfs, pictures
from tests.hostile.pdfs import Maker, page, write


@dataclass(frozen=True, slots=True)
class Hostile:
    """One kind. `file` is its name in the claim's folder, as YAML between double quotes; `findings` what must be
    said of it: codes, each with a part of the text.

    """

    name: str
    file: str
    make: Maker
    findings: tuple[tuple[str, str], ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it is a file that lies where its name says, so that it can be opened."""
        return not {code for code, _ in self.findings} & {"POE511", "POE106", "POE006", "POE007"}


def everything() -> tuple[Hostile, ...]:
    """The whole set, by name."""
    made = (*_pdfs(), *_pictures(), *_others(), *_names())
    assert len({kind.name for kind in made}) == len(made)
    return tuple(sorted(made, key=lambda kind: kind.name))


def _pdfs() -> Iterator[Hostile]:
    file = "evidence/odd.pdf"
    for name, (maker, what) in pdfs.ACTIVE.items():
        yield Hostile(f"pdf-{name}", file, maker, (("POE518", f"{what}; the packet prints it without"),))
    for name, maker in pdfs.HOLDING.items():
        yield Hostile(f"pdf-{name}", file, maker, (("POE518", "other files inside it (1)"),))
    for name, (maker, says) in pdfs.REFUSED.items():
        yield Hostile(f"pdf-{name}", file, maker, (("POE516", says),))
    for name, maker in pdfs.HARMLESS.items():
        yield Hostile(f"pdf-{name}", file, maker)
    yield Hostile("pdf-xfa-alone", file, pdfs.XFA_ALONE, (("POE518", "XFA; it is attached as it is"),))
    yield Hostile("pdf-of-310000-parts", file, pdfs.MANY_PARTS, (("POE518", "the first 300000 objects only"),))
    for name, (maker, says) in others.WRONG.items():
        yield Hostile(f"not-a-pdf-{name}", file, maker, (("POE513", says),))


def _pictures() -> Iterator[Hostile]:
    for name, (ending, maker, says) in pictures.REFUSED.items():
        house = (("POE513", "expected one of"),) if ending == "gif" else ()
        yield Hostile(name, f"evidence/odd.{ending}", maker, (*house, ("POE516", says)))
    yield Hostile("png-40-by-30", "evidence/odd.png", pictures.SMALL, (("POE517", "40 by 30 pixels"),))
    for name, (ending, maker) in pictures.HARMLESS.items():
        yield Hostile(name, f"evidence/odd.{ending}", maker)
    gif = (("POE513", "is a gif file"),)
    yield Hostile("gif-of-5000-frames", "evidence/odd.gif", pictures.GIF_OF_5000_FRAMES, gif)


def _others() -> Iterator[Hostile]:
    for name, (ending, maker, says) in others.REFUSED.items():
        house = (("POE513", "expected one of"),) if ending == "doc" else ()
        yield Hostile(name, f"evidence/odd.{ending}", maker, (*house, ("POE516", says)))
    for name, (ending, maker, what) in others.ACTIVE.items():
        yield Hostile(name, f"evidence/odd.{ending}", maker, (("POE518", f"{what}; it is attached as it is"),))
    for name, (ending, maker) in others.HARMLESS.items():
        yield Hostile(name, f"evidence/odd.{ending}", maker)
    for name, maker in others.DRAWINGS.items():
        yield Hostile(name, "evidence/odd.svg", maker, (("POE513", "is an SVG drawing"),))


def _names() -> Iterator[Hostile]:
    for name, (maker, says) in others.NO_FILE.items():
        yield Hostile(f"no-file-{name}", "evidence/odd.pdf", maker, (("POE511", says),))
    yield Hostile("no-file-folder-is-a-link", "files/odd.pdf", others.LINKED_FOLDER, (("POE511", "through a link"),))
    real = write(page())
    yield Hostile("name-with-a-newline", "evidence/od\\nd.pdf", real, (("POE106", ""),))
    yield Hostile("name-with-an-escape", "evidence/od\\u001b[31md.pdf", real, (("POE006", ""),))
    yield Hostile("name-with-bidi-marks", "evidence/odd\\u202efdp.exe.pdf", real, (("POE007", ""),))
    yield Hostile("name-with-two-dots", "../funds/odd.pdf", real, (("POE106", ""),))
    yield Hostile("name-from-the-root", "/etc/passwd", lambda path: None, (("POE106", ""),))
    yield Hostile("name-with-a-nul", "evidence/od\\u0000d.pdf", lambda path: None, (("POE006", ""),))
    # The complete claim has an ad.png of its own.
    yield Hostile("name-in-another-letter-case", "evidence/AD.png", write(pictures.saved("PNG")), (("POE916", ""),))
    yield Hostile("name-of-a-device", "evidence/con.pdf", real, (("POE916", "con.pdf"),))


def place(kind: Hostile, folder: Path) -> Path:
    """Write one kind into a claim's folder; returns where it lies."""
    name = kind.file.encode().decode("unicode_escape") if "\\" in kind.file else kind.file
    if name.startswith("/") or "\0" in name:
        return folder
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    kind.make(path)
    return path


def main() -> None:
    """Write the whole set below the folder that the first argument names."""
    for kind in everything():
        place(kind, Path(sys.argv[1]) / kind.name / "claim")


if __name__ == "__main__":
    main()
