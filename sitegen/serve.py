"""The preview: shows the site on this machine, builds it again at each change, and tells the open pages.

The files in `output/` stay as they are; the script that listens for news is put into a page on its way to the browser.
Everything the preview adds lies below `/.sitegen/`, from the same origin, so the pages' own policy allows it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import sys
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import awatch

from sitegen.build import build_site
from sitegen.config import SETTINGS_FILE
from sitegen.errors import Problem, SitegenError, UsageError

HOST = "127.0.0.1"
FOLDERS = ("seeds", "content", "templates")
"""What a site is made from, apart from its settings; a change below them starts a build."""

MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Written out, because Python's own table depends on the machine."""

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_NO_SITE_YET = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Preview</title>
<body><p>There is no site yet. This page shows it as soon as it has been built.</p></body></html>
"""

Report = Callable[[str], None]


# --- what is known ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class News:
    """What the open pages are told."""

    site: str
    """Digest of the site that is served; empty while there is none."""
    problems: tuple[str, ...] = ()
    """Why the last build failed; empty where it did not."""


class Board:
    """Holds the latest news and wakes those who wait for the next."""

    def __init__(self, news: News) -> None:
        self.news = news
        self._closed = False
        self._next = asyncio.Event()

    def post(self, news: News) -> None:
        """Tell everyone."""
        self.news = news
        self._wake()

    def close(self) -> None:
        """End all waiting."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        former, self._next = self._next, asyncio.Event()
        former.set()

    async def follow(self) -> AsyncIterator[News]:
        """Yield the latest news, then each that comes, until the board is closed."""
        while not self._closed:
            coming = self._next  # taken before yielding: news that arrive meanwhile are not missed
            yield self.news
            await coming.wait()


def site_digest(output: Path) -> str:
    """Give a digest of the site: of its manifest, which names every file with its own; empty where there is none."""
    try:
        return hashlib.sha256((output / "manifest.json").read_bytes()).hexdigest()[:16]
    except OSError:
        return ""


# --- building --------------------------------------------------------------------------------------------------------


async def rebuild(project: Path, changed: asyncio.Event, board: Board, on_event: Report) -> None:
    """Build each time something has changed; changes during a build start one more after it. Never returns."""
    while True:
        await changed.wait()
        changed.clear()
        problems = await asyncio.to_thread(_build, project)
        for problem in problems:
            on_event(problem)
        on_event(f"{len(problems)} problems; the last good site stays." if problems else "The site is up to date.")
        board.post(News(site_digest(project / "output"), problems))


def _build(project: Path) -> tuple[str, ...]:
    """Build once and give the problems, ready to read. A fault of sitegen itself must not end the preview either."""
    try:
        build_site(project)
    except SitegenError as error:
        return tuple(str(problem) for problem in error.problems)
    except Exception as error:
        hint = f"This is a fault of sitegen; please report it.\n{traceback.format_exc()}"
        return (str(Problem("internal-error", type(error).__name__, str(error), hint)),)
    return ()


async def watch(project: Path, changed: asyncio.Event) -> None:
    """Set `changed` once the watch stands, then whenever seeds, content, templates or settings change. Never returns.

    A folder that appears later is watched from then on: the project itself is watched, one level deep.
    """
    names = {*FOLDERS, SETTINGS_FILE}
    while True:
        # A first empty yield tells that the watch stands: what changes after it is seen, what changed before is built.
        folders = [project / name for name in FOLDERS if (project / name).is_dir()]
        restart = asyncio.Event()

        async def follow_folders(folders: list[Path] = folders, restart: asyncio.Event = restart) -> None:
            async for changes in awatch(*folders, stop_event=restart, rust_timeout=500, yield_on_timeout=True):
                pass
