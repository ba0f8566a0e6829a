"""What the tests of intake share."""

from __future__ import annotations

import pytest

from tests.intake.intake_samples import PAGE, STORY


@pytest.fixture
def story() -> str:
    """A story pasted from a page, furniture and all."""
    return STORY


@pytest.fixture
def page() -> str:
    """A news page with menu, figure, related stories, newsletter and footer."""
    return PAGE
