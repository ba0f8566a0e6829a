"""A key that is pressed while a page still loads is not lost: held back here are the page's own scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.library.fake import FakeLibrary

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "key", "shown"),
    [("/stories", "?", "#help[open]"), ("/stories/s1", "n", ".entry.difference[aria-current]")],
)
def test_a_key_pressed_before_the_scripts_have_run_is_done(
    browser: Browser, served: Callable[..., str], harbour: FakeLibrary, path: str, key: str, shown: str
) -> None:
    address = served(harbour)
    page = browser.new_page()
    page.set_default_timeout(60_000)
    held: list[Route] = []
    page.route("**/static/app.js*", lambda route: held.append(route))
    page.goto(address + path, wait_until="commit")
    # The script stands after everything else: when it is asked for, the page is there, and nothing of it has run.
    page.wait_for_selector("h1")
    while not held:
        page.wait_for_timeout(20)
    page.keyboard.press(key)
    assert page.locator("html[data-ready]").count() == 0
    assert page.locator(shown).count() == 0
    held[0].continue_()
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_selector(shown)
    page.close()
