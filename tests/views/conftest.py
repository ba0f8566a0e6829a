"""The hand-built record, and a browser where this machine has one."""

from __future__ import annotations

import pytest

from tests.browsers import browser
from tests.views import fixture
from variorum.model import Record

__all__ = ["browser", "record"]


@pytest.fixture(scope="session")
def record() -> Record:
    """Four invented reports of an invented event."""
    return fixture.record()
