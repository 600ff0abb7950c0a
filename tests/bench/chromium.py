"""Chromium as the bench opens pages in it: headless, a fresh profile each time, nothing of its own on the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-dev-shm-usage",
)  # fmt: skip
PATIENCE = 300_000
"""Milliseconds after which a page that does not answer is given up."""
WATCH = Path(__file__).with_name("watch.js")


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser: SITEGEN_CHROMIUM, the machine's, or the one playwright has installed."""
    with sync_playwright() as playwright:
        named = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
        found = filter(None, (os.environ.get("SITEGEN_CHROMIUM"), *named))
        executable = next(found, playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def fresh_page(browser: Any) -> Iterator[Any]:
    """Open a page in a profile of its own, with an empty cache; `watch.js` runs in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    try:
        page = context.new_page()
        page.add_init_script(path=WATCH)
        yield page
    finally:
        context.close()
