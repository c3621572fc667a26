from __future__ import annotations

import pytest

from models.classifier import released
from reviewer.matching import Resolver
from reviewer.policy.load import load
from reviewer.policy.schema import Policy


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load("hebei-2026")


@pytest.fixture(scope="session")
def resolver(policy: Policy) -> Resolver:
    return Resolver(policy, released())
