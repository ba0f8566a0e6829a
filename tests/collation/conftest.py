"""The invented story, collated once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from tests.collation.ferry import ferry
from variorum.collation import collate
from variorum.model import Record, Story


@pytest.fixture(scope="session")
def told() -> Story:
    """The story."""
    return ferry()


@pytest.fixture(scope="session")
def record(told: Story) -> Record:
    """Its record."""
    return collate(told)
