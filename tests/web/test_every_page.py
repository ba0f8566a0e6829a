"""Every page that the application has: accessible in the light, in the dark and on paper, and no wider than a phone.

The list is held against the application's routes, so that a new page cannot be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browsers import turning
from tests.library.fake import FakeLibrary, golden_record
from tests.web.conftest import serving
from variorum import api
from variorum.rest.security import Security
from variorum.store.accounts import Accounts
from variorum.web.app import make_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OPEN: dict[str, tuple[str, ...]] = {
    "/": ("/",),
    "/stories": ("/stories", "/stories?words=cricket", "/stories?order=best"),
    "/stories/{id}": ("/stories/s1", "/stories/s3"),
    "/stories/{id}/split": ("/stories/s1/split",),
    "/stories/{id}/entries/{address}": ("/stories/s1/entries/statement-1",),
    "/stories/{id}/correct/{address}": (
        "/stories/s1/correct/actor-1",
        "/stories/s1/correct/statement-1",
        "/stories/s1/correct/difference-2",
        "/stories/s1/correct/report-A",
    ),
    "/merge": ("/merge", "/merge?story=s1&story=s2"),
    "/reports/{id:path}": ("/reports/{report}", "/reports/{report}?start=600&end=700"),
    "/add": ("/add",),
    "/jobs": ("/jobs",),
    "/jobs/{id}": ("/jobs/{job}",),
    "/search": ("/search", "/search?q=cricket", "/search?q=the&speaker=Inês+Valadares"),
    "/changes": ("/changes", "/changes?story=s1"),
    "/feeds": ("/feeds",),
    "/rulings": ("/rulings",),
    "/no-such-page": ("/no-such-page",),
}
"""Pages without accounts, by their routes: the addresses that are looked at."""

SIGNED: dict[str, tuple[str, ...]] = {
    "/sign-in": ("/sign-in",),
    "/account": ("/account",),
    "/accounts": ("/accounts",),
    "/stories": ("/stories",),
}
"""Pages where everybody signs in."""

PRINTED = ("/stories", "/stories/s1", "/stories/s1/entries/statement-1", "/reports/{report}", "/changes", "/rulings")
"""What somebody would print."""

LOOKS = [(look, path) for look in ("light", "dark") for paths in OPEN.values() for path in paths]
LOOKS += [("print", path) for path in PRINTED]

PARTS = {
    "/stories/{id}/texts/{letters}",
    "/stories/{id}/record.{form}",
    "/stories/{id}/tables/{table}.csv",
    "/stories/{id}/tables.zip",
    "/rulings.jsonl",
    "/static/{name}",
}
"""Routes that answer with a file or with a part of a page."""

PIECE = "Lisbon, 3 May 2031 (TPN): The harbour master, Ana Pires, said on Saturday that nobody was hurt."


def _routes(routes: Any) -> Iterator[str]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)
        elif "GET" in (route.methods or ()) and not route.include_in_schema:
            yield route.path


def test_no_page_is_forgotten() -> None:
    found = {path for path in _routes(make_app(FakeLibrary()).routes) if not path.startswith("/api")}  # type: ignore[arg-type]
    known = ({*OPEN, *SIGNED} | PARTS) - {"/no-such-page"}
    assert found == known


@dataclass(frozen=True)
class Site:
    """The application on a port, and what stands in the places of its addresses."""

    base: str
    places: dict[str, str]

    def address(self, path: str) -> str:
        return self.base + path.format(**self.places)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A library with something on every page."""
    alone = api.collate([{"id": "r1", "text": PIECE, "outlet": "The Port"}])[0]
    library = FakeLibrary([golden_record(), golden_record(), alone])
    library.rule("immaterial", who="Ana Pires", why="no matter", story="s1", difference="difference-1")
    ruling = library.rule("immaterial", who="Ana Pires", why="", story="s2", difference="difference-1")
    library.undo(ruling.id, who="Ana Pires", why="it does matter")
    library.follow("https://feeds.example/world/rss.xml")
    with serving(library) as base:
        given = {"text": PIECE, "addresses": "ftp://files.example/x"}
        job = httpx.post(f"{base}/add", data=given).headers["location"].rpartition("/")[2]
        yield Site(base, {"report": library.record("s1").reports[0].id, "job": job})


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Where everybody signs in, with an account that has a token."""
    with api.library(tmp_path_factory.mktemp("team") / "library.sqlite") as library:
        accounts = Accounts(library.store)
        accounts.add("chief", "a long pass phrase", "admin")
        accounts.add("ana", "a long pass phrase", "editor")
        accounts.add_token("chief", "a script", reading_only=True, lasts=None)
        with serving(library, Security(accounts=accounts)) as base:
            yield Site(base, {})


@pytest.fixture(scope="module", params=["light", "dark"])
def look(request: pytest.FixtureRequest) -> str:
    """How a page is looked at: in the light, in the dark, or on paper."""
    return str(request.param)


@pytest.fixture(scope="module")
def view(browser: Browser, look: str) -> Iterator[Page]:
    """One window for all pages that are looked at in one way."""
    scheme: Any = "dark" if look == "dark" else "light"
    context = browser.new_context(viewport={"width": 1280, "height": 860}, color_scheme=scheme, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    if look == "print":
        page.emulate_media(media="print")
    yield page
    context.close()


def serious(page: Page, look: str) -> list[str]:
    """What axe finds wrong. In the dark and on paper only the colours are others."""
    only = {} if look == "light" else {"runOnly": ["color-contrast"]}
    found = Axe().run(page, options={"resultTypes": ["violations"]} | only).response["violations"]
    return [
        f"{page.url}: {v['id']}: {node['html'][:200]} {json.dumps(node['any'][:1])[:200]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"][:2]
    ]


@pytest.mark.browser
@pytest.mark.parametrize(("look", "path"), LOOKS, indirect=["look"])
def test_axe_finds_nothing_serious(view: Page, look: str, site: Site, path: str) -> None:
    view.goto(site.address(path))
    assert not serious(view, look)


@pytest.mark.browser
def test_axe_finds_nothing_serious_where_people_sign_in(view: Page, look: str, signed: Site) -> None:
    found = []
    view.goto(signed.address("/stories"))
    found += serious(view, look)
    view.fill("[name=name]", "chief")
    view.fill("[name=password]", "wrong")
    with turning(view):
        view.keyboard.press("Enter")
    assert view.is_visible("[role=alert]")
    found += serious(view, look)
    view.fill("[name=password]", "a long pass phrase")
    with turning(view):
        view.keyboard.press("Enter")
    for path in (address for addresses in SIGNED.values() for address in addresses):
        view.goto(signed.address(path))
        found += serious(view, look)
    view.goto(signed.address("/account"))
    view.fill("[name=label]", "another script")
    with turning(view):
        view.evaluate("document.querySelector('form[action$=tokens]').requestSubmit()")
    assert view.is_visible(".banner code")
    found += serious(view, look)
    assert not found, "\n".join(found)


@pytest.mark.browser
def test_axe_finds_nothing_serious_where_something_is_open(view: Page, look: str, site: Site) -> None:
    """The sheet of keys, an entry that is lit with its evidence, its menu, and the forms that correct it."""
    view.goto(site.address("/stories/s1"))
    found = []
    view.focus("#statement-1")
    for key in ("Enter", "e", "m"):
        view.keyboard.press(key)
    view.wait_for_selector("#statement-1 .evidence q")
    view.wait_for_selector("#menu")
    found += serious(view, look)
    view.keyboard.press("Escape")
    view.keyboard.press("x")
    view.wait_for_selector("#statement-1 .corrections")
    found += serious(view, look)
    view.keyboard.press("Escape")
    view.keyboard.press("?")
    found += serious(view, look)
    assert not found, "\n".join(found)


@pytest.mark.browser
@pytest.mark.parametrize("width", [380, 320])
def test_every_page_fits_a_phone(browser: Browser, site: Site, signed: Site, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 760}, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    addresses = [site.address(path) for addresses in OPEN.values() for path in addresses]
    wide = []
    for address in (*addresses, signed.address("/sign-in")):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    context.close()
    assert not wide
