"""`seeds/` and `content/`: what is there, what a person has edited, and writing conversions."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sitegen import files
from sitegen.errors import InputError, Problem
from sitegen.frontmatter import format_content
from sitegen.store.reading import CONTENT, SEEDS, Seed, content_path, read_contents, read_seeds
from sitegen.store.reconcile import Update, reconcile

__all__ = [
    "CONTENT",
    "SEEDS",
    "Seed",
    "Update",
    "content_path",
    "read_contents",
    "read_seeds",
    "reconcile",
    "today",
    "write_updates",
]


def today() -> str:
    """Day on which notices join the collection: SOURCE_DATE_EPOCH if it is set, else today in UTC.

    The only place where a clock enters. Raises InputError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        hint = "Set it to whole seconds since 1970, or unset it."
        raise InputError(Problem("bad-environment", "SOURCE_DATE_EPOCH", f"it is {epoch!r}.", hint)) from None
    return moment.date().isoformat()


def write_updates(project: Path, updates: Iterable[Update]) -> None:
    """Write the content files that change, each whole or not at all. Raises OutputError where that fails."""
    for update in updates:
        if update.is_change:
            text = format_content(update.notice)
            files.write_file(project, content_path(update.notice.id), text.encode("utf-8"))
