"""What git knows of the documents. Nothing that a repository configures is run."""

from poe_pack.git.commits import CommitStamp, last_commit
from poe_pack.git.contents import Blob, bytes_of, files_at, knows_commit, pointer
from poe_pack.git.history import HistoryState, Version, earlier_texts
from poe_pack.git.revisions import changed_since, file_at, resolve
from poe_pack.git.staged import GitProblem, staged_files, tracked_files

__all__ = [
    "Blob",
    "CommitStamp",
    "GitProblem",
    "HistoryState",
    "Version",
    "bytes_of",
    "changed_since",
    "earlier_texts",
    "file_at",
    "files_at",
    "knows_commit",
    "last_commit",
    "pointer",
    "resolve",
    "staged_files",
    "tracked_files",
]
