"""The application in a real browser, over real libraries: from pasting three reports to a corrected record copied out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browsers import turning
from tests.library.fake import FakeLibrary, golden_record
from variorum import api
from variorum.model import Record, codec
from variorum.rest.security import Security
from variorum.store.accounts import Accounts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour"
EXPECTED = r"the server responded with a status of 4|net::ERR_FAILED"
"""What a browser writes of a refusal, and of a server that a test lets be silent."""
CURRENT = "document.querySelector('[aria-current=true]')?.id"
LIT = "[...document.querySelectorAll('#reports .lit')].map(s => s.textContent).join('|')"


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    """Opens addresses; fails on an error of a script, a refused style or script, or a request to anywhere else."""
    troubles: list[str] = []
    contexts = []

    def open_page(address: str, *, width: int = 1280, height: int = 860, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        own = "/".join(address.split("/")[:3])
        page.on(
            "console",
            lambda m: None if re.search(EXPECTED, m.text) else troubles.append(m.text),
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(own) else troubles.append(r.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a library is to be kept."""
    if request.param == "sqlite":
        return str(tmp_path / "library.sqlite")
    address: str = request.getfixturevalue("postgres")
    return address


def test_from_pasting_to_a_corrected_record(
    opened: Any, served: Callable[..., str], place: str, tmp_path: Path
) -> None:
    files = sorted(EXAMPLE.glob("*.txt"))
    with api.library(place) as library:
        base = served(library)
        page = opened(base + "/")
        assert "An empty desk" in page.inner_text("h1")
        # paste three reports
        page.keyboard.press("g")
        with turning(page):
            page.keyboard.press("a")
        page.fill("#text-0", files[0].read_text("utf-8"))
        page.locator("[name=outlet]").nth(0).fill("The Dispatch")
        for n in (1, 2):
            page.click("#another")
            page.fill(f"#text-{n}", files[n].read_text("utf-8"))
        with turning(page):
            page.click("button.primary")
        page.wait_for_selector(".job[data-state=done]", timeout=60_000)
        assert "3 reports added" in page.inner_text(".job")
        page.reload()
        assert "3 reports added" in page.inner_text(".job")
        with turning(page):
            page.click(".job section .log a >> nth=0")
        # the story: an entry lights its words
        assert "3 reports" in page.inner_text(".summary")
        assert "The Dispatch" in page.inner_text("#reports")
        page.keyboard.press("n")
        assert page.evaluate(CURRENT) == "difference-1"
        assert page.evaluate(LIT)
        before = page.locator(".difference").count()
        label = page.inner_text("#difference-1 .label >> nth=0")
        # a ruling in place
        page.keyboard.press("x")
        page.wait_for_selector(".corrections")
        page.fill(".corrections [name=who]", "Ana Pires")
        page.fill(".corrections [name=why]", "One word, one sense")
        with turning(page):
            page.click(".corrections button[type=submit]")
        assert page.is_visible(".banner")
        assert page.locator(".difference").count() == before - 1
        assert "One word, one sense" in page.inner_text("#rulings")
        assert label in page.inner_text("#rulings")
        # another speaker
        page.goto(page.url.split("?")[0] + "#statement-1")
        page.keyboard.press("x")
        page.wait_for_selector(".corrections")
        assert page.input_value(".corrections [name=who] >> nth=0") == "Ana Pires"
        page.fill(".corrections [name=speaker]", "Genti Hoxhallari")
        with turning(page):
            page.click(".corrections button[type=submit] >> nth=0")
        assert page.is_visible(".banner")
        assert "Genti Hoxhallari said “" in page.inner_text("#rulings")
        # found by search, with the right speaker
        page.keyboard.press("g")
        with turning(page):
            page.keyboard.press("f")
        page.fill("#filter", "harbour")
        with turning(page):
            page.keyboard.press("Enter")
        with turning(page):
            page.click(".hit-entry .found a >> nth=0")
        assert page.is_visible("#reports, .alone")
        # copied out
        page.goto(base + "/stories")
        page.keyboard.press("j")
        with turning(page):
            page.keyboard.press("Enter")
        page.click("details.deed summary")
        with page.expect_download() as download:
            page.click("text=The record, JSON")
        download.value.save_as(tmp_path / "record.json")
        record = codec.from_json(Record, (tmp_path / "record.json").read_bytes())
        assert {applied.ruling.who for applied in record.rulings} == {"Ana Pires"} and len(record.rulings) == 2
        assert any(a.name == "Genti Hoxhallari" and a.id == s.speaker for s in record.statements for a in record.actors)
        assert not api.verify(record)
        # and taken back
        page.goto(base + "/rulings")
        with turning(page):
            page.click(".undo button >> nth=0")
        assert page.locator(".log .undone").count() == 1


def test_adding_shows_what_was_refused(opened: Any, served: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    page = opened(served(FakeLibrary()) + "/add")
    page.set_input_files("input[type=file]", [tmp_path / "picture.png", EXAMPLE / "meridian-post.txt"])
    assert page.inner_text("#dropped").split() == ["picture.png", "meridian-post.txt"]
    page.fill("#addresses", "ftp://files.example/x")
    with turning(page):
        page.click("button.primary")
    page.wait_for_selector(".job[data-state=done]", timeout=60_000)
    told = page.inner_text(".refusals")
    assert "picture.png" in told and "not a web address" in told
    assert "1 report added" in page.inner_text(".job")


@pytest.fixture(scope="module")
def long_story() -> Record:
    """A story of thirty reports: the bundled ones over and over, each time as another outlet's own text."""
    reports = []
    for n in range(30):
        text = sorted(EXAMPLE.glob("*.txt"))[n % 4].read_text("utf-8")
        start = (n * 97) % 400
        reports.append({"id": f"r{n:02}", "text": text[start:] if n > 3 else text, "outlet": f"Outlet {n}"})
    return api.collate(reports, together=True)[0]


def test_a_long_story_fetches_what_is_looked_at(opened: Any, served: Callable[..., str], long_story: Record) -> None:
    page = opened(served(FakeLibrary([long_story])) + "/stories/s1", permissions=["clipboard-write"])
    page.wait_for_selector("#report-A:not([data-letter])")
    assert page.locator(".report[data-letter]").count() > 10
    page.keyboard.press("n")
    page.wait_for_selector("#reports .w.lit")
    assert page.evaluate(CURRENT) == "difference-1"
    page.keyboard.press("e")
    page.wait_for_selector("#difference-1 .evidence q")
    page.keyboard.press("c")
    page.wait_for_selector("#says:has-text('Copied with citation')")
    last = "report-AD"
    page.click(f".letters a[href='#{last}']")
    page.wait_for_selector(f"#{last}:not([data-letter])")
    page.keyboard.press("Escape")
    page.goto(page.url.split("#")[0] + "#report-R")
    page.wait_for_selector("#report-R:not([data-letter])")


def test_keys_menu_and_copying(opened: Any, served: Callable[..., str]) -> None:
    base = served(FakeLibrary.of_harbour())
    page = opened(base + "/stories", permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    with turning(page):
        page.keyboard.press("Enter")
    page.focus("#statement-1")
    page.keyboard.press("q")
    page.wait_for_selector("#says:has-text('Quotation copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“") and "” — " in copied
    page.keyboard.press("m")
    assert "Correct" in page.inner_text("#menu")
    page.click("#menu [data-do=correct]")
    page.wait_for_selector("#statement-1 .corrections")
    page.keyboard.press("Escape")
    assert page.locator(".corrections").count() == 0
    page.click("#report-B a.correct")
    page.wait_for_selector("#report-B .corrections")
    page.keyboard.press("?")
    assert not page.is_visible("#help"), "a key typed into a field is no command"


def sign_in(page: Page) -> None:
    page.fill("[name=name]", "ana")
    page.fill("[name=password]", "a long pass phrase")
    with turning(page):
        page.click("button[type=submit]:has-text('Sign in')")


def test_what_was_typed_outlives_the_session_and_the_server(
    opened: Any, served: Callable[..., str], tmp_path: Path
) -> None:
    with api.library(tmp_path / "library.sqlite") as library:
        for _ in library.add(
            [{"id": "r1", "text": file.read_text("utf-8")} for file in sorted(EXAMPLE.glob("*.txt"))[:1]]
        ):
            pass
        accounts = Accounts(library.store)
        accounts.add("ana", "a long pass phrase", "editor")
        page = opened(served(library, Security(accounts=accounts)) + "/stories")
        sign_in(page)
        with turning(page):
            page.click(".story h2 a")
        page.focus("#statement-1")
        page.keyboard.press("x")
        page.wait_for_selector(".corrections")
        page.fill(".corrections [name=speaker]", "Genti Hoxhallari")
        page.fill(".corrections [name=why] >> nth=0", "I asked him")
        signed_in = page.context.cookies()
        page.context.clear_cookies()
        page.click("text=That is the speaker")
        assert "You are signed out" in page.inner_text(".corrections .fault")
        page.context.add_cookies(signed_in)
        page.route("**/rulings", lambda route: route.abort())
        page.click("text=That is the speaker")
        page.wait_for_selector(".corrections .fault:has-text('does not answer')")
        page.unroute("**/rulings")
        assert page.input_value(".corrections [name=why] >> nth=0") == "I asked him"
        assert not library.rulings()
        with turning(page):
            page.click("text=That is the speaker")
        assert page.is_visible(".banner")
        (ruling,) = library.rulings()
        assert (ruling.who, ruling.speaker, ruling.why) == ("ana", "Genti Hoxhallari", "I asked him")


def test_a_record_that_changed_is_not_mixed_with_the_page(opened: Any, served: Callable[..., str]) -> None:
    library = FakeLibrary.of_harbour()
    page = opened(served(library) + "/stories/s1")
    library.rule("immaterial", who="Ana Pires", story="s1", difference="difference-1")
    page.focus("#difference-2")
    page.keyboard.press("x")
    page.wait_for_selector("#changed")
    assert not page.locator(".corrections").count()
    with turning(page):
        page.click("#changed a")
    page.focus("#difference-2")
    page.keyboard.press("x")
    page.wait_for_selector(".corrections")


def test_what_is_wrong_with_what_was_pasted_is_said_beside_it(opened: Any, served: Callable[..., str]) -> None:
    page = opened(served(FakeLibrary()) + "/add")
    page.fill("#text-0", "A short text")
    page.fill("#addresses", " ".join(f"https://x.example/{n}" for n in range(201)))
    page.click("button.primary")
    page.wait_for_selector(".fault:has-text('more than 200 addresses')")
    assert page.evaluate("document.activeElement.name") == "addresses"
    assert page.input_value("#text-0") == "A short text"


def test_without_script_everything_can_be_done(opened: Any, served: Callable[..., str]) -> None:
    library = FakeLibrary.of_harbour()
    page = opened(served(library) + "/stories", java_script_enabled=False)
    with turning(page):
        page.click(".story h2 a")
    page.click("#difference-1 details.why summary")
    with turning(page):
        page.click("#difference-1 a.correct")
    page.fill("[name=who]", "Ana Pires")
    with turning(page):
        page.click("button:has-text('Set it aside')")
    assert [ruling.kind for ruling in library.rulings()] == ["immaterial"]
    with turning(page):
        page.click(".banner button")
    assert not library.rulings(holding=True)
    with turning(page):
        page.click("nav.rooms a[href='/add']")
    page.fill("#text-0", (EXAMPLE / "meridian-post.txt").read_text("utf-8"))
    with turning(page):
        page.click("button.primary")
    assert "/jobs/" in page.url


def test_people_sign_in_where_there_are_accounts(opened: Any, served: Callable[..., str], tmp_path: Path) -> None:
    with api.library(tmp_path / "library.sqlite") as library:
        accounts = Accounts(library.store)
        accounts.add("ana", "a long pass phrase", "editor")
        accounts.add("chief", "a long pass phrase", "admin")
        base = served(library, Security(accounts=accounts))
        page = opened(base + "/stories")
        assert page.url.startswith(base + "/sign-in")
        page.fill("[name=name]", "ana")
        page.fill("[name=password]", "wrong")
        with turning(page):
            page.click("button[type=submit]:has-text('Sign in')")
        assert "wrong" in page.inner_text("[role=alert]")
        page.fill("[name=password]", "a long pass phrase")
        with turning(page):
            page.click("button[type=submit]:has-text('Sign in')")
        assert page.url == base + "/stories"
        page.goto(base + "/accounts")
        assert "admin" in page.inner_text("main")
        page.goto(base + "/account")
        page.fill("[name=label]", "a script")
        with turning(page):
            page.click("text=Make a token")
        assert page.is_visible(".banner code")
        with turning(page):
            page.click("text=Sign out")
        assert page.url == base + "/sign-in"
        page.goto(base + "/stories")
        assert "/sign-in" in page.url


@pytest.fixture(scope="module")
def kept() -> FakeLibrary:
    """A library with something on every page."""
    library = FakeLibrary([golden_record(), golden_record()])
    library.rule("immaterial", who="Ana Pires", why="no matter", story="s1", difference="difference-1")
    library.follow("https://feeds.example/world/rss.xml")
    return library


def test_an_empty_library_welcomes(opened: Any, served: Callable[..., str]) -> None:
    page = opened(served(FakeLibrary()) + "/")
    with turning(page):
        page.click("text=Add the example")
    page.wait_for_selector(".job[data-state=done]", timeout=60_000)
    assert "4 reports added" in page.inner_text(".job")


def test_print_leaves_out_what_is_for_the_screen(opened: Any, served: Callable[..., str], kept: FakeLibrary) -> None:
    page = opened(served(kept) + "/stories/s1")
    page.emulate_media(media="print")
    assert not page.is_visible(".top") and not page.is_visible(".deeds") and not page.is_visible(".tools")
    assert page.is_visible("#statement-1 blockquote") and page.is_visible("#report-D .b >> nth=0")
    assert page.evaluate(
        "document.querySelector('#record').scrollHeight <= document.querySelector('#record').clientHeight + 2"
    )
