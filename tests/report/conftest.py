"""Results to report on, as fixtures: an ordinary one, an agency's, a hostile one and an empty one."""

from __future__ import annotations

import pytest

from poe_pack.report.facts import StatusFacts, status_facts
from tests.report import samples

COMMIT = "2e7d2c0a5b1f4c3d9e8f7a6b5c4d3e2f1a0b9c8d"


@pytest.fixture(scope="session")
def everyday() -> StatusFacts:
    return status_facts(samples.everyday(), COMMIT)


@pytest.fixture(scope="session")
def agency() -> StatusFacts:
    return status_facts(samples.agency(40), COMMIT)


@pytest.fixture(scope="session")
def hostile() -> StatusFacts:
    return status_facts(samples.hostile(), None)


@pytest.fixture(scope="session")
def empty() -> StatusFacts:
    return status_facts(samples.whole(), None)


@pytest.fixture(scope="session")
def mixed() -> StatusFacts:
    return status_facts(samples.mixed(), COMMIT)
