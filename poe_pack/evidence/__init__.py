"""Evidence files: what they are, whether they are safe, what they say.

Looking at a file (`inspect_file`) happens in process. Whatever parses a file's structure runs in a child
process: import `Prober` from `poe_pack.evidence.prober`, which `validate` of one claim has no need to load.
"""

from poe_pack.evidence.facts import FileFacts, FileState, MediaType, Page, ProbeFacts, ProbeState
from poe_pack.evidence.files import inspect_file

__all__ = ["FileFacts", "FileState", "MediaType", "Page", "ProbeFacts", "ProbeState", "inspect_file"]
