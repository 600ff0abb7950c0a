"""A real browser, a built site, a server for it. Without a browser the tests are skipped; where CI is set they fail."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sitegen.build import build_site

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip

# --- the site -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of this project's seeds, away from the project; gives its output folder."""
    project = tmp_path_factory.mktemp("project")
    for name in ("seeds", "content"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "pyproject.toml", project)
    build_site(project)
    return project / "output"


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix, quietly, with the types that browsers insist on."""

    extensions_map = {  # noqa: RUF012 - the name and the kind are the base class's
        **SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".json": "application/json",
        ".css": "text/css", ".svg": "image/svg+xml",
    }  # fmt: skip

    def __init__(self, *arguments: Any, prefix: str, **keywords: Any) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **keywords)

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(self.prefix)
        outside = str(Path(self.directory) / "no-such-file")
        return super().translate_path("/" + below) if path.startswith(self.prefix) else outside

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder on a free port of this machine below a prefix such as `/repository/`; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder), prefix=prefix))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def serve_folder() -> Callable[..., Any]:
    """Give `served`: a context manager that serves a folder, below a prefix if one is given."""
    return served


@pytest.fixture(scope="session")
def site_address(site: Path) -> Iterator[str]:
    """Serve the built site; gives its address."""
    with served(site) as address:
        yield address


# --- the browser ----------------------------------------------------------------------------------------------------


def find_chromium(installed: str) -> str | None:
    """Find the browser: SITEGEN_CHROMIUM, the machine's, or the one playwright has installed."""
    named = os.environ.get("SITEGEN_CHROMIUM")
    found = filter(None, [named, *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))])
    return next(found, installed if Path(installed).exists() else None)


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is needed here, and is not there")
    pytest.skip(f"{what} is not there")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium for all tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright")
    with sync_playwright() as playwright:
        executable = find_chromium(playwright.chromium.executable_path)
        if executable is None:
            _missing("Chromium")
        started = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def faults() -> list[str]:
    """Collect what the page of a test should not have: a test that causes such a thing itself takes it out."""
    return []


@pytest.fixture
def page(browser: Any, faults: list[str]) -> Iterator[Any]:
    """Open a page in a context of its own; console messages, errors and requests to other hosts fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    opened.on("console", lambda message: faults.append(f"console: {message.text}"))
    opened.on("pageerror", lambda error: faults.append(f"error: {error}"))
    opened.on("request", lambda request: faults.extend(_elsewhere(request.url)))
    yield opened
    context.close()
    assert faults == []


def _elsewhere(address: str) -> list[str]:
    parts = urlsplit(address)
    return [] if parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1" else [f"request: {address}"]
