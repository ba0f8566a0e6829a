"""Take the pictures of the README and of docs/application.md: the bundled story in Chromium, with an entry selected."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

import golden
from variorum import library
from variorum.api import example_reports
from variorum.library import Library
from variorum.views import page
from variorum.web.app import make_app

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """The page of the record, and the story in the application, each with its first statement selected."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium on the path")
    record = golden.record_of(ROOT / "examples" / "harbour")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "harbour.html"
        file.write_text(page.render_page(record), "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        view = browser.new_page(viewport={"width": 1280, "height": 860})
        view.goto(file.as_uri())
        _take(view, "page.png")
        with library(Path(folder) / "desk.sqlite") as shelf, _serving(shelf) as address:
            view.goto(f"{address}/stories")
            view.click(".story h2 a")
            _take(view, "application.png")
        browser.close()


def _take(view: Page, name: str) -> None:
    view.click("#statement-1 blockquote")
    view.wait_for_selector("#reports .lit")
    view.wait_for_selector("#says:empty", state="attached")
    view.screenshot(path=ROOT / "docs" / name)


@contextmanager
def _serving(shelf: Library) -> Iterator[str]:
    """The application on a free port, with the bundled story in its library."""
    for _ in shelf.add(example_reports()):
        pass
    server = uvicorn.Server(uvicorn.Config(make_app(shelf), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


if __name__ == "__main__":
    main()
