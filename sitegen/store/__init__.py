"""`seeds/` and `content/`: what is there, what a person has edited, and writing conversions."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sitegen import files
from sitegen.errors import InputError, Problem
from sitegen.frontmatter import format_content, parse_content
from sitegen.frontmatter.revision import revise_content
from sitegen.store.collection import Collection, read_collection
from sitegen.store.edits import KEYS, edited_keys, value_of
from sitegen.store.pairing import pair
from sitegen.store.reading import (
    AUTHORITY,
    CONTENT,
    SEEDS,
    Seed,
    content_path,
    find_claims,
    read_authority,
    read_contents,
    read_seeds,
)
from sitegen.store.reconcile import Update, accept, reconcile

__all__ = [
    "AUTHORITY",
    "CONTENT",
    "KEYS",
    "SEEDS",
    "Collection",
    "Seed",
    "Update",
    "accept",
    "content_path",
    "edited_keys",
    "find_claims",
    "pair",
    "read_authority",
    "read_collection",
    "read_contents",
    "read_seeds",
    "reconcile",
    "today",
    "value_of",
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


def write_updates(project: Path, updates: Iterable[Update]) -> tuple[Problem, ...]:
    """Write the content files that change, each whole or not at all.

    A file that is no longer what the update was made from (a person saved it meanwhile) is left alone, and a problem is
    given for it. Raises OutputError where writing fails.
    """
    problems: list[Problem] = []
    for update in updates:
        if not update.is_change:
            continue
        path = content_path(update.notice.id)
        text = _new_text(project / path, update)
        if text is None:
            message, hint = "it was changed while its source was converted.", "Nothing was written; run it again."
            problems.append(Problem("changed-meanwhile", path, message, hint))
        else:
            files.write_file(project, path, text.encode("utf-8"))
    return tuple(problems)


def _new_text(path: Path, update: Update) -> str | None:
    """Give the text of a content file after an update; None where the file is not the one that was read."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return format_content(update.notice) if update.before is None else None
    except (OSError, UnicodeDecodeError):
        return None
    if update.before is None or parse_content(text, "").notice != update.before:
        return None
    return revise_content(text, update.notice)
