"""What paper and screen have in common: templates, fonts, shapes, page layout. Knows nothing of claims.

WeasyPrint, fontTools and Babel are imported when first used.
"""

from poe_pack.printing.collecting import uncollected
from poe_pack.printing.fonts import embedded_faces
from poe_pack.printing.glyphs import MissingGlyph, check_glyphs, printable
from poe_pack.printing.layout import lay_out, pdf_bytes
from poe_pack.printing.loading import PrintingUnavailable, load_weasyprint
from poe_pack.printing.paper import PAPERS, Paper
from poe_pack.printing.screen import screen_page
from poe_pack.printing.shapes import SHAPES, shape
from poe_pack.printing.templates import environment, shorten, style_sheet

__all__ = [
    "PAPERS",
    "SHAPES",
    "MissingGlyph",
    "Paper",
    "PrintingUnavailable",
    "check_glyphs",
    "embedded_faces",
    "environment",
    "lay_out",
    "load_weasyprint",
    "pdf_bytes",
    "printable",
    "screen_page",
    "shape",
    "shorten",
    "style_sheet",
    "uncollected",
]
