"""Watches what a site is made from, and builds it again at each change."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path

from watchfiles import awatch
from watchfiles.main import FileChange

from sitegen.config import SETTINGS_FILE
from sitegen.errors import InputError, Problem, SitegenError
from sitegen.output import OUTPUT
from sitegen.serve.news import Board, News, site_digest
from sitegen.store import CONTENT, SEEDS

FOLDERS = (SEEDS, CONTENT, "templates")
"""What a site is made from, apart from its settings."""

Report = Callable[[str], None]
Build = Callable[[Path], object]


async def watch(project: Path, changed: asyncio.Event) -> None:
    """Set `changed` once the watch stands, then whenever seeds, content, templates or settings change. Never returns.

    Raises InputError where the system cannot watch.
    """
    try:
        while True:
            await _watch_until_tops_change(project, changed)
    except (OSError, RuntimeError) as error:
        message = f"changes cannot be watched: {error}."
        hint = "Raise the system's limit of watched files, or set WATCHFILES_FORCE_POLLING=1 to look at intervals."
        raise InputError(Problem("cannot-watch", ".", message, hint)) from error


async def _watch_until_tops_change(project: Path, changed: asyncio.Event) -> None:
    tops = _tops(project)
    folders = [project / name for name in FOLDERS if (project / name).is_dir()]
    # A project without any folder is watched for its first one; that a build writes `output` there means nothing.
    async with aclosing(_changes(folders or [project], recursive=bool(folders))) as changes:
        first = True  # what changed before the watch stood is met by a build after it stands
        async for seen in changes:
            if first or (seen and folders):
                changed.set()
                first = False
            if _tops(project) != tops:  # a folder has come or gone, or the settings are others: begin again
                return


def _changes(folders: list[Path], *, recursive: bool) -> AsyncGenerator[set[FileChange], None]:
    """Yield what changed, and four times a second an empty set."""
    return awatch(*folders, recursive=recursive, step=50, rust_timeout=250, yield_on_timeout=True)


def _tops(project: Path) -> tuple[tuple[int, int] | None, ...]:
    """Tell what the project holds at its top: inode and, for the settings, time of change; None for what is absent."""

    def look(name: str) -> tuple[int, int] | None:
        try:
            found = (project / name).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns if name == SETTINGS_FILE else 0

    return tuple(look(name) for name in (*FOLDERS, SETTINGS_FILE))


async def rebuild(project: Path, changed: asyncio.Event, board: Board, on_event: Report, build: Build) -> None:
    """Build each time something has changed; changes during a build start one more after it. Never returns."""
    while True:
        await changed.wait()
        changed.clear()
        problems = await asyncio.to_thread(_problems_of, build, project)
        for problem in problems:
            on_event(problem)
        on_event("Not built; the last good site stays." if problems else "Built.")
        board.post(News(site_digest(project / OUTPUT), problems))


def _problems_of(build: Build, project: Path) -> tuple[str, ...]:
    """Build once; give what went wrong, ready to read. A fault of sitegen itself must not end the preview either."""
    try:
        build(project)
    except SitegenError as error:
        return tuple(str(problem) for problem in error.problems)
    except Exception as error:
        hint = f"This is a fault of sitegen or of a template:\n{traceback.format_exc()}"
        return (str(Problem("internal-error", type(error).__name__, str(error), hint)),)
    return ()
