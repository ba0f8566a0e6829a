"""Take the README's picture, docs/page.png: the page of the bundled story in Chromium, with an entry selected."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import golden
from variorum.views import page

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """Render the record, open it, select the first statement, take the picture."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium on the path")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "harbour.html"
        file.write_text(page.render_page(golden.record_of(ROOT / "examples" / "harbour")), "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        view = browser.new_page(viewport={"width": 1280, "height": 860})
        view.goto(file.as_uri())
        view.click("#statement-1 blockquote")
        view.wait_for_timeout(600)
        view.screenshot(path=ROOT / "docs" / "page.png")
        browser.close()


if __name__ == "__main__":
    main()
