"""What git knows of the documents. Nothing that a repository configures is run."""

from poe_pack.git.commits import CommitStamp, last_commit
from poe_pack.git.staged import GitProblem, staged_files, tracked_files

__all__ = ["CommitStamp", "GitProblem", "last_commit", "staged_files", "tracked_files"]
