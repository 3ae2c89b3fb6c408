"""Result -> status facts -> terminal, HTML, PDF, CSV, JSON. Views read the facts and compute nothing.

WeasyPrint, fontTools, Jinja2 and Babel are imported when a report is written, not for the terminal.
"""

from poe_pack.report.facts import StatusFacts, status_facts
from poe_pack.report.terminal import render_status
from poe_pack.report.write import write_report

__all__ = ["StatusFacts", "render_status", "status_facts", "write_report"]
