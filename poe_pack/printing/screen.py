"""Pages for a browser in one file: no address is asked for anything, and only our own script may run."""

from __future__ import annotations

import base64
import hashlib
import html
import re

from markupsafe import Markup

from poe_pack.languages.visible import visible
from poe_pack.printing.fonts import embedded_faces

_TAG = re.compile(r"<[^>]*>")


def screen_page(*, language: str, title: str, body: Markup, css: str, script: str = "") -> str:
    """A whole HTML page around `body` (from our templates), with fonts cut to its text.

    `css` and `script` are our own text, allowed by their digests in the content policy; inline events and
    `style` attributes do not work.
    """
    title = visible(title)
    text = html.unescape(_TAG.sub(" ", body)) + title
    style = f"{embedded_faces(text)}\n{css}"
    scripts = _digest(script) if script else "'none'"
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {scripts}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = [
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{html.escape(title)}</title>",
        f"<style>{style}</style>\n</head>\n<body>",
        str(body),
        f"<script>{script}</script>\n</body>\n</html>\n" if script else "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
