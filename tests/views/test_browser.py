"""The page in a real browser: light, threads, keys, filter, menu, phone, no script, no request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.views import hostile
from variorum.model import Record
from variorum.views.page import render_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LIT = "[...document.querySelectorAll('#reports .lit')].map(s => s.textContent).join('|')"
CURRENT = "document.querySelector('[aria-current]')?.id"
FOCUS = "document.activeElement.id"


@pytest.fixture
def opened(browser: Browser, record: Record, tmp_path: Path) -> Iterator[Any]:
    """Opens a record's page; fails on an error, a refused script or any request."""
    troubles: list[str] = []
    pages: list[Page] = []

    def open_page(
        given: Record = record, *, width: int = 1280, height: int = 800, script: bool = True, at: str = ""
    ) -> Page:
        file = tmp_path / "record.html"
        file.write_text(render_page(given), "utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda r: None if r.url.split("#")[0] == file.as_uri() else troubles.append(r.url))
        page.goto(file.as_uri() + at)
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert not troubles


def test_a_click_lights_the_very_words_in_every_report(opened: Any) -> None:
    page = opened()
    page.click("#statement-1 blockquote")
    lit = page.evaluate(LIT).replace("|", "")
    assert "“This is a decisive moment for the states of this river to act together" in lit
    assert "stand together in the face of poisoned streams and to speak with one voice,”" in lit
    assert "“a decisive moment”" in lit
    assert page.evaluate("[...document.querySelectorAll('.letters .lit')].map(a => a.textContent).join('')") == "ABD"
    page.wait_for_selector("#threads path", state="attached")
    assert "Lit in A, B, D" in page.inner_text("#says")
    page.keyboard.press("Escape")
    assert page.evaluate(LIT) == ""


def test_the_reports_scroll_to_the_words(opened: Any) -> None:
    page = opened()
    page.click("#difference-1 a.siglum >> nth=2")
    page.wait_for_selector("#report-D .lit")
    assert page.evaluate("document.querySelector('#reports').scrollTop") > 200
    box = page.evaluate(
        "(() => { const b = document.getElementById('report-D').querySelector('.lit').getBoundingClientRect();"
        " return [b.top, b.bottom, innerHeight]; })()"
    )
    assert 0 < box[0] < box[1] < box[2]


def test_words_lead_to_the_entries_that_rest_on_them(opened: Any) -> None:
    page = opened()
    page.evaluate(
        "(() => { const all = [...document.querySelectorAll('#report-D .b')];"
        " const p = all.find(p => p.textContent.includes('about 90'));"
        " const range = document.createRange(); range.selectNodeContents(p);"
        " getSelection().removeAllRanges(); getSelection().addRange(range); })()"
    )
    page.dispatch_event("#report-D", "mouseup")
    page.wait_for_selector("#figure-3.hit")
    assert page.is_visible("#figure-3")
    assert "rest on these words" in page.inner_text("#says")


def test_everything_works_from_the_keyboard(opened: Any) -> None:
    page = opened()
    page.keyboard.press("j")
    first = page.evaluate(FOCUS)
    page.keyboard.press("j")
    page.keyboard.press("j")
    third = page.evaluate(FOCUS)
    page.keyboard.press("k")
    second = page.evaluate(FOCUS)
    assert (first, second, third) == ("brief-1", "brief-2", "brief-3")
    page.keyboard.press("Enter")
    assert page.evaluate(CURRENT) == "brief-2"
    assert "34 people" in page.evaluate(LIT)
    page.keyboard.press("l")
    assert "2 of" in page.inner_text("#says")
    page.keyboard.press("e")
    assert page.is_visible("#brief-2 .evidence q >> nth=0")
    page.keyboard.press("w")
    assert page.is_visible("#brief-2 .why p")
    page.keyboard.press("f")
    assert not page.is_visible("#report-C") and page.is_visible("#report-D")
    page.keyboard.press("Escape")
    assert page.is_visible("#report-C")
    page.keyboard.press("r")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('#reports') !== null")
    page.keyboard.press("Enter")
    assert page.evaluate(CURRENT)
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.evaluate(CURRENT) == "difference-2"
    page.keyboard.press("p")
    assert page.evaluate(CURRENT) == "difference-1"


def test_focus_is_seen(opened: Any) -> None:
    page = opened()
    page.keyboard.press("j")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_menu(opened: Any) -> None:
    page = opened()
    page.focus("#figure-1")
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.textContent").startswith("Copy with citation")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.is_visible("#figure-1 .evidence q >> nth=0")
    assert page.evaluate(FOCUS) == "figure-1"
    page.keyboard.press("m")
    page.keyboard.press("Escape")
    assert not page.is_visible("#menu")


def test_copy_carries_the_citation(opened: Any) -> None:
    page = opened()
    page.evaluate("document.addEventListener('copy', () => { window.copied = getSelection().toString() || 'area'; })")
    page.focus("#figure-3")
    page.keyboard.press("c")
    page.wait_for_selector("#says:has-text('Copied with citation')")
    cite = page.get_attribute("#figure-3", "data-cite")
    assert (
        "“Nearly 150 tonnes” – Glasnik Juga, “Eleven treated as solvent slick drifts towards Serbia”, 3 March 2026"
        in cite
    )


def test_filter_and_help(opened: Any) -> None:
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("petrovic bread")
    assert page.is_visible("#statement-5") and not page.is_visible("#statement-4") and not page.is_visible("#figures")
    page.keyboard.press("Escape")
    assert page.is_visible("#statement-4")
    page.keyboard.press("d")
    assert page.is_visible("#statement-1") and not page.is_visible("#statement-2")
    page.keyboard.press("d")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")


def test_an_address_leads_to_its_entry(opened: Any) -> None:
    page = opened(at="#statement-4")
    page.wait_for_selector("#statement-4[aria-current]")
    assert "We were told nothing" in page.evaluate(LIT).replace("|", "")


def test_a_crooked_address_does_no_harm(opened: Any) -> None:
    page = opened(at="#%E0%A4%A")
    page.keyboard.press("j")
    assert page.evaluate(FOCUS) == "brief-1"


def test_it_reads_without_script(opened: Any) -> None:
    page = opened(script=False)
    assert page.is_visible("#statement-1 blockquote") and page.is_visible("#statement-1 .evidence summary")
    assert not page.is_visible(".tools") and not page.is_visible(".more >> nth=0")
    page.click("#statement-1 .evidence summary")
    assert page.is_visible("#statement-1 .evidence q >> nth=0")
    page.click("#figure-3 a.siglum >> nth=2")
    assert page.url.partition("#")[2].startswith("C.")


@pytest.mark.parametrize("width", [380, 320, 768])
def test_it_is_readable_on_a_phone(opened: Any, width: int) -> None:
    page = opened(width=width, height=760)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#statement-1 blockquote")
    assert page.is_visible("#statement-1 .evidence q >> nth=0")
    page.click("#statement-1 .evidence a.siglum >> nth=1")
    page.click("#back")
    assert page.evaluate("document.getElementById('statement-1').getBoundingClientRect().top < innerHeight")


def test_long_words_do_not_break_a_phone(opened: Any, record: Record) -> None:
    long = "x" * 300
    reports = tuple(replace(reading, outlet=long, url=None) for reading in record.reports)
    actors = tuple(replace(actor, name=long, role=long) for actor in record.actors)
    given = replace(record, title=long, reports=reports, actors=actors)
    page = opened(given, width=380, height=760)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_hostile_content_runs_nothing(opened: Any) -> None:
    page = opened(hostile.record())
    page.on("dialog", lambda dialog: pytest.fail(f"a report's script ran: {dialog.message}"))
    page.click("#statement-1 blockquote")
    page.click("#actor-3 .name")
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.images.length") == 0


def test_print_leaves_out_what_is_for_the_screen(opened: Any) -> None:
    page = opened()
    page.emulate_media(media="print")
    assert not page.is_visible(".tools") and not page.is_visible(".letters")
    assert page.is_visible("#statement-1 blockquote") and page.is_visible("#report-D .b >> nth=0")


def test_dark_and_light_differ(opened: Any) -> None:
    page = opened()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
