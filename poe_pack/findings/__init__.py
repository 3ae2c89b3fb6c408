"""What is wrong, where, and how to mend it. Knows nothing of claims or files."""

from poe_pack.findings.finding import Edit, Finding, Fix, JudgedBy, Related, Waived
from poe_pack.findings.position import NOWHERE, Position
from poe_pack.findings.severity import Severity

__all__ = ["NOWHERE", "Edit", "Finding", "Fix", "JudgedBy", "Position", "Related", "Severity", "Waived"]
