"""A Chromium for the tests: started once a process, however many folders of tests ask for it.

from tests.browsers import browser      # in a conftest.py: fixture; skips with a reason where there is no Chromium
from tests.browsers import turning      # around a deed that leads to another page
"""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@cache
def _started() -> Browser | None:
    """The browser, or None where this machine has none. One driver a process: a second would not start beside it."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        return None
    from playwright.sync_api import sync_playwright

    driver = sync_playwright().start()
    atexit.register(driver.stop)
    return driver.chromium.launch(executable_path=found, args=list(QUIETLY))


@pytest.fixture(scope="session")
def browser() -> Browser:
    """A Chromium."""
    started = _started()
    if started is None:
        pytest.skip(f"no {' or '.join(NAMES)} on the PATH: the pages are not tried in a browser")
    return started


def turning(page: Page) -> AbstractContextManager[object]:
    """Around a deed that leads to another page: ends when that page has loaded whole and its scripts have run.

    A deed alone returns as soon as it is done: what is asked next may then be asked of the page that is being left,
    or of one that is half there, and a key is lost that is pressed before the scripts listen.
    """
    return page.expect_navigation(wait_until="load", timeout=60_000)
