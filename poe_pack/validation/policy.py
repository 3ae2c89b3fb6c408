"""What judges, read from a revision: a pull request must not loosen what it is judged by."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from msgspec import Struct

from poe_pack.documents.reader import MAX_BYTES
from poe_pack.documents.repository import ROOT_FILE, Layout, make_document
from poe_pack.languages import catalogue
from poe_pack.languages.visible import visible
from poe_pack.model import Settings
from poe_pack.rulebook import Rulebook, RulebookError, is_own, load_rulebook, rulebook_from
from poe_pack.validation import baseline
from poe_pack.validation.baseline import Baseline
from poe_pack.validation.loading import in_base, settings_of
from poe_pack.validation.options import ConfigurationError
from poe_pack.validation.verdict import PolicyStamp


class Policy(Struct, frozen=True):
    """Settings and rulebook of a revision."""

    stamp: PolicyStamp
    settings: Settings
    rulebook: Rulebook


def read_policy(layout: Layout, revision: str) -> Policy:
    """Read `poe.yaml` and the rulebook it names from a revision; `revision` may be anything.

    Raises ConfigurationError with a sentence that says how to mend it.
    """
    from poe_pack.git import GitProblem, resolve

    try:
        stamp = PolicyStamp(revision, resolve(layout.base, revision))
    except GitProblem as problem:
        raise ConfigurationError(f"--policy-from: {problem}") from problem
    _refuse_new_repositories(layout, stamp)
    settings = _settings(layout, stamp)
    return Policy(stamp, settings, _rulebook(layout, stamp, settings.rulebook))


def read_baseline(layout: Layout, file: Path, policy: Policy | None) -> Baseline:
    """The baseline, from the policy's revision where there is one. Raises ConfigurationError."""
    if policy is None:
        return baseline.baseline_file(file)
    name = _name_in_git(layout, file)
    raw = _read(layout, policy.stamp, name, baseline.MAX_BYTES)
    return baseline.parse_baseline(raw, name, f" of {policy.stamp.revision}")


def _refuse_new_repositories(layout: Layout, stamp: PolicyStamp) -> None:
    """A `poe.yaml` in a folder begins another repository: it would take what lies there out of this check."""
    from poe_pack.git import GitProblem, file_at

    for watched in map(PurePosixPath, layout.watched):
        if watched.name != ROOT_FILE or os.path.islink(layout.base / watched.parent):
            continue  # what is behind a link is looked at in its own place
        try:
            known = file_at(layout.base, stamp.commit, str(watched), MAX_BYTES) is not None
        except GitProblem:
            known = False
        if not known:
            text = "begins a repository of its own, whose documents this run would not see; bring it in by itself first"
            raise stamp.refusal(f"{visible(str(watched))} is new and {text}")


def _settings(layout: Layout, stamp: PolicyStamp) -> Settings:
    file = in_base(layout, ROOT_FILE)
    document = make_document(file, _read(layout, stamp, file, MAX_BYTES))
    faults = [fault for fault in document.faults if not fault.harmless]
    if faults:
        fault = min(faults, key=lambda fault: fault.position)
        place = f"{visible(file)}:{fault.position.line}:{fault.position.column}"
        text = visible(catalogue().fill(fault.message, fault.values))
        raise stamp.refusal(f"{place}: {text}; mend it on that branch first")
    if document.kind != "repository":
        raise stamp.refusal(f"{visible(file)} is not of the kind repository there; name another revision")
    try:
        return settings_of(visible(file), document)
    except ConfigurationError as error:
        raise stamp.refusal(str(error)) from error


def _rulebook(layout: Layout, stamp: PolicyStamp, name: str) -> Rulebook:
    try:
        if not is_own(name):
            return load_rulebook(name, layout.root)
        file = in_base(layout, name)
        return rulebook_from(_read(layout, stamp, file, MAX_BYTES), visible(file))
    except RulebookError as error:
        raise stamp.refusal(str(error).split("\n", 1)[0]) from error


def _read(layout: Layout, stamp: PolicyStamp, file: str, limit: int) -> bytes:
    from poe_pack.git import GitProblem, file_at

    try:
        raw = file_at(layout.base, stamp.commit, file, limit)
    except GitProblem as problem:
        raise stamp.refusal(str(problem)) from problem
    if raw is None:
        raise stamp.refusal(f"{visible(file)} is not there; commit it to that branch, or name a revision that has it")
    return raw


def _name_in_git(layout: Layout, file: Path) -> str:
    """A path given by a user, relative to the base. Links below the base are not followed: a revision decides them."""
    path = Path(os.path.abspath(file))
    for folder in reversed(path.parents):
        if os.path.realpath(folder) == str(layout.base):
            return PurePosixPath(path.relative_to(folder)).as_posix()
    raise ConfigurationError(
        f"--policy-from reads the baseline from git, and {visible(str(file))} lies outside the repository "
        f"{visible(str(layout.base))}; name the file by its place in there"
    )
