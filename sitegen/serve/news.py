"""What the open pages are told about the site."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.output import MANIFEST


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
        return hashlib.sha256((output / MANIFEST).read_bytes()).hexdigest()[:16]
    except OSError:
        return ""
