"""What git knows of the documents. Nothing that a repository configures is run."""

from poe_pack.git.commits import CommitStamp, last_commit
from poe_pack.git.history import HistoryState, Version, earlier_texts
from poe_pack.git.revisions import changed_since, file_at, resolve
from poe_pack.git.staged import GitProblem, staged_files, tracked_files

__all__ = [
    "CommitStamp",
    "GitProblem",
    "HistoryState",
    "Version",
    "changed_since",
    "earlier_texts",
    "file_at",
    "last_commit",
    "resolve",
    "staged_files",
    "tracked_files",
]
